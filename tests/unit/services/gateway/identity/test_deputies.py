"""Who may stand in for whom, and on which days."""

from datetime import UTC, date, datetime

import pytest

from contracts.commands import COMMANDS
from contracts.roles import AUDITOR, DESK, HEAD, OFFICER, STAFF, SUPERIOR
from services.gateway.identity.absences import Absence
from services.gateway.identity.accounts import Account
from services.gateway.identity.deputies import (
    able,
    away,
    may_stand_in,
    wrong_days,
    wrong_deputy,
)

AT = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)


def account(name, role=DESK, *, disabled=False):
    return Account(name, name.title(), role, "hash", disabled=disabled)


def absence(account, deputy, first, last, ended_at=None):
    days = (date(2026, 8, first), date(2026, 8, last))
    return Absence(account, account, deputy, *days, "", account, AT, ended_at)


class TestRoles:
    @pytest.mark.parametrize("role", sorted(STAFF))
    def test_the_same_role_may_stand_in(self, role):
        assert may_stand_in(role, role)

    @pytest.mark.parametrize("role", sorted(STAFF))
    @pytest.mark.parametrize("for_role", sorted(STAFF))
    def test_no_deputy_lacks_an_order_of_whom_they_stand_in_for(self, role, for_role):
        lacking = {
            name
            for name, contract in COMMANDS.items()
            if for_role in contract.roles and role not in contract.roles
        }

        assert not (may_stand_in(role, for_role) and lacking)

    def test_the_officer_stands_in_for_the_desk_and_not_the_other_way(self):
        assert may_stand_in(OFFICER, DESK)
        assert not may_stand_in(DESK, OFFICER)

    @pytest.mark.parametrize("role", sorted(STAFF - {AUDITOR}))
    def test_nobody_else_reads_for_the_auditor(self, role):
        """Who gives no order could otherwise be stood in for by everybody."""
        assert not may_stand_in(role, AUDITOR)


class TestDeputies:
    @pytest.mark.parametrize(
        ("deputy", "why"),
        [
            (None, "unknown"),
            (account("budi", disabled=True), "closed"),
            (account("ani"), "oneself"),
            (account("budi", HEAD), "role"),
            (account("budi", SUPERIOR), "role"),
            (account("budi"), ""),
            (account("budi", OFFICER), ""),
        ],
    )
    def test_whoever_cannot_do_the_work_is_not_named(self, deputy, why):
        assert wrong_deputy(deputy, account("ani")) == why
        assert able(deputy, account("ani")) == (why == "")

    def test_a_closed_account_is_stood_in_for_by_nobody(self):
        assert wrong_deputy(account("budi"), account("ani", disabled=True)) == "absent_closed"


class TestDays:
    @pytest.mark.parametrize(
        ("first", "last", "meets"),
        [(1, 9, False), (1, 10, True), (11, 12, True), (14, 20, True), (15, 20, False)],
    )
    def test_the_first_and_the_last_day_belong_to_an_absence(self, first, last, meets):
        known = [absence("ani", "budi", 10, 14)]
        days = (date(2026, 8, first), date(2026, 8, last))

        assert (wrong_days(days, "ani", known) is not None) == meets
        assert (wrong_days(days, "budi", known) is not None) == meets
        assert (away(days, "ani", known) is not None) == meets

    def test_it_is_said_which_absence_stands_against_it(self):
        known = [absence("cici", "ani", 1, 30), absence("ani", "budi", 10, 14)]
        days = (date(2026, 8, 12), date(2026, 8, 13))

        assert wrong_days(days, "ani", known) == ("overlaps", known[1])
        assert wrong_days(days, "budi", known) == ("stands_in", known[1])
        assert away(days, "ani", known) == known[1]
        assert wrong_days(days, "doni", known) is None
        assert away(days, "budi", known) is None

    @pytest.mark.parametrize(
        ("day", "ended_at", "state"),
        [(9, None, "planned"), (10, None, "running"), (14, None, "running"), (15, None, "over"), (12, AT, "ended")],
    )  # fmt: skip
    def test_an_absence_is_planned_runs_and_is_over_or_ended(self, day, ended_at, state):
        known = absence("ani", "budi", 10, 14, ended_at)

        assert known.state(date(2026, 8, day)) == state
