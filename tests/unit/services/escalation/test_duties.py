"""What the office owes by itself: when it begins, when it is due, and how it stands on a day."""

from datetime import UTC, date, datetime

import pytest

from contracts.envelope import Fact
from services.escalation import clock, decide
from services.escalation.duties import (
    ANNUAL,
    MONTHLY,
    PERIODIC,
    Duty,
    published,
    reports_owed,
    row,
)
from services.escalation.project import OFFICER, notices
from services.escalation.state import DutyState, evolve_duty
from services.escalation.timekeeping import reminders
from tests.suites.events import event
from tests.suites.law import LAW, with_rule

FEBRUARY = Duty(MONTHLY, "2026-02", date(2026, 2, 28))
LAST_YEAR = Duty(ANNUAL, "2025", date(2025, 12, 31))
AUGUST = published(date(2026, 8, 31))


def begun(duty, law=LAW):
    return decide.begin_duty(duty.key, DutyState(), duty.start_on, law)


def state(*facts):
    known = DutyState()
    for at, fact in enumerate(facts, 1):
        known = evolve_duty(known, event(fact.name, version=at, data=fact.data))
    return known


def done(duty, on, known=None):
    owed = begun(duty)
    return state(*owed, *decide.do_duty(duty.key, known or state(*owed), "ReportIssued", on, LAW))


@pytest.mark.parametrize(
    ("duty", "due_on", "days"),
    [
        (LAST_YEAR, "2026-03-31", 3),
        (FEBRUARY, "2026-03-31", 1),
        (Duty(MONTHLY, "2026-01", date(2026, 1, 31)), "2026-02-28", 1),
        (AUGUST, "2027-02-28", 6),
        (published(date(2026, 5, 12)), "2026-11-12", 6),
    ],
)
def test_a_duty_is_due_some_months_after_its_period(duty, due_on, days):
    """D16: 31 March; D17: six months after what was published last; D18: a month after the month."""
    set_ = begun(duty)[0]

    assert (set_.name, set_.data["due_on"]) == ("DeadlineSet", due_on)
    assert (set_.data["days"], set_.data["unit"]) == (days, "months")


def test_a_duty_begins_once():
    assert decide.begin_duty(MONTHLY, state(*begun(FEBRUARY)), FEBRUARY.start_on, LAW) == ()


def test_where_no_rule_sets_it_there_is_no_duty():
    early = Duty(ANNUAL, "2009", date(2009, 12, 31))

    assert begun(early) == ()
    assert row(early, DutyState(), date(2010, 2, 1), LAW) is None


def test_reports_are_owed_of_periods_that_end_after_the_first_day():
    owed = [each.subject for each in reports_owed(date(2025, 11, 24), date(2026, 2, 1))]

    assert owed == [
        "duty/monthly_report/2025-11",
        "duty/monthly_report/2025-12",
        "duty/annual_report/2025",
        "duty/monthly_report/2026-01",
    ]


def test_a_period_that_ends_today_is_not_over():
    assert list(reports_owed(date(2026, 11, 24), date(2026, 11, 30))) == []


def test_months_end_where_they_end():
    ends = clock.month_ends(date(2028, 1, 31), date(2028, 4, 1))

    assert [str(each) for each in ends] == ["2028-01-31", "2028-02-29", "2028-03-31"]


def test_what_is_done_in_time_is_not_late():
    known = done(FEBRUARY, date(2026, 3, 31))
    shown = row(FEBRUARY, known, date(2026, 4, 10), LAW)

    assert (shown["state"], shown["done_on"], shown["late"]) == ("done", "2026-03-31", False)
    assert not known.running(MONTHLY)


def test_what_is_done_a_day_later_is_late():
    shown = row(FEBRUARY, done(FEBRUARY, date(2026, 4, 1)), date(2026, 4, 1), LAW)

    assert (shown["state"], shown["late"]) == ("done", True)
    assert shown["text"]["id"] == "Selesai 2026-04-01. Terlambat."


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (date(2026, 2, 28), "upcoming"),
        (date(2026, 3, 1), "owed"),
        (date(2026, 3, 31), "owed"),
        (date(2026, 4, 1), "overdue"),
    ],
)
def test_a_report_stands_on_a_day_as_it_stood_then(on, standing):
    """Also where it was done later."""
    shown = row(FEBRUARY, done(FEBRUARY, date(2026, 4, 2)), on, LAW)

    assert (shown["state"], shown["overdue"]) == (standing, standing == "overdue")
    assert set(shown["text"]) == set(shown["name"]) == {"id", "en"}


def test_periodic_information_is_owed_again_from_the_day_of_publication():
    assert row(AUGUST, DutyState(), AUGUST.start_on, LAW)["state"] == "owed"


def test_what_is_owed_is_reminded_of_once_a_stage():
    known, said = state(*begun(FEBRUARY)), []
    for day in (20, 30, 31, 31):
        facts = reminders(known, datetime(2026, 3, day, 3, tzinfo=UTC), LAW)
        said += [fact.data.get("stage") for fact in facts]
        known = state(*begun(FEBRUARY), *(Fact("DeadlineApproached", f.data) for f in facts))

    assert said[:2] == ["soon", "today"]
    assert [f.name for f in reminders(known, datetime(2026, 4, 1, 3, tzinfo=UTC), LAW)][-1] == (
        "DeadlineMissed"
    )


def test_after_an_outage_all_stages_come_at_once():
    late = reminders(state(*begun(FEBRUARY)), datetime(2026, 6, 1, 3, tzinfo=UTC), LAW)

    assert [fact.name for fact in late] == ["DeadlineApproached"] * 2 + ["DeadlineMissed"]


def test_what_is_done_is_not_reminded_of():
    assert reminders(done(FEBRUARY, date(2026, 3, 5)), datetime(2026, 6, 1, tzinfo=UTC), LAW) == ()


class TestAnotherRule:
    SHORTER = with_rule("days", MONTHLY, {"count": 10, "unit": "working_days"}, basis="Keputusan 7")

    def test_it_moves_the_date_of_what_is_owed(self):
        moved = decide.move_duty(state(*begun(FEBRUARY)), self.SHORTER, date(2026, 3, 2))

        assert [fact.name for fact in moved] == ["DeadlineMoved"]
        assert moved[0].data["due_before"] == "2026-03-31"
        assert moved[0].data["legal_basis"] == "Keputusan 7"
        assert moved[0].data["cause"] == "rule"

    def test_what_it_makes_late_is_said_at_once(self):
        moved = decide.move_duty(state(*begun(FEBRUARY)), self.SHORTER, date(2026, 3, 28))

        assert [fact.name for fact in moved] == ["DeadlineMoved", "DeadlineMissed"]

    def test_what_is_done_does_not_move(self):
        known = done(FEBRUARY, date(2026, 3, 1))

        assert decide.move_duty(known, self.SHORTER, date(2026, 3, 2)) == ()

    def test_the_same_rule_moves_nothing(self):
        assert decide.move_duty(state(*begun(FEBRUARY)), LAW, date(2026, 4, 2)) == ()


def test_the_officer_is_told_of_what_the_office_owes():
    facts = (*begun(FEBRUARY), Fact("DeadlineMissed", {"clock": MONTHLY, "due_on": "2026-03-31"}))
    events = [event(f.name, version=at, data=f.data) for at, f in enumerate(facts, 1)]

    assert [(told["for"], told["open"]) for _, told in notices(events)] == [(OFFICER, True)]


def test_only_reports_are_reports():
    assert (FEBRUARY.report, published(date(2026, 1, 1)).report) == ("report/2026-02", None)
    assert AUGUST.key == PERIODIC
