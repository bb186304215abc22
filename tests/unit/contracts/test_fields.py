import pytest
from marshmallow import Schema, ValidationError

from contracts.fields import choices, day, figures, moment, part, several, text, truth, whole


class Inner(Schema):
    name = text(5)


FIELDS = {
    "text": text(5),
    "choices": choices(("a", "b")),
    "day": day(),
    "moment": moment(),
    "whole": whole(1, 9),
    "truth": truth(),
    "several": several(Inner, 2),
    "part": part(Inner),
    "figures": figures(),
    "maybe": text(5, optional=True),
}
Whole = Schema.from_dict(FIELDS)
GOOD = {
    "text": "abc",
    "choices": ["a"],
    "day": "2026-08-12",
    "moment": "2026-08-12T09:10:00+07:00",
    "whole": 5,
    "truth": True,
    "several": [{"name": "x"}],
    "part": {"name": "x"},
    "figures": {"received": 1},
}


def faults(**changed):
    return Whole().validate({**GOOD, **changed})


def test_what_fits_has_no_faults():
    assert faults() == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", ""),
        ("text", "abcdef"),
        ("text", None),
        ("text", 5),
        ("text", "a\x00"),
        ("text", "a\x1b"),
        ("text", "\ud800"),
        ("choices", ["c"]),
        ("choices", ["a", "a"]),
        ("choices", "a"),
        ("day", "2026-02-30"),
        ("day", "12/08/2026"),
        ("moment", "2026-08-12T09:10:00"),
        ("moment", "2026-08-12"),
        ("whole", 0),
        ("whole", 10),
        ("whole", "5"),
        ("whole", 5.0),
        ("whole", 5.5),
        ("whole", True),
        ("truth", "yes"),
        ("truth", 1),
        ("truth", None),
        ("several", [{"name": "x"}] * 3),
        ("several", [{"name": ""}]),
        ("part", {}),
        ("part", []),
        ("figures", []),
        ("maybe", "abcdef"),
    ],
)
def test_what_does_not_fit_is_a_fault_of_its_field(name, value):
    assert set(faults(**{name: value})) == {name}


@pytest.mark.parametrize("value", ["a\tb\nc", "é😀", "a\u2028b"])
def test_text_may_hold_line_ends_and_every_letter(value):
    assert faults(text=value) == {}


def test_what_is_optional_may_be_left_out_or_null():
    assert faults(maybe=None) == {}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_not_optional_may_not_be_left_out(name):
    with pytest.raises(ValidationError, match=name):
        Whole().load({key: value for key, value in GOOD.items() if key != name})


def test_notes_are_kept_beside_the_field():
    field = text(meaning="why", restricted=True)

    assert field.metadata == {"meaning": "why", "restricted": True}
