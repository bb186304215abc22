"""What escalation decides about the duties of the office: they begin, their date moves with the rule, they are done.

A duty is not counted where no rule sets it, and the working-day calendar does not move it: it runs in months.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from contracts.envelope import Fact
from services.escalation import timekeeping
from services.escalation.decide.runs import due_after, fact_of
from services.escalation.law import Law
from services.escalation.regimes import ORDINARY
from services.escalation.state import Clock, DutyState

RULE_CHANGED = "Aturan jangka waktu berubah."


def begin_duty(key: str, state: DutyState, start: date, law: Law) -> tuple[Fact, ...]:
    """Its period is over: from now on it is owed. That it is late, the agenda says when all was heard."""
    rule = law.rules.find("days", key, start)
    if rule is None or key in state.clocks:
        return ()
    count, unit = rule.value["count"], rule.value["unit"]
    due = due_after(start, key, law)
    set_ = fact_of(key, ORDINARY, start, count, due, rule.legal_basis, unit=unit)
    return (set_,)


def do_duty(key: str, state: DutyState, because: str, on: date, law: Law) -> tuple[Fact, ...]:
    """What was owed was done on a day, in time or not."""
    return timekeeping.stopped(state, key, because, on, law)


def move_duty(state: DutyState, law: Law, today: date, because: str = "") -> tuple[Fact, ...]:
    """The date of what is owed, where the rule gives another one now."""
    return tuple(
        fact
        for key in state.clocks
        if (running := state.running(key))
        for fact in _moved(key, running, law, today, because)
    )


def _moved(key: str, running: Clock, law: Law, today: date, because: str) -> Iterable[Fact]:
    rule = law.rules.days(key, running.start_on)
    due = due_after(running.start_on, key, law)
    if due == running.due_on:
        return
    moved = {
        "clock": key,
        "cause": "rule",
        "because": because or RULE_CHANGED,
        "due_before": running.due_on.isoformat(),
        "due_on": due.isoformat(),
        "days": rule.value["count"],
        "legal_basis": rule.legal_basis,
    }
    yield Fact("DeadlineMoved", moved)
    if due < today:
        yield Fact("DeadlineMissed", {"clock": key, "due_on": due.isoformat()})
