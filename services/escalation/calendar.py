"""Which days the office works, and why it does not on the others: folded from days declared and revoked by decree.

The first days come from the `holidays` package (public holidays and joint leave of Indonesia, years 2002 to 2027).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import version
from types import MappingProxyType

import holidays

from contracts.envelope import Event

SUBJECT = "calendar/office"
SATURDAY = 5
JOINT_LEAVE = "joint_leave"
YEARS = range(2002, 2028)
ESTIMATED = "(perkiraan)"


@dataclass(frozen=True, slots=True)
class DayOff:
    """A declared day, and the decree that says so."""

    kind: str
    name: str
    decree: str
    source: str
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every declared day that stands."""

    days: Mapping[date, DayOff] = field(default_factory=lambda: MappingProxyType({}))

    def day_off(self, day: date) -> DayOff | None:
        """What was declared for a day; None also for an ordinary weekend."""
        return self.days.get(day)

    def works(self, day: date, *, in_joint_leave: bool = False) -> bool:
        """Whether the office works that day; joint leave counts as work where a setting says so."""
        if day.weekday() >= SATURDAY:
            return False
        off = self.days.get(day)
        return off is None or (in_joint_leave and off.kind == JOINT_LEAVE)


def evolve_calendar(calendar: Calendar, event: Event) -> Calendar:
    """The calendar after one more event."""
    data = event.data
    match event.name:
        case "HolidayDeclared":
            day = date.fromisoformat(data["date"])
            off = DayOff(
                data["kind"], data["day_name"], data["decree"], data["source"], data["estimated"]
            )
            return Calendar(MappingProxyType({**calendar.days, day: off}))
        case "HolidayRevoked":
            revoked = date.fromisoformat(data["date"])
            left = {day: off for day, off in calendar.days.items() if day != revoked}
            return Calendar(MappingProxyType(left))
    return calendar


@cache
def first_calendar() -> Calendar:
    """The days off before anybody declared one, as the `holidays` package has them."""
    source = f"holidays {version('holidays')}"
    days: dict[date, DayOff] = {}
    for category, kind in ((holidays.GOVERNMENT, JOINT_LEAVE), (holidays.PUBLIC, "public")):
        found = holidays.country_holidays("ID", years=YEARS, categories=category, language="id")
        for day, name in found.items():
            decree = f"SKB hari libur nasional dan cuti bersama {day.year}, via {source}"
            days[day] = DayOff(kind, name, decree, source, ESTIMATED in name)
    return Calendar(MappingProxyType(days))
