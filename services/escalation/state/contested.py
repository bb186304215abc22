"""What an objection has to know of its request: who asked, what was answered and when, by whom it was decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contracts.envelope import Event
from contracts.local import local_day
from contracts.overtaken import is_overtaken, still_ordered

WITHHELD = ("refused", "partial")


@dataclass(frozen=True, slots=True)
class Contested:
    """A request as the one who objects sees it."""

    applicant_id: str = ""
    received_at: str = ""
    regime: str = "ordinary"
    withdrawn: bool = False
    lapsed: bool = False  # never complete, so never registered
    ordered: bool = False  # to be decided anew, and not yet told
    withheld: bool = False  # something of it was refused
    answered_on: date | None = None
    due_on: date | None = None
    window_ends_on: date | None = None
    deciders: frozenset[str] = frozenset()  # accounts

    @property
    def known(self) -> bool:
        """Whether there is such a request."""
        return bool(self.received_at)

    def answered(self, on: date) -> bool:
        """Whether it had an answer by a day."""
        return self.answered_on is not None and self.answered_on <= on

    def overdue(self, on: date) -> bool:
        """Whether it waited that day for an answer that was due."""
        return not self.answered(on) and self.due_on is not None and self.due_on < on

    def late(self, on: date) -> bool:
        """Whether its answer had come by a day, and later than it was due."""
        if self.answered_on is None or self.due_on is None:
            return False
        return self.due_on < self.answered_on <= on


def evolve_contested(state: Contested, event: Event) -> Contested:
    """The request after one more event, its own or another service's."""
    if is_overtaken(event, ordered=state.ordered):
        return state
    return replace(_evolve(state, event), ordered=still_ordered(event, ordered=state.ordered))


def _evolve(state: Contested, event: Event) -> Contested:
    data = event.data
    match event.name:
        case "RequestSubmitted":
            return replace(
                state, applicant_id=data["applicant_id"], received_at=data["received_at"]
            )
        case "RequestWithdrawn":
            return replace(state, withdrawn=True)
        case "RegimeChosen":
            return replace(state, regime=data["regime"])
        case "ExemptionFlagged":
            return replace(state, withheld=data.get("basis") is not None)
        case "Decided":
            return replace(
                state,
                withheld=data["outcome"] in WITHHELD,
                deciders=state.deciders | _accounts(event),
            )
        case "ApplicantNotified":
            return _answered(replace(state, withheld=data["outcome"] in WITHHELD), event)
        case "RequestLapsed":
            return replace(state, lapsed=True)
        case "InformationDelivered" | "Closed":
            return _answered(state, event)
        case "Reopened" | "DecisionOrdered":
            return replace(state, answered_on=None, withheld=False, window_ends_on=None)
    return _timed(state, data) if event.name in _MOVES_A_DATE else state


_MOVES_A_DATE = frozenset({"DeadlineSet", "DeadlineExtended", "DeadlineMoved"})


def _timed(state: Contested, data: Any) -> Contested:
    due = date.fromisoformat(data["due_on"])
    match data["clock"]:
        case "answer":
            return replace(state, due_on=due)
        case "objection_window":
            return replace(state, window_ends_on=due)
    return state


def _answered(state: Contested, event: Event) -> Contested:
    """The first answer counts: what follows it (the hand-over, the closing) does not make it later."""
    return state if state.answered_on else replace(state, answered_on=local_day(event.time))


def _accounts(event: Event) -> frozenset[str]:
    """The accounts of those who decided; the event names them with their role."""
    named = (event.actor, event.data.get("author"), event.data.get("reviewer"))
    return frozenset(each.partition(":")[2] for each in named if each)
