"""What classification knows of a request, and of an entry of its lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from contracts.envelope import Event

UNKNOWN, OPEN, COORDINATED, ANSWERED, ENDED = "unknown", "open", "coordinated", "answered", "ended"
_PHASES = {
    "RequestSubmitted": OPEN,
    "Reopened": OPEN,
    "Escalated": COORDINATED,
    "Decided": COORDINATED,
    "DecisionOrdered": COORDINATED,
    "ApplicantNotified": ANSWERED,
    "InformationDelivered": ANSWERED,
    "RequestWithdrawn": ENDED,
    "Closed": ENDED,
}


@dataclass(frozen=True, slots=True)
class RequestState:
    """Whether the information of a request can still be classified, and as what it was."""

    phase: str = UNKNOWN
    outcome: str = ""


def evolve(state: RequestState, event: Event) -> RequestState:
    """The request after one more event, its own or another service's."""
    match event.name:
        case "InformationClassified":
            return replace(state, outcome=event.data["outcome"])
        case "ExemptionFlagged":
            return replace(state, outcome="exempt")
    return replace(state, phase=_PHASES.get(event.name, state.phase))


@dataclass(frozen=True, slots=True)
class EntryState:
    """An entry of the list of public or of exempt information."""

    list: str = ""
    title: str = ""
    decree: str | None = None
    grounds: tuple[str, ...] = ()
    valid_to: str | None = None
    revoked: bool = False

    def usable(self, on: date) -> bool:
        """Whether a refusal may rely on it that day: decided, exempt, not revoked, not expired."""
        expired = self.valid_to is not None and date.fromisoformat(self.valid_to) < on
        return self.list == "exempt" and not self.revoked and not expired


def evolve_entry(state: EntryState, event: Event) -> EntryState:
    """The entry after one more event."""
    data = event.data
    match event.name:
        case "ListEntryPublished":
            return EntryState(
                list=data["list"],
                title=data["title"],
                decree=data.get("decree"),
                grounds=tuple(data["grounds"]),
                valid_to=data.get("valid_to"),
            )
        case "ListEntryRevoked":
            return replace(state, revoked=True)
    return state
