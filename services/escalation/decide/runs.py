"""The clocks of an objection: begun and ended by the rules of its regime."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.envelope import Fact
from services.escalation import clock, timekeeping
from services.escalation.law import Law
from services.escalation.state import RequestState


def begun(name: str, regime: str, start: date, today: date, law: Law) -> tuple[Fact, ...]:
    """A clock starts. When it is entered so late that its due date has passed, that is said at once."""
    key = timekeeping.length_of(name, regime)
    rule, due = law.rules.days(key, start), due_after(start, key, law)
    days, unit = rule.value["count"], rule.value["unit"]
    other = {} if unit == "working_days" else {"unit": unit}
    set_ = fact_of(name, regime, start, days, due, rule.legal_basis, **other)
    begun_ = timekeeping.begun_by(set_)
    return (set_, *timekeeping.passed(name, begun_, today, law)) if due < today else (set_,)


def fact_of(
    name: str, regime: str, start: date, days: int, due: date, legal_basis: str, **more: Any
) -> Fact:
    """The fact that a clock started."""
    data = {
        "clock": name,
        "regime": regime,
        "start_on": start.isoformat(),
        "days": days,
        "due_on": due.isoformat(),
        "legal_basis": legal_basis,
    }
    return Fact("DeadlineSet", {**data, **more})


def ended(
    timed: RequestState, names: tuple[str, ...], because: str, on: date, law: Law
) -> tuple[Fact, ...]:
    """Those of the named clocks that run end, with the working days they took."""
    return tuple(_ended(timed, name, because, on, law) for name in names if timed.running(name))


def _ended(timed: RequestState, name: str, because: str, on: date, law: Law) -> Fact:
    running = timed.clocks[name]
    used = clock.working_days_between(running.start_on, on, law.legal(running.start_on))
    return Fact(
        "ClockStopped",
        {
            "clock": name,
            "because": because,
            "stopped_on": on.isoformat(),
            "working_days_used": used,
            "due_on": running.due_on.isoformat(),
            "late": on > running.due_on,
        },
    )


def due_after(start: date, key: str, law: Law) -> date:
    """The last day of what a rule allows after a day, in the rule's own unit."""
    rule = law.rules.days(key, start).value
    return timekeeping.counted(start, rule["count"], rule["unit"], law)
