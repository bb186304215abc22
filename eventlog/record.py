"""How facts become events: the one place where an envelope is filled in and checked against the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.catalogue import current, violations
from contracts.envelope import Event, Fact


class InvalidFact(ValueError):
    """A service tried to record what its contract does not allow. A bug: nothing was written."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who records, about what, when, and because of what."""

    service: str
    subject: str
    now: datetime
    actor: str
    causationid: str
    correlationid: str
    traceparent: str
    new_id: Callable[[], str]


def record(
    facts: Sequence[Fact], given: Circumstances, version: int, clock: int
) -> tuple[Event, ...]:
    """Events that follow `version` and `clock`, one step each. Raises InvalidFact before anything is written."""
    return tuple(
        _event(fact, given, version + step, clock + step)
        for step, fact in enumerate(facts, start=1)
    )


def _event(fact: Fact, given: Circumstances, version: int, clock: int) -> Event:
    contract = current(fact.name)
    wrong = violations(contract.type, fact.data)
    if wrong or contract.service != given.service:
        raise InvalidFact(f"{given.service} may not record {fact.name}: {sorted(wrong)}")
    return Event(
        id=given.new_id(),
        source=f"/terbuka/{given.service}",
        type=contract.type,
        subject=given.subject,
        time=given.now.isoformat(),
        stream=given.subject,
        streamversion=version,
        requestclock=clock,
        correlationid=given.correlationid,
        causationid=given.causationid,
        actor=given.actor,
        traceparent=given.traceparent,
        data=fact.data,
    )


def latest_clock(events: Iterable[Event]) -> int:
    """The highest Lamport clock among events, 0 when there are none."""
    return max((event.requestclock for event in events), default=0)


def versions(events: Iterable[Event]) -> dict[str, int]:
    """How far each service's stream is known: the version of the subject, a number per service."""
    known: dict[str, int] = {}
    for event in events:
        known[event.service] = max(known.get(event.service, 0), event.streamversion)
    return known
