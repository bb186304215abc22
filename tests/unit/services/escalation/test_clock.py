"""The table is docs/law.md's: day of receipt = day 0, Monday to Friday, public holidays and joint leave off."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.escalation.clock import (
    due_date,
    next_working_day,
    surely_within,
    working_days_between,
)
from tests.suites.law import LAW

is_working_day = LAW.legal(date(2026, 1, 1))

RECEIPTS = {  # receipt: +3, +10, +14, +17, +30
    "2026-03-10": ("2026-03-13", "2026-03-31", "2026-04-07", "2026-04-10", "2026-04-29"),
    "2026-05-11": ("2026-05-18", "2026-05-29", "2026-06-05", "2026-06-10", "2026-06-30"),
    "2026-08-12": ("2026-08-18", "2026-08-28", "2026-09-03", "2026-09-08", "2026-09-25"),
    "2026-10-01": ("2026-10-06", "2026-10-15", "2026-10-21", "2026-10-26", "2026-11-12"),
    "2026-12-14": ("2026-12-17", "2026-12-30", "2027-01-07", "2027-01-12", "2027-01-29"),
    "2027-03-01": ("2027-03-04", "2027-03-23", "2027-03-31", "2027-04-05", "2027-04-22"),
}
TABLE = [
    (date.fromisoformat(receipt), days, date.fromisoformat(due))
    for receipt, dues in RECEIPTS.items()
    for days, due in zip((3, 10, 14, 17, 30), dues, strict=True)
]
days_of_known_years = st.dates(date(2024, 1, 1), date(2027, 9, 30))
spans = st.integers(1, 40)
# Any calendar that works at least one day in ten, so that counting ends.
calendars = st.frozensets(st.integers(0, 9), max_size=9).map(
    lambda off: lambda day: day.toordinal() % 10 not in off
)


def due(start, days):
    return due_date(start, days, is_working_day)


@pytest.mark.parametrize(("receipt", "days", "expected"), TABLE)
def test_due_dates_are_those_of_the_table(receipt, days, expected):
    assert due(receipt, days) == expected


@pytest.mark.parametrize(("receipt", "days", "expected"), TABLE)
def test_working_days_are_counted_as_the_table_has_them(receipt, days, expected):
    assert working_days_between(receipt, expected, is_working_day) == days


@pytest.mark.parametrize("receipt", [date.fromisoformat(each) for each in RECEIPTS])
def test_the_extension_begins_behind_the_answer_days(receipt):
    answer = due(receipt, 10)

    assert due(answer, 7) == due(receipt, 17)


def test_the_day_of_receipt_is_not_counted():
    assert due(date(2026, 8, 12), 1) == date(2026, 8, 13)


def test_receipt_on_a_saturday_begins_on_monday():
    assert due(date(2026, 10, 3), 1) == date(2026, 10, 5)


def test_the_office_rests_on_saturday_and_sunday():
    assert [is_working_day(date(2026, 10, day)) for day in range(5, 12)] == [True] * 5 + [False] * 2


def test_the_office_rests_on_joint_leave():
    assert not is_working_day(date(2026, 12, 24))


def test_nothing_lies_between_a_day_and_itself():
    assert working_days_between(date(2026, 8, 12), date(2026, 8, 12), is_working_day) == 0


@given(days_of_known_years, st.integers(0, 30))
def test_nothing_lies_between_a_day_and_an_earlier_one(day, days):
    assert working_days_between(day, day - timedelta(days), is_working_day) == 0


@given(days_of_known_years, spans)
def test_a_due_date_is_a_working_day(start, days):
    assert is_working_day(due(start, days))


@given(days_of_known_years, spans)
def test_due_dates_grow_with_the_days_given(start, days):
    assert due(start, days) < due(start, days + 1)


@given(days_of_known_years, st.integers(0, 60), spans)
def test_who_asks_later_is_never_answered_earlier(start, later, days):
    assert due(start, days) <= due(start + timedelta(later), days)


@given(days_of_known_years, spans, spans)
def test_an_extension_adds_exactly_its_days(start, days, more):
    assert due(due(start, days), more) == due(start, days + more)


@given(st.dates(date(2000, 1, 1), date(2900, 1, 1)), spans, calendars)
def test_between_a_day_and_its_due_date_lie_exactly_the_days_given(start, days, working):
    assert working_days_between(start, due_date(start, days, working), working) == days


@given(st.dates(date(2000, 1, 1), date(2900, 1, 1)), spans, calendars)
def test_the_day_before_a_due_date_is_too_early(start, days, working):
    before = due_date(start, days, working) - timedelta(1)

    assert working_days_between(start, before, working) == days - 1


@given(st.dates(date(2000, 1, 1), date(2900, 1, 1)), spans, calendars, st.integers(0, 80))
def test_one_more_day_off_never_brings_a_due_date_forward(start, days, working, at):
    off = start + timedelta(at)

    assert due_date(start, days, working) <= due_date(
        start, days, lambda day: day != off and working(day)
    )


@given(st.dates(date(2000, 1, 1), date(2900, 1, 1)), calendars)
def test_the_next_working_day_is_the_first_one_behind(day, working):
    found = next_working_day(day, working)

    assert found > day
    assert working(found)
    assert working_days_between(day, found, working) == 1


def test_no_rest_is_longer_than_whoever_looks_ahead_expects():
    day = date(2010, 1, 1)
    while day.year < 2028:
        assert working_days_between(day, surely_within(day, 2), is_working_day) > 2
        day += timedelta(1)
