"""What the demonstration changes of the law says what the gateway takes, and moves what it should."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from contracts.commands import COMMANDS
from contracts.local import local_day
from contracts.rules import rule_of
from services.escalation.calendar import first_calendar
from services.escalation.clock import due_date
from services.escalation.decide.values import require_value
from services.gateway import forms
from terbuka.demo import law
from terbuka.demo.paths import LEFT_OPEN_AFTER
from terbuka.demo.play import form
from terbuka.demo.rows import before, read
from tests.suites.law import LAW

ROWS = read()
YEARS = [before(ROWS, datetime(year, 6, 1, tzinfo=UTC)) for year in range(2021, 2028)]
IN_YEARS = pytest.mark.parametrize("rows", YEARS, ids=lambda rows: str(rows[0].received_at.year))


def of(rows, number):
    return rows[number - 1]


def test_the_stages_are_a_rule_that_counts():
    body = law.stages(of(ROWS, law.IN_STAGES))
    assert COMMANDS["EnactRule"].schema().validate(body) == {}
    require_value(rule_of(body), LAW.rules)


def test_the_day_off_is_one_that_the_gateway_takes():
    assert forms.DeclareBody().validate(law.day_off(of(ROWS, law.WAITING))) == {}


def test_one_row_asks_for_election_information_in_the_stages():
    assert [row.number for row in ROWS if "topic" in form(row)] == [law.IN_STAGES]
    row = of(ROWS, law.IN_STAGES)
    assert rule_of(law.stages(row)).in_force(local_day(row.received_at))


@IN_YEARS
def test_the_day_declared_late_was_a_working_day_that_was_counted(rows):
    row = of(rows, law.WAITING)
    day = date.fromisoformat(law.day_off(row)["days"][0]["date"])
    calendar = first_calendar()
    received = local_day(row.received_at)
    assert calendar.works(day)
    assert received < day < due_date(received, 10, calendar.works)


@IN_YEARS
def test_it_moves_more_than_one_of_the_dates_that_are_open(rows):
    day = date.fromisoformat(law.day_off(of(rows, law.WAITING))["days"][0]["date"])
    calendar = first_calendar()
    waiting = [local_day(of(rows, number).received_at) for number in LEFT_OPEN_AFTER]
    assert sum(since < day <= due_date(since, 10, calendar.works) for since in waiting) == 2


@pytest.mark.parametrize("orders", [law.before_requests, law.after_requests])
def test_a_file_without_these_rows_changes_no_law(orders):
    assert list(orders(ROWS[:10])) == []


def test_the_samples_come_in_the_order_of_their_receipt():
    """So the stages are in force before their row, and the day off comes after its own."""
    assert all(one.received_at <= other.received_at for one, other in pairwise(ROWS))
