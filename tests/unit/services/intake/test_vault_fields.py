from hypothesis import given
from hypothesis import strategies as st

from contracts.words import DOCUMENTS
from services.intake.single import deep, flat

words = st.text(min_size=1, max_size=20)
people = st.fixed_dictionaries(
    {"name": words, "documents": st.dictionaries(st.sampled_from(DOCUMENTS), words)},
    optional={"nik": words, "address": words, "phone": words, "email": words},
)


@given(people)
def test_a_person_taken_apart_is_put_together_again(person):
    assert deep(flat(person)) == person


def test_empty_fields_are_left_out():
    person = {"name": "Ani", "nik": None, "documents": {"identity_card": None}}

    assert flat(person) == {"name": "Ani"}


def test_a_person_without_papers_has_none():
    assert flat({"name": "Ani", "documents": None}) == {"name": "Ani"}
