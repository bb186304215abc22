import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.applicant import faults_of, plausible_nik, warnings_about

PERSON = {"name": "Ani", "nik": "3171014508900001", "address": "Jl. Merdeka 1", "phone": "0812"}
dates = st.dates().map(lambda day: (day.day, day.month, day.year % 100))
serials = st.integers(1, 9999)
places = st.integers(0, 999_999)


def nik(place, born, serial, *, woman=False):
    day, month, year = born
    return f"{place:06}{day + 40 * woman:02}{month:02}{year:02}{serial:04}"


@given(places, dates, serials, st.booleans())
def test_whoever_was_born_on_some_day_has_a_plausible_nik(place, born, serial, woman):
    assert plausible_nik(nik(place, born, serial, woman=woman))


@pytest.mark.parametrize(
    "wrong",
    [
        "317101450890000",
        "31710145089000011",
        "3171010008900001",
        "3171013208900001",
        "3171014008900001",
        "3171017208900001",
        "3171014500900001",
        "3171014513900001",
        "3171014508900000",
        "317101450890000a",
        "3171 0145 0890 0001",
        "٣١٧١٠١٤٥٠٨٩٠٠٠٠١",
        "3171014508900001\n",
        "",
    ],
)
def test_what_cannot_be_a_nik_is_not_plausible(wrong):
    assert not plausible_nik(wrong)


@given(st.text(max_size=20))
def test_a_plausible_nik_is_16_digits(text):
    assert not plausible_nik(text) or re.fullmatch("[0-9]{16}", text)


class TestWarnings:
    def test_a_person_who_can_be_reached_gives_no_warning(self):
        assert warnings_about(PERSON) == ()

    @pytest.mark.parametrize(
        ("changed", "warning"),
        [
            ({"nik": "1"}, "nik_malformed"),
            ({"address": None}, "address_missing"),
            ({"phone": None}, "contact_missing"),
        ],
    )
    def test_what_looks_odd_is_said(self, changed, warning):
        assert warnings_about({**PERSON, **changed}) == (warning,)

    def test_a_phone_or_an_e_mail_address_is_enough(self):
        assert warnings_about({**PERSON, "phone": None, "email": "ani@example.org"}) == ()

    def test_a_group_has_no_nik(self):
        assert warnings_about({**PERSON, "nik": None}) == ()


class TestFaults:
    def test_a_person_needs_a_name_only(self):
        assert faults_of({"name": "Ani"}) == {}

    @pytest.mark.parametrize(
        "wrong",
        [
            {},
            {"name": ""},
            {"name": "Ani\x00"},
            {"name": "Ani", "nik": 3171014508900001},
            {"name": "Ani", "documents": {"passport": "1"}},
            {"name": "Ani", "age": 30},
            {"name": "A" * 301},
        ],
    )
    def test_what_does_not_fit_is_named(self, wrong):
        assert faults_of(wrong)
