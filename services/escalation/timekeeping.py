"""The facts about clocks: set, extended, approached, missed, stopped. Pure: `now` and the calendar come in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from contracts.envelope import Fact
from contracts.local import local_day
from services.escalation import clock
from services.escalation.clock import WorkingDay
from services.escalation.state import Clock, RequestState

_DAYS = {"answer": clock.ANSWER_DAYS, "completion": clock.COMPLETION_DAYS}
_BASIS = {"answer": clock.ANSWER_BASIS, "completion": clock.COMPLETION_BASIS}


def started(
    name: str, start: date, today: date, working: WorkingDay, basis: str = ""
) -> tuple[Fact, ...]:
    """A clock starts. When it is entered so late that its due date has passed, that is said at once."""
    due = clock.due_date(start, _DAYS[name], working)
    set_ = Fact(
        "DeadlineSet",
        {
            "clock": name,
            "regime": "ordinary",
            "start_on": start.isoformat(),
            "days": _DAYS[name],
            "due_on": due.isoformat(),
            "legal_basis": basis or _BASIS[name],
        },
    )
    return (set_, _missed(name, due)) if due < today else (set_,)


def settled(
    state: RequestState, name: str, start: date, today: date, working: WorkingDay, basis: str = ""
) -> tuple[Fact, ...]:
    """A clock starts, and ends at once where the answer was heard of before the question."""
    if state.answered_on is None:
        return started(name, start, today, working, basis)
    begun = started(name, start, state.answered_on, working, basis)
    ended = Clock(start, date.fromisoformat(begun[0].data["due_on"]))
    return (*begun, _stopped(name, ended, state.answered_by, state.answered_on, working))


def stopped(
    state: RequestState, name: str, because: str, on: date, working: WorkingDay
) -> tuple[Fact, ...]:
    """A clock ends, if it runs, with the working days it took."""
    running = state.running(name)
    return (_stopped(name, running, because, on, working),) if running else ()


def _stopped(name: str, running: Clock, because: str, on: date, working: WorkingDay) -> Fact:
    return Fact(
        "ClockStopped",
        {
            "clock": name,
            "because": because,
            "stopped_on": on.isoformat(),
            "working_days_used": clock.working_days_between(running.start_on, on, working),
            "due_on": running.due_on.isoformat(),
            "late": on > running.due_on,
        },
    )


def all_stopped(state: RequestState, working: WorkingDay) -> tuple[Fact, ...]:
    """Every clock that runs ends with the answer, on its day; none when it was reopened since."""
    if state.answered_on is None:
        return ()
    return tuple(
        fact
        for name in state.clocks
        for fact in stopped(state, name, state.answered_by, state.answered_on, working)
    )


def reminders(state: RequestState, now: datetime, working: WorkingDay) -> tuple[Fact, ...]:
    """What time alone makes true: a due date that is near, or has passed. Each is said once, however late."""
    return tuple(_reminders(state.clocks.items(), local_day(now), working))


def _reminders(
    clocks: Iterable[tuple[str, Clock]], today: date, working: WorkingDay
) -> Iterable[Fact]:
    for name, running in clocks:
        if running.stopped or running.missed:
            continue
        left = clock.working_days_between(today, running.due_on, working)
        if today > running.due_on:
            yield _missed(name, running.due_on)
        elif left <= clock.APPROACHING_DAYS and not running.approached:
            yield Fact(
                "DeadlineApproached",
                {"clock": name, "due_on": running.due_on.isoformat(), "working_days_left": left},
            )


def _missed(name: str, due: date) -> Fact:
    return Fact("DeadlineMissed", {"clock": name, "due_on": due.isoformat()})
