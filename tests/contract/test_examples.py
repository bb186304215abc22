"""Every message has a frozen example, and everybody who reads it accepts it."""

import json
import re

import jsonschema
import pytest

from contracts.catalogue import EVENTS, violations
from contracts.command import checked, from_message, to_message
from contracts.commands import COMMANDS
from contracts.envelope import to_cloudevent
from eventlog.consume import read_message
from tests.contract.samples import (
    COMMAND_FILES,
    EVENT_FILES,
    EXAMPLES,
    content_of,
    example_of,
    expected_files,
    name_of,
    schema_of,
)

EACH_EVENT = pytest.mark.parametrize("path", EVENT_FILES, ids=name_of)
EACH_COMMAND = pytest.mark.parametrize("path", COMMAND_FILES, ids=name_of)
EACH = pytest.mark.parametrize("path", EVENT_FILES + COMMAND_FILES, ids=name_of)
PERSONAL = re.compile(r"\d{16}|[\w.+-]+@[\w-]+\.\w+|(?:\+62|\b08)\d{7,}")


def test_every_message_has_one():
    assert expected_files() - set(EVENT_FILES + COMMAND_FILES) == set()


def test_orders_that_nobody_follows_any_more_have_none():
    assert set(COMMAND_FILES) <= expected_files()


def test_a_released_event_is_never_taken_away():
    """An older version stays beside the newer one: the log still holds it."""
    assert {path.relative_to(EXAMPLES) for path in EVENT_FILES} <= {
        example_of(contract).relative_to(EXAMPLES) for contract in EVENTS.values()
    }


@EACH_EVENT
def test_the_strict_schema_accepts_an_event(path):
    message = content_of(path)
    assert violations(message["type"], message["data"]) == {}


@EACH_COMMAND
def test_the_service_accepts_an_order(path):
    command = from_message(content_of(path))
    assert checked(COMMANDS[path.stem], command) == command


@EACH
def test_the_json_schema_accepts_it(path):
    schema = content_of(schema_of(path))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(
        content_of(path), schema, jsonschema.Draft202012Validator, format_checker=_formats()
    )


def _formats():
    return jsonschema.Draft202012Validator.FORMAT_CHECKER


@EACH
def test_it_fills_every_field_that_it_was_released_with(path):
    """A field added later is optional, and no example is written anew for it: the schemas notice when its kind changes."""
    message = content_of(path)
    schema = EVENTS[message["type"]].schema if "type" in message else COMMANDS[path.stem].schema
    fields = schema().fields
    assert (
        {name for name, field in fields.items() if field.required}
        <= set(message["data"])
        <= set(fields)
    )


@EACH_EVENT
def test_a_consumer_reads_it_back_as_it_was(path):
    message = content_of(path)
    event = read_message(json.dumps(message), "application/json")
    assert to_cloudevent(event) == message


@EACH_COMMAND
def test_a_service_reads_an_order_back_as_it_was(path):
    message = content_of(path)
    assert to_message(from_message(message)) == message


@EACH_EVENT
def test_no_event_holds_a_number_or_an_address_of_a_person(path):
    assert PERSONAL.findall(json.dumps(content_of(path)["data"])) == []
