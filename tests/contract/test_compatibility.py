"""What may change in a released message, and that nothing else has."""

import pytest

from contracts.compatibility import breaks
from terbuka import generate

NOTE = {"type": "string", "maxLength": 10}
RELEASED = {
    "title": "Closed",
    "type": "object",
    "properties": {
        "outcome": {"enum": ["granted", "refused"]},
        "remark": NOTE,
        "parts": {"type": "array", "items": {"type": "object", "properties": {"at": NOTE}}},
    },
    "required": ["outcome"],
}


def with_properties(**changes):
    """The released schema with other properties; None takes one away."""
    properties = {**RELEASED["properties"], **changes}
    kept = {name: field for name, field in properties.items() if field is not None}
    return {**RELEASED, "properties": kept}


def test_an_optional_field_may_be_added():
    assert breaks(RELEASED, with_properties(reason=NOTE)) == ()


def test_notes_for_people_may_change():
    described = with_properties(remark={**NOTE, "description": "what the desk noted"})
    assert breaks(RELEASED, {**described, "title": "Ended", "description": "It ended."}) == ()


@pytest.mark.parametrize(
    ("current", "fault"),
    [
        (with_properties(remark=None), "message.remark was taken away"),
        ({**RELEASED, "required": ["outcome", "remark"]}, "message.remark became required"),
        ({**RELEASED, "required": []}, "message.outcome became optional"),
        (
            with_properties(remark={**NOTE, "maxLength": 5}),
            "message.remark: maxLength was 10, is 5",
        ),
        (
            with_properties(outcome={"enum": ["granted"]}),
            "message.outcome: enum was ['granted', 'refused'], is ['granted']",
        ),
        (with_properties(parts={"type": "array"}), "message.parts[]: type was 'object', is None"),
    ],
)
def test_anything_else_is_a_new_version(current, fault):
    assert fault in breaks(RELEASED, current)


def test_a_new_required_field_is_found_although_it_is_new():
    added = {**with_properties(reason=NOTE), "required": ["outcome", "reason"]}
    assert breaks(RELEASED, added) == ("message.reason became required",)


def test_parts_of_lists_are_looked_into():
    parts = {"type": "array", "items": {"type": "object", "properties": {"at": {"type": "null"}}}}
    assert breaks(RELEASED, with_properties(parts=parts)) == (
        "message.parts[].at: maxLength was 10, is None",
        "message.parts[].at: type was 'string', is 'null'",
    )


def test_no_released_message_has_changed():
    assert generate.broken(generate.ROOT) == ()
