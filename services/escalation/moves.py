"""What moves a date that was set: the calendar, a rule, the regime, or a notice that turns out to have been late.

Counting again says nothing where nothing differs, keeps an extension that was given, and leaves stopped clocks alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from contracts.envelope import Fact
from services.escalation import starts
from services.escalation.law import Law
from services.escalation.starts import Start
from services.escalation.state import Clock, RequestState
from services.escalation.timekeeping import (
    ANSWER,
    COMPLETION,
    WINDOW,
    counted,
    length_of,
    passed,
    stopped,
    target,
)

_BECAUSE = {
    "calendar": "Kalender hari kerja berubah.",
    "rule": "Aturan jangka waktu berubah.",
    "regime": "Rezim waktu diubah.",
    "notice": starts.NOTICE_LATE,
}


def moved(
    state: RequestState, law: Law, today: date, because: str = "", cause: str = ""
) -> tuple[Fact, ...]:
    """Every clock that falls due on another day now. Without a cause, it is read off what differs."""
    answer = tuple(_moved(ANSWER, state, law, today, because, cause))
    # A window that opened with silence goes with the date that silence was counted to: those facts moved it already.
    touched = {ANSWER, *(fact.data["clock"] for fact in answer)}
    rest = [name for name in state.clocks if name not in touched]
    return (
        *answer,
        *(fact for name in rest for fact in _moved(name, state, law, today, because, cause)),
    )


def _moved(
    name: str, state: RequestState, law: Law, today: date, because: str, cause: str
) -> Iterable[Fact]:
    running = state.running(name)
    if running is None:
        return
    now = recounted(name, running, state, law)
    if replace(now, regime=running.regime) == running:
        return
    yield _fact(name, running, now, law, because, cause or _cause(running, now))
    if now.due_on < today:
        yield from passed(name, now, today, law)
    elif name == ANSWER and running.missed:
        yield from stopped(state, WINDOW, "DeadlineMoved", today, law)


def recounted(name: str, running: Clock, state: RequestState, law: Law) -> Clock:
    """A clock as it would be set now, extension and all."""
    regime = running.regime if name == COMPLETION else state.regime or running.regime
    begin = _begin(running, state, law)
    days, extension, unit = running.days, running.extension, "working_days"
    if running.from_receipt or name != ANSWER or regime != running.regime:
        length = law.rules.days(length_of(name, regime), begin.on).value
        days, unit = length["count"], length["unit"]
    if extension and regime != running.regime:
        extension = law.rules.days(f"{regime}.extension", begin.on).value["count"]
    return replace(
        running,
        start_on=begin.on,
        days=days,
        extension=extension,
        regime=regime,
        due_on=counted(begin.on, days + extension, unit, law),
        target_on=running.target_on and target(begin.received_on, days + extension, law),
    )


def _begin(running: Clock, state: RequestState, law: Law) -> Start:
    if running.from_receipt and state.arrival.received_at:
        return starts.of_answer(state.arrival, law)
    return Start(running.start_on, running.start_on)


def _cause(running: Clock, now: Clock) -> str:
    if now.regime != running.regime:
        return "regime"
    return "calendar" if now.days == running.days else "rule"


def _fact(name: str, before: Clock, now: Clock, law: Law, because: str, cause: str) -> Fact:
    optional = {
        "target_on": now.target_on and now.target_on.isoformat(),
        "start_on": now.start_on.isoformat() if now.start_on != before.start_on else None,
        "days": now.days if now.days != before.days else None,
        "extension": now.extension if now.extension != before.extension else None,
    }
    return Fact(
        "DeadlineMoved",
        {
            "clock": name,
            "cause": cause,
            "because": because or _BECAUSE[cause],
            "due_before": before.due_on.isoformat(),
            "due_on": now.due_on.isoformat(),
            "legal_basis": law.rules.days(length_of(name, now.regime), now.start_on).legal_basis,
            **{key: value for key, value in optional.items() if value},
        },
    )
