"""What classification knows of a request, and of an entry of its lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from contracts.envelope import Event
from contracts.overtaken import is_overtaken, still_ordered

UNKNOWN, OPEN, COORDINATED, ANSWERED = "unknown", "open", "coordinated", "answered"
WITHDRAWN, ENDED = "withdrawn", "ended"
_PHASES = {
    "RequestSubmitted": OPEN,
    "Reopened": OPEN,
    "Escalated": COORDINATED,
    "Decided": COORDINATED,
    "DecisionOrdered": COORDINATED,
    "ApplicantNotified": ANSWERED,
    "InformationDelivered": ANSWERED,
    "RequestWithdrawn": WITHDRAWN,
    "Closed": ENDED,
}


@dataclass(frozen=True, slots=True)
class RequestState:
    """Whether the information of a request can still be classified, and as what it was."""

    phase: str = UNKNOWN
    outcome: str = ""
    ordered: bool = False  # to be decided anew, and not yet told


def evolve(state: RequestState, event: Event) -> RequestState:
    """The request after one more event, its own or another service's."""
    if is_overtaken(event, ordered=state.ordered):
        return state
    match event.name:
        case "InformationClassified":
            return replace(state, outcome=event.data["outcome"])
        case "ExemptionFlagged":
            return replace(state, outcome="exempt")
    ordered = still_ordered(event, ordered=state.ordered)
    return replace(state, phase=_next(state.phase, event.name), ordered=ordered)


def _next(phase: str, name: str) -> str:
    """What ends first stays; only what was closed is opened again, by a reopening or an order."""
    opens = phase == ENDED and name in ("Reopened", "DecisionOrdered")
    if phase in (WITHDRAWN, ENDED) and not opens:
        return phase
    return _PHASES.get(name, phase)


@dataclass(frozen=True, slots=True)
class EntryState:
    """An entry of the list of public or of exempt information."""

    list: str = ""
    title: str = ""
    decree: str | None = None
    decided_on: str | None = None
    grounds: tuple[str, ...] = ()
    valid_to: str | None = None
    statute: str | None = None
    consequence: str | None = None
    revoked: bool = False

    def usable(self, on: date) -> bool:
        """Whether a refusal may rely on it that day: exempt, decided by then, not revoked, not expired."""
        expired = self.valid_to is not None and date.fromisoformat(self.valid_to) < on
        pending = self.decided_on is not None and date.fromisoformat(self.decided_on) > on
        return self.list == "exempt" and not (self.revoked or expired or pending)

    def matches(self) -> bool:
        """Whether what is asked for may be found by it: public, and not revoked."""
        return self.list == "public" and not self.revoked


def evolve_entry(state: EntryState, event: Event) -> EntryState:
    """The entry after one more event."""
    data = event.data
    match event.name:
        case "ListEntryPublished":
            return EntryState(
                list=data["list"],
                title=data["title"],
                grounds=tuple(data["grounds"]),
                decree=data.get("decree"),
                decided_on=data.get("decided_on"),
                valid_to=data.get("valid_to"),
                statute=data.get("statute"),
                consequence=data.get("consequence"),
            )
        case "ListEntryRevoked":
            return replace(state, revoked=True)
    return state
