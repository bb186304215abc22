"""Everything that clocks are counted by: the rules and the calendar, as they stand when something is decided."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.rules import Rules
from services.escalation.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Law:
    """Comes into every decision about time as an argument, so that deciding stays pure."""

    rules: Rules
    calendar: Calendar
