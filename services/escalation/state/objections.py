"""What escalation knows of an objection: how far it has come, on which days, and its clocks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from contracts.envelope import Event
from contracts.local import local_day
from services.escalation.state.requests import RequestState, evolve

UNFILED, FILED, ANSWERED, DISPUTED = "unfiled", "filed", "answered", "disputed"
SETTLED, IN_COURT, RULED = "settled", "in_court", "ruled"


@dataclass(frozen=True, slots=True)
class ObjectionState:
    """An objection from its filing (K1) to the court's last word (K5)."""

    phase: str = UNFILED
    request: str = ""
    regime: str = "ordinary"
    grounds: tuple[str, ...] = ()
    filed_at: datetime | None = None
    answered_on: date | None = None
    reaction: str = ""
    last_on: date = date.min  # the day of the latest step, which the next cannot precede
    case_number: str = ""
    court: str = ""
    timed: RequestState = field(default_factory=RequestState)  # its clocks, folded as a request's

    def due_on(self, clock: str) -> date | None:
        """When a clock of it runs out, or ran out."""
        found = self.timed.clocks.get(clock)
        return found.due_on if found else None

    def overdue(self, on: date) -> bool:
        """Whether it waits for an answer that was due."""
        due = self.due_on("objection_answer")
        return self.phase == FILED and due is not None and due < on


def evolve_objection(state: ObjectionState, event: Event) -> ObjectionState:
    """The objection after one more event."""
    data = event.data
    match event.name:
        case "ObjectionFiled":
            return replace(
                state,
                phase=FILED,
                request=data.get("request") or "",
                regime=data["regime"],
                grounds=tuple(data["grounds"]),
                filed_at=datetime.fromisoformat(data["filed_at"]),
                last_on=local_day(data["filed_at"]),
            )
        case "ObjectionAnswered":
            on = local_day(event.time)
            return replace(state, phase=ANSWERED, answered_on=on, last_on=on)
        case "ObjectorReacted":
            return replace(state, reaction=data["reaction"])
        case "RegimeChosen":
            return replace(state, regime=data["regime"], timed=evolve(state.timed, event))
    return _evolve_dispute(state, event)


def _evolve_dispute(state: ObjectionState, event: Event) -> ObjectionState:
    data = event.data
    match event.name:
        case "DisputeOpened":
            return replace(state, phase=DISPUTED, last_on=date.fromisoformat(data["filed_on"]))
        case "DisputeSettled":
            return replace(state, phase=SETTLED, last_on=date.fromisoformat(data["settled_on"]))
        case "CourtCaseOpened":
            return replace(
                state,
                phase=IN_COURT,
                case_number=data["case_number"],
                court=data["court"],
                last_on=date.fromisoformat(data["filed_on"]),
            )
        case "CourtRuled":
            return replace(state, phase=RULED, last_on=date.fromisoformat(data["ruled_on"]))
    return replace(state, timed=evolve(state.timed, event))
