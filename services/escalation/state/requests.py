"""What escalation knows of a request: what was found out, what was decided, and its clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from contracts.envelope import Event
from contracts.local import local_day
from contracts.overtaken import is_overtaken, still_ordered
from services.escalation.starts import Arrival
from services.escalation.state.clocks import Clock, Clocks, evolve_clocks, no_clocks

UNKNOWN, OPEN, ENDED = "unknown", "open", "ended"


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
    given_on: date | None = None  # the last day on which the applicant got anything
    gave_up: bool = False  # withdrawn, or lapsed
    ordered: bool = False  # to be decided anew, and not yet told
    overtaken: frozenset[str] = frozenset()  # events that an order has overtaken
    arrival: Arrival = field(default_factory=Arrival)
    regime: str = ""  # as chosen or corrected
    reopened_on: date | None = None
    clocks: Clocks = field(default_factory=no_clocks)

    def running(self, clock: str) -> Clock | None:
        """A clock that has not been stopped."""
        found = self.clocks.get(clock)
        return found if found and not found.stopped else None


def evolve(state: RequestState, event: Event) -> RequestState:
    """The request after one more event, its own or another service's."""
    if is_overtaken(event, ordered=state.ordered):
        return replace(state, overtaken=state.overtaken | {event.id})
    return replace(_evolve(state, event), ordered=still_ordered(event, ordered=state.ordered))


def _evolve(state: RequestState, event: Event) -> RequestState:
    data = event.data
    match event.name:
        case "RequestSubmitted":
            return replace(state, phase=OPEN, arrival=_arrival(state.arrival, event))
        case "Reopened":
            return state if state.gave_up else _reopened(state, event)
        case "DecisionOrdered":
            return state if state.gave_up else _to_be_decided_anew(state)
        case "RequestLapsed" | "RequestWithdrawn":
            return _gave_up(state, event)
        case "Closed":
            return replace(_answered(state, event), phase=ENDED)
        case "InformationDelivered":
            return _given(state, event)
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
            return replace(_given(state, event), notified=True)
    return _evolve_time(state, event)


def _evolve_time(state: RequestState, event: Event) -> RequestState:
    if event.name == "IncompletenessNotified":
        return replace(state, arrival=replace(state.arrival, notice_on=local_day(event.time)))
    if event.name == "RegimeChosen":
        return replace(state, regime=event.data["regime"])
    clocks = evolve_clocks(state.clocks, event, state.regime, state.reopened_on)
    return replace(state, clocks=clocks)


def _arrival(known: Arrival, event: Event) -> Arrival:
    data = event.data
    return replace(
        known,
        received_at=data["received_at"],
        completed_at=data["completed_at"],
        registered_on=local_day(event.time),
        topic=data.get("topic") or known.topic,
    )


def _reopened(state: RequestState, event: Event) -> RequestState:
    """Everything that was found out is forgotten; how the request came in, its regime and its clocks are not."""
    return RequestState(
        phase=OPEN,
        arrival=state.arrival,
        regime=state.regime,
        reopened_on=local_day(event.time),
        clocks=state.clocks,
    )


def _given(state: RequestState, event: Event) -> RequestState:
    return replace(_answered(state, event), given_on=local_day(event.time))


def _gave_up(state: RequestState, event: Event) -> RequestState:
    """What was closed first stays closed: whoever withdraws and whoever closes may not know of each other."""
    if state.phase == ENDED:
        return state
    return replace(_answered(state, event), phase=ENDED, gave_up=True)


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
        given_on=None,
    )


def _answered(state: RequestState, event: Event) -> RequestState:
    if state.answered_by:
        return state
    return replace(state, answered_by=event.name, answered_on=local_day(event.time))
