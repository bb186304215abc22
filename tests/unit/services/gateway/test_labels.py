"""Whatever the contracts name has an Indonesian name for people."""

import ast
from collections.abc import Iterator
from pathlib import Path

from marshmallow import Schema, fields, validate

import services.register.project.objections as objections_view
import services.register.project.privacy as privacy_view
import services.register.project.requests as requests_view
from contracts import roles
from contracts.catalogue import EVENTS
from contracts.commands import COMMANDS
from services.gateway.labels.facts import FACTS
from services.gateway.labels.fields import FIELDS
from services.gateway.labels.orders import ORDERS
from services.gateway.labels.words import WORDS

SCHEMAS = [contract.schema() for contract in (*COMMANDS.values(), *EVENTS.values())]


def every_field(schema: Schema) -> Iterator[tuple[str, fields.Field]]:
    for name, field in schema.fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        yield name, inner
        if isinstance(inner, fields.Nested):
            yield from every_field(inner.schema)


def words_of(field: fields.Field) -> set[str]:
    return {
        str(word)
        for check in field.validators
        if isinstance(check, validate.OneOf)
        for word in check.choices
    }


def states() -> set[str]:
    """The states that views show, as their modules write them."""
    found = set()
    for module in (requests_view, objections_view, privacy_view):
        for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
            if isinstance(node, ast.Dict):
                found |= {
                    value.value
                    for key, value in zip(node.keys, node.values, strict=True)
                    if isinstance(key, ast.Constant)
                    and key.value == "state"
                    and isinstance(value, ast.Constant)
                }
    return found


def test_every_order_has_a_name():
    assert set(COMMANDS) - set(ORDERS) == set()


def test_every_event_has_a_sentence():
    assert {contract.name for contract in EVENTS.values()} - set(FACTS) == set()


def test_every_field_has_a_name():
    named = {name.rstrip("_") for schema in SCHEMAS for name, _ in every_field(schema)}
    assert sorted(named - set(FIELDS)) == []


def test_every_word_of_a_closed_list_has_a_name():
    words = {
        word for schema in SCHEMAS for _, field in every_field(schema) for word in words_of(field)
    }
    assert sorted(words - set(WORDS)) == []


def test_every_state_and_every_role_has_a_name():
    assert len(states()) > 10
    assert sorted((states() | set(roles.ROLES) | {roles.SYSTEM}) - set(WORDS)) == []
