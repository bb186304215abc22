"""What every view of an entity says of its events: how many, how far each service is, and what the next order must know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts.envelope import Event
from contracts.roles import SYSTEM
from contracts.topology import hearers
from eventlog.record import versions
from services.register.project import deliveries

Shown = dict[str, Any]


def traces(events: Sequence[Event]) -> Shown:
    """The versions of an entity, for reading and for the next order about it."""
    known = versions(events)
    return {
        "events": len(events),
        "updated_at": max(event.time for event in events),
        "versions": dict(sorted(known.items())),
        "version": "-".join(f"{service}{known[service]}" for service in sorted(known)),
        "heard": _heard(events),
        "by_people": dict(sorted(versions(_of_people(events)).items())),
    }


def _of_people(events: Sequence[Event]) -> list[Event]:
    """What somebody ordered; the rest services added by themselves (a clock that stops, a reminder).

    What was sent decides nothing: a letter that goes out meanwhile makes nobody's reading stale.
    """
    return [
        event
        for event in events
        if event.name not in deliveries.NAMES and not event.actor.startswith(f"{SYSTEM}:")
    ]


def _heard(events: Sequence[Event]) -> dict[str, dict[str, int]]:
    """How far each service's ear must be to know what is shown here: what an order has to tell it."""
    heard: dict[str, dict[str, int]] = {}
    for event in events:
        for service in hearers(event.service, event.name):
            ear = heard.setdefault(service, {})
            ear[event.service] = max(ear.get(event.service, 0), event.streamversion)
    return {service: dict(sorted(ear.items())) for service, ear in sorted(heard.items())}
