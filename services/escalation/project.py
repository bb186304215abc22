"""Escalation's own view of what it has to tell: due dates that moved, are near, or have passed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contracts import words
from contracts.envelope import Event

TOLD = frozenset({"DeadlineMoved", "DeadlineApproached", "DeadlineMissed"})
DESK, OFFICER = "desk", "ppid_officer"


def _begun(clock: str, owner: str, unit: str | None) -> tuple[str, str | None]:
    """Whose a clock is when it starts: an answer is the desk's at first, what the office owes is the officer's."""
    if clock in words.DUTIES:
        return OFFICER, None
    return (DESK, None) if clock == "answer" else (owner, unit)


def notices(events: Sequence[Event]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What a stream tells, each by its event's id: to whom, and whether its clock still runs."""
    stopped: dict[str, bool] = {}
    owner, unit = DESK, None
    for event in events:
        match event.name:
            case "DeadlineSet":
                stopped[event.data["clock"]] = False
                owner, unit = _begun(event.data["clock"], owner, unit)
            case "ClockStopped":
                stopped[event.data["clock"]] = True
            case "Escalated":
                owner = OFFICER
            case "DispositionGiven":
                unit = event.data["unit"]
    for event in events:
        if event.name in TOLD:
            yield (
                event.id,
                {
                    "name": event.name,
                    "time": event.time,
                    "for": owner,
                    "unit": unit,
                    "open": not stopped.get(event.data["clock"], True),
                    **event.data,
                },
            )
