"""Why a request falls due when it does: every day from receipt to the due date, counted or not, and by what.

Made from the facts that were recorded and the law as it stands, in Indonesian and in English. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from contracts.envelope import Event
from contracts.errors import Rejected
from contracts.local import local_day
from services.escalation import clock
from services.escalation.law import Law
from services.escalation.phrases import (
    Words,
    chosen,
    day_off,
    day_zero,
    extended,
    moved,
    not_yet,
    note,
    of_clock,
    ordinal,
    over,
    set_,
    stopped,
    summary,
    weekday,
)
from services.escalation.state import Clock, RequestState, evolve
from services.escalation.timekeeping import ANSWER, COMPLETION, WINDOW

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """Which working day of a clock a day is, as it is gone through from day 0."""

    day_zero: date
    due_on: date

    def number(self, day: date, before: int, *, works: bool) -> int | None:
        """The ordinal of a day; None where it does not count."""
        return before + 1 if works and self.day_zero < day <= self.due_on else None


def explain(events: Sequence[Event], law: Law) -> Shown:
    """The explanation of a request's clock from its facts in causal order. Raises Rejected where none was set."""
    state = reduce(evolve, events, RequestState())
    name = next((each for each in (ANSWER, COMPLETION) if each in state.clocks), None)
    if name is None:
        raise Rejected("not_found", "No clock was set for this request.")
    told = _since_set(events, name)
    running = state.clocks[name]
    received_on = _received_on(state, running)
    return {
        "clock": name,
        "received_on": received_on.isoformat(),
        "start_on": running.start_on.isoformat(),
        "due_on": running.due_on.isoformat(),
        "target_on": running.target_on.isoformat() if running.target_on else None,
        "working_days": running.days,
        "extension": running.extension,
        "stopped": running.stopped,
        "legal_basis": told[0].data["legal_basis"],
        "note": note(told[0].data.get("note")),
        "regime": _regime(events, running),
        "summary": summary(name, received_on, running),
        "days": list(_days(received_on, running, law)),
        "history": [_told(each) for each in _history(events, name, WINDOW)],
    }


def _received_on(state: RequestState, running: Clock) -> date:
    known = running.from_receipt and state.arrival.received_at
    return state.arrival.received_on if known else running.start_on


def _since_set(events: Sequence[Event], name: str) -> list[Event]:
    """The facts about a clock since it was last set, that one first."""
    ours = [each for each in events if each.name in _SAYS and each.data.get("clock") == name]
    last = [at for at, each in enumerate(ours) if each.name == "DeadlineSet"][-1:]
    return ours[last[0] :] if last else []


def _history(events: Sequence[Event], *names: str) -> list[Event]:
    """What happened to some clocks since each was last set, in the order in which it happened."""
    told = [each for name in names for each in _since_set(events, name)]
    return sorted(told, key=events.index)


def _regime(events: Sequence[Event], running: Clock) -> Shown:
    said = [each.data for each in events if each.name == "RegimeChosen"]
    if not said:
        return {"regime": running.regime, "reason": None, "legal_basis": None, "corrected": False}
    last = said[-1]
    return {**last, "reason": chosen(last["reason"])}


def _days(received_on: date, running: Clock, law: Law) -> Iterable[Shown]:
    legal, target = law.legal(running.start_on), law.target(received_on)
    of_law = Count(running.start_on, running.due_on)
    of_house = Count(received_on, running.target_on or received_on)
    counted = counted_by_house = 0
    for day in clock.days_between(received_on, max(running.due_on, of_house.due_on)):
        number = of_law.number(day, counted, works=legal(day))
        by_house = of_house.number(day, counted_by_house, works=target(day))
        counted, counted_by_house = number or counted, by_house or counted_by_house
        yield {
            "date": day.isoformat(),
            "weekday": weekday(clock.weekday_of(day)),
            "counted": number,
            "counted_for_target": by_house,
            **_why(day, number, by_house, running, law),
        }


def _why(day: date, number: int | None, by_house: int | None, running: Clock, law: Law) -> Shown:
    """Why a day counts or not; what was declared for it comes with its decree."""
    off = law.calendar.day_off(day)
    declared = {"decree": off.decree, "source": off.source, "kind": off.kind} if off else {}
    if day < running.start_on:
        return {"why": not_yet(), **declared}
    if day == running.start_on:
        return {"why": day_zero(), **declared}
    if number is not None:
        return {"why": ordinal(number, running.days), **declared}
    if day > running.due_on:
        return {"why": over(), **declared}
    return {"why": day_off(off, counts_for_house=by_house is not None), **declared}


def _told(event: Event) -> Shown:
    return {
        "event": event.name,
        "clock": event.data["clock"],
        "on": local_day(event.time).isoformat(),
        "by": event.actor,
        "legal_basis": event.data.get("legal_basis"),
        "text": of_clock(event.data["clock"], _SAYS[event.name](event.data)),
    }


def _approached(data: Mapping[str, Any]) -> Words:
    left = data["working_days_left"]
    return Words(f"Mendekati batas waktu: {left} hari kerja lagi.", f"Due in {left} working days.")


def _missed(data: Mapping[str, Any]) -> Words:
    return Words(f"Batas waktu {data['due_on']} terlewati.", f"{data['due_on']} has passed.")


_SAYS = {
    "DeadlineSet": set_,
    "DeadlineExtended": extended,
    "DeadlineMoved": moved,
    "DeadlineApproached": _approached,
    "DeadlineMissed": _missed,
    "ClockStopped": stopped,
}
