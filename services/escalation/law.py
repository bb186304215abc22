"""Everything that clocks are counted by: the rules and the calendar, as they stand when something is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial, reduce

from contracts.envelope import Event, causal_order
from contracts.rules import Rules
from eventlog.rulebook import Rulebook
from services.escalation.calendar import SUBJECT, Calendar, evolve_calendar, first_calendar

WorkingDay = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Law:
    """Comes into every decision about time as an argument, so that deciding stays pure."""

    rules: Rules
    calendar: Calendar

    def legal(self, on: date) -> WorkingDay:
        """The working days that a clock begun on a day is counted by."""
        return self._working(on, "legal")

    def target(self, on: date) -> WorkingDay:
        """The working days that the house's own, stricter date is counted by."""
        return self._working(on, "target")

    def _working(self, on: date, which: str) -> WorkingDay:
        counts = self.rules.get("setting", "clock.joint_leave", on).value[which] == "working_day"
        return partial(self.calendar.works, in_joint_leave=counts)


class LawBook:
    """Gives the law as it stands, from escalation's own log. Read anew at each question, folded only when it grew."""

    def __init__(self, stream: Callable[[str], Sequence[Event]]) -> None:
        self._stream = stream
        self._rulebook = Rulebook(stream)
        self._known = 0
        self._calendar = first_calendar()

    def __call__(self) -> Law:
        """The law now."""
        return Law(self._rulebook(), self._days())

    def _days(self) -> Calendar:
        events = self._stream(SUBJECT)
        if len(events) != self._known:
            self._calendar = reduce(evolve_calendar, causal_order(events), first_calendar())
            self._known = len(events)
        return self._calendar
