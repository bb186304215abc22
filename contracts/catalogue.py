"""The one list of events: who records which, in which version, and the schema that it must fit.

Everything else that describes an event (JSON Schema, broker definitions, docs/events.md) is made from this list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import getdoc
from types import ModuleType
from typing import Any

from marshmallow import Schema, fields

from contracts.envelope import Event, MalformedEvent, event_type
from contracts.events import (
    classification,
    escalation,
    intake,
    law,
    objections,
    register,
    reporting,
)
from contracts.shape import is_moment, misshapen

SERVICES = ("intake", "classification", "escalation", "register", "reporting")
_MODULES: Mapping[str, tuple[ModuleType, ...]] = {
    "intake": (intake,),
    "classification": (classification,),
    "escalation": (escalation, objections, law),
    "register": (register,),
    "reporting": (reporting,),
}
# Parts of events are schemas too, but no facts.
_PARTS = frozenset({"ListBasis", "GivesWayPart"})


@dataclass(frozen=True, slots=True)
class EventContract:
    """One version of one event."""

    service: str
    name: str
    version: int
    schema: type[Schema]

    @property
    def type(self) -> str:
        """Its CloudEvents type."""
        return event_type(self.service, self.name, self.version)

    @property
    def meaning(self) -> str:
        """One sentence for people."""
        return " ".join((getdoc(self.schema) or "").split())


def _contracts() -> Iterator[EventContract]:
    for service, modules in _MODULES.items():
        for module in modules:
            for name, schema in vars(module).items():
                if _is_event(schema, module.__name__) and name not in _PARTS:
                    yield EventContract(service, name, getattr(schema, "version", 1), schema)


def _is_event(item: object, module: str) -> bool:
    return isinstance(item, type) and issubclass(item, Schema) and item.__module__ == module


EVENTS: Mapping[str, EventContract] = {contract.type: contract for contract in _contracts()}
_CURRENT: Mapping[str, EventContract] = {contract.name: contract for contract in EVENTS.values()}


def current(name: str) -> EventContract:
    """The version of an event that is written today. Raises KeyError for a name that nobody records."""
    return _CURRENT[name]


def names_of(service: str) -> tuple[str, ...]:
    """The events a service records."""
    return tuple(contract.name for contract in EVENTS.values() if contract.service == service)


@cache
def _validator(type_: str) -> Schema:
    return EVENTS[type_].schema()


def violations(type_: str, data: Mapping[str, object]) -> Mapping[str, object]:
    """What the strict schema finds wrong with data about to be written; empty when all is well."""
    return _validator(type_).validate(data)


def known(event: Event) -> Event:
    """The event itself, if it is in the catalogue and readers can rely on its fields; else MalformedEvent: park it."""
    if event.type not in EVENTS:
        raise MalformedEvent(f"unknown type or version {event.type}")
    wrong = [] if is_moment(event.time) else ["time"]
    wrong += misshapen(_validator(event.type), event.data)
    if wrong:
        raise MalformedEvent(f"missing or of another kind: {', '.join(wrong)}")
    return event


@cache
def restricted_fields(type_: str) -> frozenset[str]:
    """The fields that may name people and stay out of the feed for other systems."""
    declared = _validator(type_).declared_fields
    return frozenset(name for name, field in declared.items() if _restricted(field))


def _restricted(field: fields.Field[Any]) -> bool:
    return bool(field.metadata.get("restricted"))
