"""What the register knows of a request when it is to be handed over or closed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.envelope import Event

UNKNOWN, OPEN, ENDED, CLOSED = "unknown", "open", "ended", "closed"


@dataclass(frozen=True, slots=True)
class RequestState:
    """Whether the applicant has got what there was to get."""

    phase: str = UNKNOWN
    available: bool = False
    escalated: bool = False
    notified: str = ""  # the decision the applicant was told of
    delivered: bool = False


def evolve(state: RequestState, event: Event) -> RequestState:
    """The request after one more event, its own or another service's."""
    match event.name:
        case "RequestSubmitted" | "Reopened":
            return RequestState(phase=OPEN)
        case "DecisionOrdered":
            return RequestState(phase=OPEN, escalated=True)
        case "RequestWithdrawn":
            return replace(state, phase=ENDED)
        case "InformationClassified":
            return replace(state, available=event.data["outcome"] == "available")
        case "ExemptionFlagged":
            return replace(state, available=False)
        case "Escalated":
            return replace(state, escalated=True)
        case "ApplicantNotified":
            return replace(state, notified=event.data["outcome"])
        case "InformationDelivered":
            return replace(state, delivered=True)
        case "Closed":
            return replace(state, phase=CLOSED)
    return state
