"""The envelope of every event: a CloudEvents 1.0 JSON object with the extensions that order and trace it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SPEC_VERSION = "1.0"
TYPE_PREFIX = "id.terbuka"
_TYPE = re.compile(rf"{re.escape(TYPE_PREFIX)}\.[a-z]+\.[A-Za-z]+\.v\d+")


class MalformedEvent(ValueError):
    """The message is not an event of this system. It can never be handled: park it, never retry it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a decision found to be true: a name of the catalogue and its data, not yet recorded."""

    name: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """A recorded fact.

    `time` is RFC 3339. `stream` is written by one service only and `streamversion` counts in it from 1.
    `requestclock` is a Lamport clock per subject: 1 + the highest that the writer had seen.
    `data` holds JSON values only, and never a person's name, NIK, address, phone or e-mail.
    """

    id: str
    source: str
    type: str
    subject: str
    time: str
    stream: str
    streamversion: int
    requestclock: int
    correlationid: str
    causationid: str
    actor: str
    traceparent: str
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The fact without its namespace: `RequestSubmitted`."""
        return self.type.split(".")[-2]

    @property
    def service(self) -> str:
        """Who recorded it: `intake`."""
        return self.source.rsplit("/", 1)[-1]


_TEXT_FIELDS = tuple(
    name
    for name in Event.__dataclass_fields__
    if name not in ("streamversion", "requestclock", "data")
)


def event_type(service: str, name: str, version: int) -> str:
    """The CloudEvents type of version `version` of an event."""
    return f"{TYPE_PREFIX}.{service}.{name}.v{version}"


def schema_urn(type_: str) -> str:
    """The name of the schema of an event type; a URN, because a log outlives any web address."""
    return f"urn:terbuka:schema:{type_.removeprefix(TYPE_PREFIX + '.')}"


def to_cloudevent(event: Event) -> dict[str, Any]:
    """The JSON object that is stored, published, hashed and fed."""
    return {
        "specversion": SPEC_VERSION,
        "datacontenttype": "application/json",
        "dataschema": schema_urn(event.type),
        **{name: getattr(event, name) for name in Event.__dataclass_fields__},
    }


def from_cloudevent(message: object) -> Event:
    """Read an event tolerantly: unknown attributes are ignored.

    Raises MalformedEvent when an attribute is missing or of the wrong kind.
    """
    if not isinstance(message, Mapping):
        raise MalformedEvent("not a JSON object")
    _check(message)
    return Event(**{name: message[name] for name in Event.__dataclass_fields__})


def _check(message: Mapping[str, Any]) -> None:
    if message.get("specversion") != SPEC_VERSION:
        raise MalformedEvent("specversion is not 1.0")
    for name in _TEXT_FIELDS:
        if not isinstance(message.get(name), str):
            raise MalformedEvent(f"{name} is missing or not text")
    for name in ("streamversion", "requestclock"):
        value = message.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise MalformedEvent(f"{name} is missing or not a whole number above 0")
    if not isinstance(message.get("data"), Mapping):
        raise MalformedEvent("data is missing or not an object")
    if not _TYPE.fullmatch(message["type"]):
        raise MalformedEvent("type is not of this system")


def causal_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """One order everywhere, whatever the delivery order was: causes stand before their effects."""
    return tuple(sorted(events, key=lambda e: (e.requestclock, e.source, e.streamversion)))
