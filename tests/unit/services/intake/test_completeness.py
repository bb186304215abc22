from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.words import CATEGORIES, DOCUMENTS
from services.intake.completeness import missing
from tests.suites.practice import PRACTICE

DAY = date(2026, 8, 12)
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
    assert missing(PRACTICE.papers(category, DAY), ()) == wanted


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_its_papers(category):
    assert set(PRACTICE.papers(category, DAY)) <= set(DOCUMENTS)


@given(papers, papers)
def test_what_is_missing_and_what_is_there_make_up_what_is_needed(wanted, present):
    assert {*missing(wanted, present), *(present & wanted)} == wanted


@given(papers, papers, papers)
def test_more_papers_never_make_more_missing(wanted, present, more):
    assert set(missing(wanted, present | more)) <= set(missing(wanted, present))
