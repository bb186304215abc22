"""What was typed at the counter, as the order that the API takes."""

from datetime import UTC, datetime

import pytest

from services.gateway import forms
from services.gateway.pages.receive.order import ReceiveForm, ordered, proposed, with_person

NOW = datetime(2026, 8, 12, 2, 10, 59, tzinfo=UTC)
PERSON = {"name": "Siti", "nik": "3174015208900003", "documents": {"identity_card": "KTP-1"}}


def filled(**changes):
    start = proposed(NOW)
    asked = {**start, "information": "Daftar pemilih", **changes}
    return {**asked, "applicant": {**start["applicant"], "name": "Ani"}}


def test_what_is_proposed_needs_a_name_and_a_question_only():
    assert set(ReceiveForm().validate(proposed(NOW))) == {"applicant", "information"}
    assert ReceiveForm().validate(filled()) == {}
    assert forms.ReceiveBody().validate(ordered(filled())) == {}


def test_it_was_received_now_by_the_office_clock():
    assert proposed(NOW)["received_at"] == "2026-08-12T09:10+07:00"


def test_papers_come_with_their_numbers():
    body = ordered(filled(documents=["identity_card"], numbers={"identity_card": "KTP-1"}))

    assert body["documents"] == [{"kind": "identity_card", "number": "KTP-1"}]
    assert forms.ReceiveBody().validate(body) == {}


def test_a_number_says_that_its_paper_is_there():
    body = ordered(filled(documents=[], numbers={"notarial_deed": "12"}))

    assert forms.kinds(body["documents"]) == ["notarial_deed"]


def test_without_papers_none_are_named():
    assert "documents" not in ordered(filled(documents=[]))


@pytest.mark.parametrize(("obtain", "kept"), [("copy", True), ("inspect", False)])
def test_only_what_is_copied_has_a_form(obtain, kept):
    assert ("copy_format" in ordered(filled(obtain=obtain))) is kept


def test_who_is_known_fills_in_what_was_not_typed():
    body = with_person(filled(), {**PERSON, "name": "Siti", "phone": "021"}, "group")

    assert body["applicant"] == {
        "name": "Ani",
        "nik": PERSON["nik"],
        "phone": "021",
        "category": "group",
        "indonesian": True,
    }


def test_papers_are_handed_in_anew_each_time():
    assert "numbers" not in with_person(filled(), PERSON, "individual")
