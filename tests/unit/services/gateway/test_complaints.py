"""What is wrong with a field, in the reader's words."""

from flask import Flask
from flask_babel import Babel

from contracts.commands import COMMANDS
from services.gateway import refusal_texts
from services.gateway.pages.complaints import complaints, in_words, listed


def said(errors, locale="id"):
    app = Flask(__name__)
    Babel(app, default_locale=locale)
    with app.test_request_context():
        return complaints(errors)


def test_every_kind_of_fault_has_a_sentence_of_its_own():
    schema = COMMANDS["HandOverInformation"].schema()
    wrong = said(schema.validate({"medium": "pigeon", "received_by": None}))

    assert wrong == {"medium": "Pilih salah satu dari daftar.", "received_by": "Isi bagian ini."}


def test_a_line_of_a_list_is_complained_of_at_the_list():
    assert said({"blackened": {1: ["Length must be between 1 and 500."]}}) == {
        "blackened": "Paling banyak 500 huruf."
    }


def test_what_is_wrong_inside_a_part_stands_at_its_own_field():
    wrong = said({"applicant": {"name": ["Missing data for required field."]}})

    assert list(listed(wrong)) == [("applicant.name", "Isi bagian ini.")]


def test_a_message_nobody_translated_is_shown_as_it_is():
    assert in_words("Some day somebody adds a rule.") == "Some day somebody adds a rule."


def test_what_a_service_finds_wrong_with_a_field_is_said_by_the_code_of_its_refusal():
    app = Flask(__name__)
    Babel(app, default_locale="id")
    with app.test_request_context():
        said = complaints({"filed_at": ["The request itself came later."]}, "date_before_receipt")
        assert said == {"filed_at": refusal_texts.text("date_before_receipt")}


def test_what_an_order_needs_only_sometimes_has_a_sentence_of_its_own():
    wrong = {"execute_on": ["That day has passed."], "order": ["Only where it is granted."]}

    assert said(wrong) == {
        "execute_on": "Hari itu sudah lewat.",
        "order": "Hanya diisi bila dikabulkan.",
    }
