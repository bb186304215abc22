"""Day 0 of an answer: receipt, completeness, or what a setting says."""

from datetime import date

import pytest

from services.escalation import starts
from services.escalation.starts import Arrival, of_answer, office_day
from tests.suites.law import LAW, with_rule

WED, FRI = "2026-08-12T09:00:00+07:00", "2026-08-14T10:00:00+07:00"
HOURS = {"opens": "07:30", "closes": "16:00", "after_hours": "next_working_day"}
NEXT_DAY = with_rule("setting", "clock.office_hours", HOURS)


def start(law=LAW, completed=WED, notice=None, registered=date(2026, 8, 14)):
    return of_answer(Arrival(WED, completed, notice, registered), law)


def test_what_is_complete_counts_from_receipt():
    assert start() == starts.Start(date(2026, 8, 12), date(2026, 8, 12))


@pytest.mark.parametrize("notice", [None, date(2026, 8, 12), date(2026, 8, 18)])
def test_who_was_told_in_time_what_is_missing_counts_from_completeness(notice):
    seen = start(completed=FRI, notice=notice)

    assert (seen.on, seen.note) == (date(2026, 8, 14), starts.COMPLETED)


def test_who_was_told_too_late_counts_from_receipt():
    seen = start(completed=FRI, notice=date(2026, 8, 19))

    assert (seen.on, seen.note) == (date(2026, 8, 12), starts.NOTICE_LATE)


def test_a_setting_may_count_from_completeness_whatever_the_notice():
    law = with_rule("setting", "clock.starts", {"at": "completeness"})
    seen = start(law, FRI, date(2026, 8, 19))

    assert (seen.on, seen.note) == (date(2026, 8, 14), starts.BY_SETTING)


def test_a_setting_may_count_from_the_register():
    law = with_rule("setting", "clock.starts", {"at": "registration"})

    assert (start(law).on, start(law).note) == (date(2026, 8, 14), starts.REGISTERED)
    assert start(law, registered=date(2026, 8, 12)).note is None


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-08-14T15:59:00+07:00", date(2026, 8, 14)),
        ("2026-08-14T16:00:00+07:00", date(2026, 8, 18)),  # the weekend, and Independence Day
        ("2026-08-15T10:00:00+07:00", date(2026, 8, 18)),
    ],
)
def test_what_comes_after_hours_may_count_as_the_next_working_day(moment, day):
    assert office_day(moment, NEXT_DAY) == day
    assert office_day(moment, LAW).isoformat() == moment[:10]


def test_the_target_counts_from_receipt_even_then():
    evening = "2026-08-12T20:00:00+07:00"
    seen = of_answer(Arrival(evening, evening), NEXT_DAY)

    assert (seen.on, seen.received_on) == (date(2026, 8, 13), date(2026, 8, 12))
    assert seen.note == starts.AFTER_HOURS
