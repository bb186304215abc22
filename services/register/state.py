"""What the register knows of a request when it is to be handed over or closed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.envelope import Event
from contracts.overtaken import is_overtaken

UNKNOWN, OPEN, ENDED, CLOSED = "unknown", "open", "ended", "closed"


@dataclass(frozen=True, slots=True)
class RequestState:
    """Whether the applicant has got what there was to get."""

    phase: str = UNKNOWN
    received_at: str = ""  # "" where there is no such request
    available: bool = False
    escalated: bool = False
    notified: str = ""  # the decision the applicant was told of
    delivered: bool = False
    assignee: str | None = None  # whose work it is
    ordered: bool = False  # to be decided anew, and not yet told


def evolve(state: RequestState, event: Event) -> RequestState:
    """The request after one more event, its own or another service's."""
    if is_overtaken(event, ordered=state.ordered):
        return state
    match event.name:
        case "RequestReceived":
            return replace(state, received_at=event.data["received_at"])
        case "RequestSubmitted":
            return RequestState(phase=OPEN, received_at=event.data["received_at"])
        case "Reopened":
            return _anew(state) if state.phase == CLOSED else state
        case "DecisionOrdered":
            return _ordered(state)
        case "RequestWithdrawn":
            return _ended(state, ENDED)
        case "InformationClassified":
            return replace(state, available=event.data["outcome"] == "available")
        case "ExemptionFlagged":
            return replace(state, available=False)
        case "Escalated":
            return replace(state, escalated=True)
        case "ApplicantNotified":
            return replace(state, notified=event.data["outcome"], ordered=False)
        case "InformationDelivered":
            return replace(state, delivered=True)
        case "RequestAssigned":
            return replace(state, assignee=event.data.get("assignee"))
        case "Closed":
            return _ended(state, CLOSED)
    return state


def _ordered(state: RequestState) -> RequestState:
    """It is decided anew, even where it was closed; not where the applicant took it back."""
    if state.phase == ENDED:
        return state
    return replace(_anew(state), escalated=True, ordered=True)


def _anew(state: RequestState) -> RequestState:
    """Open, with whoever worked on it, and nothing found out or told."""
    return RequestState(phase=OPEN, received_at=state.received_at, assignee=state.assignee)


def _ended(state: RequestState, phase: str) -> RequestState:
    """What ends first stays: who withdraws and who closes may not know of each other."""
    return state if state.phase in (ENDED, CLOSED) else replace(state, phase=phase)
