"""The people of the demonstration are invented, and always the same."""

import pytest

from contracts.applicant import faults_of, plausible_nik, warnings_about
from terbuka.demo.people import applicant, papers
from terbuka.demo.rows import read

ROWS = read()
EACH = pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))


def person(row):
    """What is sealed of an applicant."""
    return {name: value for name, value in applicant(row).items() if name != "category"}


@EACH
def test_their_data_are_complete_and_raise_no_warning(row):
    assert faults_of(person(row)) == {}
    assert warnings_about(person(row)) == ()


@EACH
def test_their_nik_has_the_valid_form_in_a_district_that_does_not_exist(row):
    nik = applicant(row)["nik"]
    assert plausible_nik(nik)
    assert nik.startswith("319999")


@EACH
def test_nobody_can_be_reached(row):
    """No exchange gives out a number that begins with 0, and example.org belongs to nobody (RFC 2606)."""
    assert applicant(row)["phone"].startswith("0210")
    assert applicant(row)["email"].endswith("@example.org")


def test_the_same_name_is_the_same_person():
    twins = [row for row in ROWS if row.name == "Kevin Lim"]
    assert len(twins) == 2
    assert applicant(twins[0]) == applicant(twins[1])


def test_other_names_are_other_people():
    assert len({applicant(row)["nik"] for row in ROWS}) == len({row.name for row in ROWS})


def test_it_never_changes():
    """Another NIK for a name would make the play on an older stack another play."""
    assert applicant(ROWS[0])["nik"] == "3199996302612794"


@EACH
def test_the_identity_card_bears_the_nik(row):
    numbers = {paper["kind"]: paper["number"] for paper in papers(row)}
    assert numbers.get("identity_card") in (None, applicant(row)["nik"])
    assert set(numbers) == set(row.documents)
