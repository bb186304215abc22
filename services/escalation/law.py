"""Everything that clocks are counted by: the rules and the calendar, as they stand when something is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from contracts.rules import Rules
from eventlog.log import Log
from eventlog.rulebook import Rulebook
from services.escalation.calendar import Almanac, Calendar

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
    """Gives the law as it stands, from escalation's own log. Asked anew at each question, folded only when it grew."""

    def __init__(self, log: Log) -> None:
        self._rulebook = Rulebook(log.stream)
        self._almanac = Almanac(log)

    def __call__(self) -> Law:
        """The law now."""
        return Law(self._rulebook(), self._almanac())
