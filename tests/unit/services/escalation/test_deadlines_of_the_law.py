"""One test for each row of the reference's table of deadlines (D1 to D21): how long, from when, by which rule.

Where another service keeps the row, the test asserts the rule that it goes by, and says so.
"""

from datetime import UTC, date, datetime

import pytest

from contracts.commands import COMMANDS
from contracts.events.intake import RequestSubmitted
from services.escalation import clock
from services.escalation.consume import reactions
from services.escalation.state import RequestState, evolve
from services.escalation.timekeeping import may_object, passed, started
from tests.suites.events import event
from tests.suites.law import LAW, now
from tests.suites.orders import given

RECEIPT, TODAY = date(2026, 8, 12), date(2026, 8, 12)
NOON = datetime(2026, 8, 12, 5, 0, tzinfo=UTC)


def rule(key):
    return LAW.rules.days(key, RECEIPT)


def due(key, start=RECEIPT):
    return clock.due_date(start, rule(key).value["count"], LAW.legal(start))


def set_(name, regime="ordinary"):
    return started(name, RECEIPT, TODAY, LAW, regime=regime)[0].data


def test_d1_the_register_number_is_given_at_once():
    """Intake's: the number stands in the event that says the request is complete, so there is nothing to wait for."""
    assert RequestSubmitted().fields["number"].required


def test_d1b_the_number_of_a_letter_may_go_with_the_information():
    """Intake's: no rule sets a day for it."""
    assert not [key for key in LAW.rules.keys("days", RECEIPT) if key.startswith("number")]


def test_d2_the_notice_of_incompleteness_has_3_working_days():
    assert due("incompleteness.notice") == date(2026, 8, 18)


def test_d3_the_applicant_has_3_working_days_for_the_papers():
    assert (set_("completion")["days"], set_("completion")["due_on"]) == (3, "2026-08-18")


def test_d4_the_answer_has_10_working_days_from_receipt():
    assert (set_("answer")["days"], set_("answer")["due_on"]) == (10, "2026-08-28")


def test_d5_the_extension_has_7_more_behind_them():
    assert due("ordinary.extension", date(2026, 8, 28)) == date(2026, 9, 8)


def test_d6_election_information_has_3_working_days():
    assert set_("answer", "election")["due_on"] == "2026-08-18"


def test_d7_and_2_more_behind_them():
    assert due("election.extension", date(2026, 8, 18)) == date(2026, 8, 20)


def test_d8_the_hand_over_has_the_time_that_the_notification_states():
    """The notification carries it; counted in working days as everything else."""
    assert "provided_within" in COMMANDS["NotifyApplicant"].schema().fields
    assert clock.due_date(RECEIPT, 3, LAW.legal(RECEIPT)) == date(2026, 8, 18)


def test_d9_who_got_an_answer_may_object_for_30_working_days():
    told = given(RequestState(), evolve, "RequestSubmitted", "ApplicantNotified")

    assert may_object(told, RECEIPT, TODAY, LAW)[0].data["due_on"] == "2026-09-25"


def test_d9_who_got_none_may_object_from_the_due_date():
    over = given(RequestState(), evolve, "DeadlineSet").clocks["answer"]
    window = passed("answer", over, date(2026, 8, 29), LAW)[1].data

    assert (window["start_on"], window["due_on"]) == ("2026-08-28", "2026-10-09")


def test_d9e_in_the_stages_as_well():
    assert set_("objection_window", "election")["days"] == 30


def test_d10_the_superior_has_30_working_days():
    assert set_("objection_answer")["days"] == 30


def test_d11_in_the_stages_3():
    assert set_("objection_answer", "election")["days"] == 3


def test_d12_the_commission_may_be_asked_for_14_working_days():
    assert set_("dispute_window")["due_on"] == "2026-09-03"


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("commission.register", 3),
        ("commission.start", 14),
        ("commission.finish", 100),
        ("commission.finish.election", 14),
    ],
)
def test_d13_the_commission_has_its_own_days(key, days):
    assert rule(key).value == {"count": days, "unit": "working_days"}


def test_d14_an_award_may_be_rejected_for_14_working_days():
    assert due("award.rejection") == date(2026, 9, 3)


def test_d15_cassation_has_14_days_of_the_calendar():
    assert rule("cassation").value["unit"] == "days"
    assert clock.days_after(RECEIPT, rule("cassation").value["count"]) == date(2026, 8, 26)


def test_d16_the_yearly_report_is_due_on_31_march():
    """The rule and the count; how the office is reminded stands in test_duties.py."""
    count = rule("annual_report").value["count"]

    assert clock.months_after(date(2026, 12, 31), count) == date(2027, 3, 31)


def test_d17_periodic_information_is_renewed_within_6_months():
    """The rule and the count; how the office is reminded stands in test_duties.py."""
    count = rule("periodic_information").value["count"]

    assert clock.months_after(date(2026, 8, 31), count) == date(2027, 2, 28)


def test_d18_the_monthly_report_is_due_a_month_after_the_month():
    """The rule and the count; how the office is reminded stands in test_duties.py."""
    count = rule("monthly_report").value["count"]

    assert clock.months_after(date(2026, 2, 28), count) == date(2026, 3, 31)


@pytest.mark.parametrize(("step", "minutes"), [("form", 10), ("answer", 15), ("exempt", 5)])
def test_d19_a_step_at_the_desk_has_its_minutes(step, minutes):
    """A measure of the service, not a clock."""
    assert rule(f"desk.{step}").value == {"count": minutes, "unit": "minutes"}
    assert clock.minutes_after(NOON, minutes).minute == minutes


@pytest.mark.parametrize("case", ["access", "correction", "restriction"])
def test_d20_who_asks_about_their_data_is_answered_within_72_hours(case):
    count = rule(f"privacy.{case}").value["count"]

    assert clock.hours_after(NOON, count) == datetime(2026, 8, 15, 5, 0, tzinfo=UTC)


def test_d21_a_breach_is_told_within_72_hours_weekends_included():
    friday = datetime(2026, 8, 14, 5, 0, tzinfo=UTC)
    count = rule("privacy.breach").value["count"]

    assert clock.hours_after(friday, count) == datetime(2026, 8, 17, 5, 0, tzinfo=UTC)


def test_a_notice_that_turns_out_late_moves_the_answer_back_to_receipt():
    """D2, if missed: the request counts as complete from receipt, even when the notice is heard of last."""
    completed = {"completed_at": "2026-08-14T10:00:00+07:00"}
    clock_set = ("DeadlineSet", {"start_on": "2026-08-14", "due_on": "2026-09-01"})
    late = event("IncompletenessNotified", time="2026-08-19T03:00:00+00:00")
    known = given(RequestState(), evolve, ("RequestSubmitted", completed), clock_set)
    said = reactions(now)["IncompletenessNotified"](late, evolve(known, late), NOON)

    assert [each.data["cause"] for each in said] == ["notice"]
    assert (said[0].data["start_on"], said[0].data["due_on"]) == ("2026-08-12", "2026-08-28")
