"""The JSON Schemas say what the marshmallow schemas say: tolerant for events, closed for orders."""

import pytest
from jsonschema import Draft202012Validator

from contracts.catalogue import EVENTS, current
from contracts.commands import COMMANDS
from contracts.jsonschema import command_schema, event_schema
from tests.contract.samples import EXAMPLES, content_of, example_of


def faults(schema, message):
    """What a validator finds, as paths."""
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [".".join(map(str, fault.absolute_path)) for fault in validator.iter_errors(message)]


def changed(name, **data):
    """An event's schema, and its example with other data."""
    contract = current(name)
    message = content_of(example_of(contract))
    return event_schema(contract), {**message, "data": {**message["data"], **data}}


def order(name, **data):
    """An order's schema, and its example with other data."""
    message = content_of(EXAMPLES / "commands" / f"{name}.json")
    return command_schema(COMMANDS[name]), {**message, "data": {**message["data"], **data}}


def test_readers_let_fields_of_a_later_time_pass():
    schema, message = changed("Decided", mood="good")
    assert faults(schema, {**message, "weather": "fair"}) == []


def test_readers_let_them_pass_inside_parts_too():
    basis = {**content_of(example_of(current("ExemptionFlagged")))["data"]["basis"], "new": 1}
    assert faults(*changed("ExemptionFlagged", basis=basis)) == []


def test_figures_may_have_any_names():
    assert faults(*changed("DaySupervised", figures={"anything": 1})) == []


def test_an_order_is_closed():
    assert faults(*order("CloseRequest", mood="good")) == ["data"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("RequestReceived", {"channel": "pigeon"}),
        ("RequestReceived", {"information": ""}),
        ("RequestReceived", {"documents": ["identity_card", "identity_card"]}),
        ("RequestReceived", {"applicant_revision": 0}),
        ("RequestReceived", {"applicant_revision": "1"}),
        ("DeadlineSet", {"due_on": "soon"}),
        ("ClockStopped", {"late": "no"}),
        ("Decided", {"blackened": ["x"] * 51}),
        ("ExemptionFlagged", {"basis": {}}),
    ],
)
def test_what_the_strict_schema_refuses_it_refuses(name, data):
    assert faults(*changed(name, **data))


def test_what_may_be_left_out_may_be_null():
    assert faults(*changed("ApplicantNotified", form=None, cost=None, referral=None)) == []


def test_another_service_cannot_say_it():
    schema, message = changed("Closed")
    assert faults(schema, {**message, "source": "/terbuka/intake"}) == ["source"]


def test_only_roles_that_may_give_an_order_stand_in_it():
    schema, message = order("AcknowledgeReport")
    desk = {"account": "meja-informasi-1", "role": "desk"}
    assert faults(schema, {**message, "actor": desk}) == ["actor.role"]


def test_restricted_fields_are_marked():
    data = event_schema(current("Decided"))["properties"]["data"]["properties"]
    marked = {name for name, field in data.items() if field.get("x-restricted")}
    assert marked == {"consequence", "blackened", "reasons", "public_interest"}


def test_every_schema_has_a_name_of_its_own():
    schemas = [event_schema(each) for each in EVENTS.values()]
    schemas += [command_schema(each) for each in COMMANDS.values()]
    assert len({schema["$id"] for schema in schemas}) == len(EVENTS) + len(COMMANDS)
