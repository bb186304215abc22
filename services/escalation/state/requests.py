"""What escalation knows of a request: what was found out, what was decided, and its clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from contracts.envelope import Event
from contracts.local import local_day

UNKNOWN, OPEN, ENDED = "unknown", "open", "ended"


@dataclass(frozen=True, slots=True)
class Clock:
    """One running or stopped clock."""

    start_on: date
    due_on: date
    extended: bool = False
    approached: bool = False
    missed: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class RequestState:
    """A request on its way to an answer."""

    phase: str = UNKNOWN
    outcome: str = ""  # what classification found
    held: bool = True
    grounds: tuple[str, ...] = ()
    basis: Mapping[str, Any] | None = None  # the entry of the exempt list that says so, as it stood
    flagged_by: str = ""
    escalated: bool = False
    tested: Mapping[str, Any] | None = None
    tested_by: str = ""
    decision: Mapping[str, Any] | None = None
    notified: bool = False
    answered_by: str = ""  # the event after which no clock has anything to count
    answered_on: date | None = None
    clocks: Mapping[str, Clock] = field(default_factory=lambda: MappingProxyType({}))

    def running(self, clock: str) -> Clock | None:
        """A clock that has not been stopped."""
        found = self.clocks.get(clock)
        return found if found and not found.stopped else None


def evolve(state: RequestState, event: Event) -> RequestState:
    """The request after one more event, its own or another service's."""
    data = event.data
    match event.name:
        case "RequestSubmitted":
            return replace(state, phase=OPEN)
        case "Reopened":
            return RequestState(phase=OPEN, clocks=state.clocks)
        case "DecisionOrdered":
            return _to_be_decided_anew(state)
        case "RequestLapsed" | "RequestWithdrawn" | "Closed":
            return replace(_answered(state, event), phase=ENDED)
        case "InformationDelivered":
            return _answered(state, event)
        case "InformationClassified":
            return replace(
                state, outcome=data["outcome"], held=data["held"], basis=None, grounds=()
            )
        case "ExemptionFlagged":
            return replace(
                state,
                outcome="exempt",
                grounds=tuple(data["grounds"]),
                basis=data.get("basis"),
                flagged_by=event.actor,
            )
        case "Escalated":
            return replace(state, escalated=True)
        case "ConsequenceTested":
            return replace(state, tested=data, tested_by=event.actor)
        case "Decided":
            return replace(state, decision=data)
        case "ApplicantNotified":
            return replace(_answered(state, event), notified=True)
    return _evolve_clock(state, event)


def _to_be_decided_anew(state: RequestState) -> RequestState:
    """What was found out stays known; what was decided and said of it is open again, even where it had ended."""
    return replace(
        state,
        phase=OPEN,
        escalated=True,
        decision=None,
        notified=False,
        answered_by="",
        answered_on=None,
    )


def _answered(state: RequestState, event: Event) -> RequestState:
    if state.answered_by:
        return state
    return replace(state, answered_by=event.name, answered_on=local_day(event.time))


def _evolve_clock(state: RequestState, event: Event) -> RequestState:
    data = event.data
    if event.name == "DeadlineSet":
        clock = Clock(date.fromisoformat(data["start_on"]), date.fromisoformat(data["due_on"]))
        return _with(state, data["clock"], clock)
    changes: dict[str, dict[str, Any]] = {
        "DeadlineApproached": {"approached": True},
        "DeadlineMissed": {"missed": True},
        "ClockStopped": {"stopped": True},
    }
    if event.name == "DeadlineMoved":
        changed: dict[str, Any] = {
            "due_on": date.fromisoformat(data["due_on"]),
            "approached": False,
            "missed": False,
        }
    elif event.name == "DeadlineExtended":
        changed = {
            "due_on": date.fromisoformat(data["due_on"]),
            "extended": True,
            "approached": False,
        }
    elif event.name in changes:
        changed = changes[event.name]
    else:
        return state
    return _with(state, data["clock"], replace(state.clocks[data["clock"]], **changed))


def _with(state: RequestState, name: str, clock: Clock) -> RequestState:
    return replace(state, clocks=MappingProxyType({**state.clocks, name: clock}))
