"""JSON Schemas (draft 2020-12) of every event and order, made from the marshmallow schemas for those who read other languages.

An event's schema describes the whole CloudEvents message and lets unknown fields pass, as every consumer must. An order's is
closed: what nobody asked for is refused. Pure; terbuka/generate.py writes the files.
"""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields, validate

from contracts.catalogue import EventContract
from contracts.command import CommandContract
from contracts.envelope import SPEC_VERSION, schema_urn

Json = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# The dialect that OpenAPI 3.1 has in common with JSON Schema.
_OPENAPI = "3.1.0"


def event_schema(contract: EventContract) -> Json:
    """The message of one version of an event."""
    properties = {**_envelope(contract), "data": _opened(data_schema(contract.schema))}
    return _message(schema_urn(contract.type), contract.name, contract.meaning, properties)


def command_schema(contract: CommandContract) -> Json:
    """The message that the RPC carries for an order."""
    optional = {"seen", "correlationid", "traceparent"}
    properties = {**_order(contract), "data": data_schema(contract.schema)}
    urn = f"urn:terbuka:schema:{contract.service}.command.{contract.name}"
    return _message(urn, contract.name, contract.meaning, properties, optional)


def _message(
    urn: str,
    title: str,
    meaning: str,
    properties: Json,
    optional: frozenset[str] | set[str] = frozenset(),
) -> Json:
    return {
        "$schema": DIALECT,
        "$id": urn,
        "title": title,
        "description": meaning,
        "type": "object",
        "properties": properties,
        "required": sorted(set(properties) - optional),
    }


def _envelope(contract: EventContract) -> Json:
    text, counter = {"type": "string"}, {"type": "integer", "minimum": 1}
    return {
        "specversion": {"const": SPEC_VERSION},
        "datacontenttype": {"const": "application/json"},
        "dataschema": {"const": schema_urn(contract.type)},
        "id": _noted("UUIDv7, unique for ever", text),
        "source": {"const": f"/terbuka/{contract.service}"},
        "type": {"const": contract.type},
        "subject": _noted("what it is about: `request/<id>`, `applicant/<id>`, ...", text),
        "time": {"type": "string", "format": "date-time"},
        "stream": _noted("written by one service only", text),
        "streamversion": _noted("counts in the service's stream from 1", counter),
        "requestclock": _noted("Lamport clock of the subject: causes before effects", counter),
        "correlationid": text,
        "causationid": _noted("the order or event that it follows from", text),
        "actor": _noted("role and account, never a person's name", text),
        "traceparent": text,
    }


def _order(contract: CommandContract) -> Json:
    text = {"type": "string"}
    return {
        "name": {"const": contract.name},
        "id": _noted("makes it happen once", text),
        "fingerprint": _noted("of what was sent: the same id must come with the same again", text),
        "actor": {
            "type": "object",
            "properties": {"account": text, "role": {"enum": sorted(contract.roles)}},
            "required": ["account", "role"],
        },
        "subject": _noted("empty when the order creates its subject", text),
        "seen": _noted(
            "the version that was read, a number per service",
            {"type": ["object", "null"], "additionalProperties": {"type": "integer"}},
        ),
        "correlationid": text,
        "traceparent": text,
    }


def _noted(meaning: str, schema: Json) -> Json:
    return {"description": meaning, **schema}


def data_schema(schema: type[Schema]) -> Json:
    """The fields that one marshmallow schema allows, closed."""
    described: Json = _converter().schema2jsonschema(schema())
    return described


def _converter() -> Any:
    spec = APISpec("Terbuka", "1", _OPENAPI)
    converter: Any = OpenAPIConverter(_OPENAPI, schema_name_resolver=lambda _: None, spec=spec)
    converter.add_attribute_function(_notes)
    return converter


def _notes(_: object, field: fields.Field[Any], **__: object) -> Json:
    """What apispec does not know: our notes on a field, and that a choice is made at most once."""
    notes: Json = {}
    if "meaning" in field.metadata:
        notes["description"] = field.metadata["meaning"]
    if field.metadata.get("restricted"):
        notes["x-restricted"] = True
    if isinstance(field, fields.List) and _is_choice(field.inner):
        notes["uniqueItems"] = True
    return notes


def _is_choice(field: fields.Field[Any]) -> bool:
    return any(isinstance(check, validate.OneOf) for check in field.validators)


def _opened(schema: Json) -> Json:
    """The same for readers: unknown fields pass, at every depth."""
    opened = {name: value for name, value in schema.items() if value is not False}
    if "properties" in opened:
        opened["properties"] = {name: _opened(part) for name, part in opened["properties"].items()}
    if "items" in opened:
        opened["items"] = _opened(opened["items"])
    return opened
