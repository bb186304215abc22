"""The dates that are others now: what moves when the law is counted by anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from contracts.envelope import Fact
from services.escalation import clock
from services.escalation.law import Law
from services.escalation.state import RequestState
from services.escalation.timekeeping import _KEYS


def moved(state: RequestState, law: Law, _: date, because: str = "") -> tuple[Fact, ...]:
    """Every running clock that is due on another day by the law as it stands."""
    return tuple(_moves(state, law, because))


def _moves(state: RequestState, law: Law, because: str) -> Iterable[Fact]:
    for name, running in state.clocks.items():
        if running.stopped or name not in _KEYS:
            continue
        length = law.rules.days(_KEYS[name], running.start_on)
        days = length.value["count"] + (7 if running.extended else 0)
        due = clock.due_date(running.start_on, days, law.legal(running.start_on))
        if due != running.due_on:
            yield Fact(
                "DeadlineMoved",
                {
                    "clock": name,
                    "cause": "calendar",
                    "because": because or "Hari kerja dihitung ulang",
                    "due_before": running.due_on.isoformat(),
                    "due_on": due.isoformat(),
                    "target_on": None,
                    "legal_basis": length.legal_basis,
                },
            )
