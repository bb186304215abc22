"""What is typed into a form, as the order's schema wants it."""

import pytest
from marshmallow import Schema
from werkzeug.datastructures import MultiDict

from contracts.commands import COMMANDS
from contracts.fields import choice, choices, day, moment, part, prose, several, text, truth, whole
from services.gateway import forms
from services.gateway.pages.controls import controls, kind
from services.gateway.pages.typed import body

WORDS = ("one", "two")


class Inner(Schema):
    name = text(20)


class Everything(Schema):
    line = text(20)
    long = prose()
    count = whole(0, optional=True)
    when = moment(optional=True)
    on = day(optional=True)
    yes = truth(optional=True)
    one = choice(WORDS, optional=True)
    some = choices(WORDS)
    lines = several(text(20), 3)
    inner = part(Inner, optional=True)


TYPED = MultiDict(
    [
        ("line", " Ani "),
        ("long", "Daftar pemilih\r\ntetap"),
        ("count", "25.000"),
        ("when", "2026-08-12T09:10"),
        ("on", "2026-08-12"),
        ("yes", "no"),
        ("one", "two"),
        ("some", "one"),
        ("some", "two"),
        ("lines", "alamat\r\n\r\nnomor telepon \r\n"),
        ("inner.name", "Budi"),
        ("csrf_token", "x"),
    ]
)
BODY = {
    "line": "Ani",
    "long": "Daftar pemilih\r\ntetap",
    "count": 25000,
    "when": "2026-08-12T09:10:00+07:00",
    "on": "2026-08-12",
    "yes": False,
    "one": "two",
    "some": ["one", "two"],
    "lines": ["alamat", "nomor telepon"],
    "inner": {"name": "Budi"},
}


def test_every_kind_of_question_is_read_as_the_schema_wants_it():
    assert body(Everything(), TYPED) == BODY
    assert Everything().validate(BODY) == {}


def test_what_is_left_empty_is_left_out_but_for_lists_that_are_asked_for():
    assert body(Everything(), MultiDict({"line": "  ", "count": ""})) == {"some": [], "lines": []}


@pytest.mark.parametrize(
    ("name", "typed"),
    [("count", "dua"), ("when", "besok"), ("on", "12/8"), ("yes", "mungkin"), ("one", "three")],
)
def test_what_cannot_be_read_stays_as_typed_and_is_refused_by_the_schema(name, typed):
    read = body(Everything(), MultiDict({**TYPED, name: typed}))

    assert read[name] == typed
    assert name in Everything().validate(read)


def test_a_time_with_its_offset_keeps_it():
    assert body(Everything(), MultiDict({"when": "2026-08-12T02:10:00Z"}))["when"].endswith("00Z")


def test_the_questions_of_a_form_are_the_fields_of_its_order():
    shown = {each.name: each for each in controls(Everything(), BODY, {"line": "Salah."})}

    assert [each.kind for each in shown.values()] == [
        "text", "prose", "number", "moment", "day", "truth", "choice", "choices", "lines", "part",
    ]  # fmt: skip
    assert (shown["line"].value, shown["line"].complaint) == ("Ani", "Salah.")
    assert shown["line"].required
    assert not shown["count"].required
    assert [each.name for each in shown["inner"].parts] == ["inner.name"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_order_can_be_asked_for_by_a_form(name):
    for each in COMMANDS[name].schema().fields.values():
        assert kind(each)


def test_a_filter_that_is_no_order_can_be_asked_for_too():
    kinds = {each.name: each.kind for each in controls(forms.RequestFilters(), {}, {})}

    assert (kinds["overdue"], kinds["due_before"], kinds["year"]) == ("truth", "day", "number")
