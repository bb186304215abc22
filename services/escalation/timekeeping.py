"""The facts about clocks: set, extended, approached, missed, stopped. Pure: `now` and the law come in.

A clock of the office's runs towards a legal date and a stricter target. A clock of the applicant's has no target, and
when it runs out nothing was missed: it stops. Where it was the time for a dispute or a court, that is said: what was
answered, awarded or ruled stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from contracts.envelope import Fact
from contracts.local import local_day
from services.escalation import clock
from services.escalation.law import Law
from services.escalation.regimes import ORDINARY
from services.escalation.starts import Start
from services.escalation.state import Clock, RequestState, evolve_clocks, no_clocks

ANSWER, COMPLETION, WINDOW = "answer", "completion", "objection_window"
WINDOW_OVER = "window_over"
DISPUTE, AWARD, CASSATION = "dispute_window", "award_window", "cassation_window"
REDRESS = (DISPUTE, AWARD, CASSATION)  # the times for the next step of an objection
APPLICANTS = (
    WINDOW,
    *REDRESS,
)  # what the law gives the applicant, or any party, and not the office
_KEYS = {
    COMPLETION: "incompleteness.completion",
    AWARD: "award.rejection",
    CASSATION: "cassation",
}


def length_of(name: str, regime: str) -> str:
    """The key of the rule that says how long a clock runs."""
    return _KEYS.get(name, f"{regime}.{name}")


def counted(start: date, count: int, unit: str, law: Law) -> date:
    """The last day of so many working days, days or months after a day."""
    if unit == "days":
        return clock.days_after(start, count)
    if unit == "months":
        return clock.months_after(start, count)
    return clock.due_date(start, count, law.legal(start))


def started(
    name: str, start: date | Start, today: date, law: Law, basis: str = "", regime: str = ORDINARY
) -> tuple[Fact, ...]:
    """A clock starts. When it is entered so late that its due date has passed, that is said at once."""
    set_ = _set(name, start, law, basis, regime)
    begun = begun_by(set_)
    return (set_, *passed(name, begun, today, law)) if begun.due_on < today else (set_,)


def begun_by(set_: Fact) -> Clock:
    """The clock that a DeadlineSet begins."""
    name = set_.data["clock"]
    return evolve_clocks(no_clocks(), set_)[name]


def _set(name: str, start: date | Start, law: Law, basis: str, regime: str) -> Fact:
    begin = start if isinstance(start, Start) else Start(start, start)
    length = law.rules.days(length_of(name, regime), begin.on)
    days = length.value["count"]
    due = clock.due_date(begin.on, days, law.legal(begin.on))
    set_: dict[str, Any] = {
        "clock": name,
        "regime": regime,
        "start_on": begin.on.isoformat(),
        "days": days,
        "due_on": due.isoformat(),
        "legal_basis": basis or length.legal_basis,
    }
    if name == ANSWER:
        set_ |= {"target_on": target(begin.received_on, days, law).isoformat()}
    return Fact("DeadlineSet", {**set_, "note": begin.note} if begin.note else set_)


def target(received_on: date, days: int, law: Law) -> date:
    """The stricter date: from receipt, whatever the clock starts with, and on joint leave people work."""
    return clock.due_date(received_on, days, law.target(received_on))


def passed(name: str, over: Clock, today: date, law: Law) -> tuple[Fact, ...]:
    """What is true the day after a due date. From silence the applicant may object (UU 14/2008 art. 36(1))."""
    if name in APPLICANTS:
        ended = _end(name, WINDOW_OVER, over.due_on, over.days, over.due_on)
        return (ended, *_lapsed(name, over))
    missed = Fact("DeadlineMissed", {"clock": name, "due_on": over.due_on.isoformat()})
    if name != ANSWER:
        return (missed,)
    return (missed, *started(WINDOW, over.due_on, today, law, regime=over.regime))


def _lapsed(name: str, over: Clock) -> tuple[Fact, ...]:
    if name not in REDRESS:
        return ()
    return (Fact("RedressLapsed", {"clock": name, "due_on": over.due_on.isoformat()}),)


def settled(
    state: RequestState, start: date | Start, today: date, law: Law, basis: str = ""
) -> tuple[Fact, ...]:
    """The clock of an answer starts, and ends at once where the answer was heard of before the question."""
    regime = state.regime or ORDINARY
    if state.answered_on is None:
        return started(ANSWER, start, today, law, basis, regime)
    set_ = _set(ANSWER, start, law, basis, regime)
    return set_, _stopped(ANSWER, begun_by(set_), state.answered_by, state.answered_on, law)


def extended(running: Clock, received_on: date, law: Law, said: Mapping[str, Any]) -> Fact:
    """The extension of the regime, behind the days of the answer."""
    more = law.rules.days(f"{running.regime}.extension", running.start_on)
    days, working = more.value["count"], law.legal(running.start_on)
    later: dict[str, Any] = {
        **said,
        "clock": ANSWER,
        "days": days,
        "due_before": running.due_on.isoformat(),
        "due_on": clock.due_date(running.due_on, days, working).isoformat(),
        "legal_basis": more.legal_basis,
    }
    if running.target_on:
        later["target_on"] = target(received_on, running.days + days, law).isoformat()
    return Fact("DeadlineExtended", later)


class Timed(Protocol):
    """Whatever has clocks that may run."""

    def running(self, name: str) -> Clock | None:
        """One of them, if it runs."""


def stopped(state: Timed, name: str, because: str, on: date, law: Law) -> tuple[Fact, ...]:
    """A clock ends, if it runs, with the working days it took."""
    running = state.running(name)
    return (_stopped(name, running, because, on, law),) if running else ()


def _stopped(name: str, running: Clock, because: str, on: date, law: Law) -> Fact:
    used = clock.working_days_between(running.start_on, on, law.legal(running.start_on))
    return _end(name, because, on, used, running.due_on)


def _end(name: str, because: str, on: date, used: int, due: date) -> Fact:
    return Fact(
        "ClockStopped",
        {
            "clock": name,
            "because": because,
            "stopped_on": on.isoformat(),
            "working_days_used": used,
            "due_on": due.isoformat(),
            "late": on > due,
        },
    )


def all_stopped(state: RequestState, law: Law) -> tuple[Fact, ...]:
    """Every clock that runs ends with the answer, on its day; none when it was reopened since.

    The applicant may object for a while after that, but not to what they took back.
    """
    if state.answered_on is None:
        return ()
    return tuple(
        fact
        for name in state.clocks
        if name != WINDOW or state.gave_up
        for fact in stopped(state, name, state.answered_by, state.answered_on, law)
    )


def may_object(state: RequestState, on: date, today: date, law: Law) -> tuple[Fact, ...]:
    """The applicant got something on a day: from the last such day the time for an objection runs."""
    since = state.given_on or on
    known = state.clocks.get(WINDOW)
    runs = known and (known.start_on == since or (not state.given_on and known.start_on > since))
    if state.gave_up or runs:
        return ()
    return started(WINDOW, since, today, law, regime=state.regime or ORDINARY)


def reminders(state: RequestState, now: datetime, law: Law) -> tuple[Fact, ...]:
    """What time alone makes true: a due date that is near, is today, has passed.

    Each is said once a due date, and none is forgone: after an outage those that came due meanwhile are said first.
    """
    return tuple(_reminders(state, local_day(now), law))


def _reminders(state: RequestState, today: date, law: Law) -> Iterable[Fact]:
    soon = law.rules.days("remind.soon", today).value["count"]
    for name, running in state.clocks.items():
        if running.stopped or running.missed:
            continue
        left = clock.working_days_between(today, running.due_on, law.legal(running.start_on))
        if left <= soon and not running.approached:
            yield _approached(name, running, "soon", left)
        if today >= running.due_on and not running.due_today:
            yield _approached(name, running, "today", left)
        if today > running.due_on:
            yield from passed(name, running, today, law)


def _approached(name: str, running: Clock, stage: str, left: int) -> Fact:
    said = {"clock": name, "due_on": running.due_on.isoformat(), "working_days_left": left}
    return Fact("DeadlineApproached", {**said, "stage": stage})
