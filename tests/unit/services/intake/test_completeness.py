import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.words import CATEGORIES, DOCUMENTS
from services.intake.completeness import REQUIRED, missing, register_number, series

papers = st.sets(st.sampled_from(DOCUMENTS))


@pytest.mark.parametrize(
    ("category", "wanted"),
    [
        ("individual", ("identity_card",)),
        ("legal_entity", ("identity_card", "notarial_deed", "entity_approval")),
        ("group", ("identity_card", "power_of_attorney")),
    ],
)
def test_without_papers_everything_the_category_needs_is_missing(category, wanted):
    assert missing(category, ()) == wanted


def test_every_category_has_its_papers():
    assert set(REQUIRED) == set(CATEGORIES)


@given(st.sampled_from(CATEGORIES), papers)
def test_what_is_missing_and_what_is_there_make_up_what_is_needed(category, present):
    assert {*missing(category, present), *(present & set(REQUIRED[category]))} == set(
        REQUIRED[category]
    )


@given(st.sampled_from(CATEGORIES), papers, papers)
def test_more_papers_never_make_more_missing(category, present, more):
    assert set(missing(category, present | more)) <= set(missing(category, present))


def test_a_register_number_tells_serial_office_month_and_year():
    assert register_number(1, date(2026, 8, 12), "PPID-KPU-DKI") == "0001/PPID-KPU-DKI/VIII/2026"


def test_a_serial_beyond_four_digits_is_written_out():
    assert register_number(12345, date(2026, 1, 2), "P") == "12345/P/I/2026"


@given(st.integers(1, 10**6), st.dates(date(2000, 1, 1), date(2999, 12, 31)))
def test_every_register_number_has_its_form(serial, received_on):
    number = register_number(serial, received_on, "PPID-KPU-DKI")

    assert re.fullmatch(
        r"\d{4,}/PPID-KPU-DKI/(I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII)/\d{4}", number
    )
    assert int(number.split("/")[0]) == serial


@given(st.integers(1, 9999), st.integers(1, 9999), st.dates(date(2000, 1, 1)))
def test_two_serials_of_a_day_have_two_numbers(one, other, received_on):
    numbers = {register_number(serial, received_on, "P") for serial in (one, other)}

    assert len(numbers) == len({one, other})


def test_each_year_has_a_series():
    assert series(date(2026, 12, 31)) == "register/2026"
    assert series(date(2027, 1, 1)) == "register/2027"
