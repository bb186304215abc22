import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.intake.numbers import series
from services.intake.practice import Practice
from tests.suites.orders import refusal
from tests.suites.practice import PRACTICE, practice_with

RULED = st.dates(date(2010, 4, 30), date(2999, 12, 31))


def test_a_register_number_tells_serial_office_month_and_year():
    assert PRACTICE.number(1, date(2026, 8, 12)) == "0001/PPID-KPU-DKI/VIII/2026"


def test_another_office_writes_its_own_name():
    other = Practice(PRACTICE.rules, "PPID-KPU-JABAR")

    assert other.number(1, date(2026, 8, 12)) == "0001/PPID-KPU-JABAR/VIII/2026"


def test_a_serial_beyond_four_digits_is_written_out():
    assert PRACTICE.number(12345, date(2026, 1, 2)) == "12345/PPID-KPU-DKI/I/2026"


@given(st.integers(1, 10**6), RULED)
def test_every_register_number_has_its_form(serial, received_on):
    number = PRACTICE.number(serial, received_on)

    assert re.fullmatch(
        r"\d{4,}/PPID-KPU-DKI/(I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII)/\d{4}", number
    )
    assert int(number.split("/")[0]) == serial


@given(st.integers(1, 9999), st.integers(1, 9999), RULED)
def test_two_serials_of_a_day_have_two_numbers(one, other, received_on):
    numbers = {PRACTICE.number(serial, received_on) for serial in (one, other)}

    assert len(numbers) == len({one, other})


def test_each_year_has_a_series():
    assert series(2026) == "register/2026"
    assert series(2027) == "register/2027"


def test_a_question_is_remembered_for_30_days_unless_the_rules_say_otherwise():
    changed = practice_with("days", "duplicate.window", {"count": 7, "unit": "days"}, "2026-09-01")

    assert PRACTICE.window(date(2026, 8, 12)) == 30
    assert [changed.window(date(2026, 8, 31)), changed.window(date(2026, 9, 1))] == [30, 7]


def test_without_a_rule_nothing_is_decided():
    assert refusal(PRACTICE.number, 1, date(2009, 12, 31)) == "rule_missing"
