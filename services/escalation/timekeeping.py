"""The facts about clocks: set, extended, approached, missed, stopped. Pure: `now` and the law come in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from contracts.envelope import Fact
from contracts.local import local_day
from services.escalation import clock
from services.escalation.law import Law
from services.escalation.state import Clock, RequestState

_KEYS = {"answer": "ordinary.answer", "completion": "incompleteness.completion"}


def started(name: str, start: date, today: date, law: Law, basis: str = "") -> tuple[Fact, ...]:
    """A clock starts. When it is entered so late that its due date has passed, that is said at once."""
    length = law.rules.days(_KEYS[name], start)
    due = clock.due_date(start, length.value["count"], law.legal(start))
    set_ = Fact(
        "DeadlineSet",
        {
            "clock": name,
            "regime": "ordinary",
            "start_on": start.isoformat(),
            "days": length.value["count"],
            "due_on": due.isoformat(),
            "legal_basis": basis or length.legal_basis,
        },
    )
    return (set_, _missed(name, due)) if due < today else (set_,)


def settled(
    state: RequestState, name: str, start: date, today: date, law: Law, basis: str = ""
) -> tuple[Fact, ...]:
    """A clock starts, and ends at once where the answer was heard of before the question."""
    if state.answered_on is None:
        return started(name, start, today, law, basis)
    begun = started(name, start, state.answered_on, law, basis)
    ended = Clock(start, date.fromisoformat(begun[0].data["due_on"]))
    return (*begun, _stopped(name, ended, state.answered_by, state.answered_on, law))


def stopped(state: RequestState, name: str, because: str, on: date, law: Law) -> tuple[Fact, ...]:
    """A clock ends, if it runs, with the working days it took."""
    running = state.running(name)
    return (_stopped(name, running, because, on, law),) if running else ()


def _stopped(name: str, running: Clock, because: str, on: date, law: Law) -> Fact:
    return Fact(
        "ClockStopped",
        {
            "clock": name,
            "because": because,
            "stopped_on": on.isoformat(),
            "working_days_used": clock.working_days_between(
                running.start_on, on, law.legal(running.start_on)
            ),
            "due_on": running.due_on.isoformat(),
            "late": on > running.due_on,
        },
    )


def all_stopped(state: RequestState, law: Law) -> tuple[Fact, ...]:
    """Every clock that runs ends with the answer, on its day; none when it was reopened since."""
    if state.answered_on is None:
        return ()
    return tuple(
        fact
        for name in state.clocks
        for fact in stopped(state, name, state.answered_by, state.answered_on, law)
    )


def reminders(state: RequestState, now: datetime, law: Law) -> tuple[Fact, ...]:
    """What time alone makes true: a due date that is near, or has passed. Each is said once, however late."""
    return tuple(_reminders(state.clocks.items(), local_day(now), law))


def _reminders(clocks: Iterable[tuple[str, Clock]], today: date, law: Law) -> Iterable[Fact]:
    soon = law.rules.days("remind.soon", today).value["count"]
    for name, running in clocks:
        if running.stopped or running.missed:
            continue
        left = clock.working_days_between(today, running.due_on, law.legal(running.start_on))
        if today > running.due_on:
            yield _missed(name, running.due_on)
        elif left <= soon and not running.approached:
            yield Fact(
                "DeadlineApproached",
                {"clock": name, "due_on": running.due_on.isoformat(), "working_days_left": left},
            )


def _missed(name: str, due: date) -> Fact:
    return Fact("DeadlineMissed", {"clock": name, "due_on": due.isoformat()})
