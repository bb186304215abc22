"""The one list of events: who records which, in which version, and the schema that it must fit.

Everything else that describes an event (JSON Schema, broker definitions, docs/events.md) is made from this list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from inspect import getdoc
from types import ModuleType
from typing import Any

from marshmallow import Schema, fields

from contracts.envelope import Event, MalformedEvent, event_type
from contracts.events import classification, escalation, intake, register, reporting

SERVICES = ("intake", "classification", "escalation", "register", "reporting")
_MODULES: Mapping[str, ModuleType] = {
    "intake": intake,
    "classification": classification,
    "escalation": escalation,
    "register": register,
    "reporting": reporting,
}
# Parts of events are schemas too, but no facts.
_PARTS = frozenset({"ListBasis"})


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
    for service, module in _MODULES.items():
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
    wrong = [] if _is_moment(event.time) else ["time"]
    wrong += [name for name, fits in _shape(event.type) if not fits(event.data)]
    if wrong:
        raise MalformedEvent(f"missing or of another kind: {', '.join(wrong)}")
    return event


@cache
def _shape(type_: str) -> tuple[tuple[str, Callable[[Mapping[str, Any]], bool]], ...]:
    """The kind of each field. Not the strict schema: every consumer asks this of every event, and it costs 3 us, not 80.

    Unknown fields pass, and so do words of a later version; what a fold would stumble over does not.
    """
    declared = _validator(type_).declared_fields
    return tuple((name, _fitting(name, field)) for name, field in declared.items())


def _fitting(name: str, field: fields.Field[Any]) -> Callable[[Mapping[str, Any]], bool]:
    of_kind = _kind(field)

    def fits(data: Mapping[str, Any]) -> bool:
        value = data.get(name, _MISSING)
        if value is _MISSING:
            return not field.required
        return bool(field.allow_none) if value is None else of_kind(value)

    return fits


def _kind(field: fields.Field[Any]) -> Callable[[object], bool]:
    if isinstance(field, fields.List):
        of_kind = _kind(field.inner)
        return lambda value: isinstance(value, list) and all(map(of_kind, value))
    return next(check for kind, check in _KINDS if isinstance(field, kind))


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and _countable(date.fromisoformat(value))
    except ValueError:
        return False


def _is_moment(value: object) -> bool:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return moment is not None and moment.tzinfo is not None and _countable(moment)


def _countable(day: date) -> bool:
    """Whether the days before and after it exist: at both ends of the calendar a deadline or another offset falls off."""
    return date.min.year < day.year < date.max.year


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _MOST


_MISSING = object()
_MOST = 2**53
# In this order: a date is a kind of time to marshmallow.
_KINDS: tuple[tuple[type[fields.Field[Any]], Callable[[object], bool]], ...] = (
    (fields.Date, _is_day),
    (fields.DateTime, _is_moment),
    (fields.Integer, _is_whole),
    (fields.Boolean, lambda value: isinstance(value, bool)),
    (fields.String, lambda value: isinstance(value, str)),
    (fields.Field, lambda value: isinstance(value, Mapping)),
)


@cache
def restricted_fields(type_: str) -> frozenset[str]:
    """The fields that may name people and stay out of the feed for other systems."""
    declared = _validator(type_).declared_fields
    return frozenset(name for name, field in declared.items() if _restricted(field))


def _restricted(field: fields.Field[Any]) -> bool:
    return bool(field.metadata.get("restricted"))
