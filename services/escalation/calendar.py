"""Which days the office works, and why it does not on the others: folded from days declared and revoked by decree.

The first days come from the `holidays` package (public holidays and joint leave of Indonesia, years 2002 to 2027).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, reduce
from importlib.metadata import version
from itertools import count
from types import MappingProxyType

import holidays

from contracts.envelope import Event, Fact
from eventlog.log import Log

SUBJECT = "calendar/office"
_DAY = timedelta(days=1)
SATURDAY = 5
JOINT_LEAVE = "joint_leave"
FIRST_YEAR = 2002  # joint leave began
PACKAGE = f"holidays {version('holidays')} (PyPI)"
# The days fixed by the three ministers; other years are named by what they are.
DECREES = {2026: "SKB Tiga Menteri 1497/2025, 2/2025, 5/2025"}
_ESTIMATED = " (perkiraan)"


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


def evolve_calendar(calendar: Calendar, event: Event | Fact) -> Calendar:
    """The calendar after one more event, or after a fact that is only thought of."""
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


class Almanac:
    """Gives the calendar as it stands: the first one until the log's stream begins, which it does with the same days.

    Asked anew at each question, folded anew only when a day was declared or revoked.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known = 0
        self._calendar = first_calendar()

    def __call__(self) -> Calendar:
        """The calendar now."""
        if self._log.version(SUBJECT) != self._known:
            events = self._log.stream(SUBJECT)
            self._calendar = reduce(evolve_calendar, events, Calendar())
            self._known = len(events)
        return self._calendar


def decreed_years() -> Iterator[int]:
    """The years whose joint leave the package knows: a year is decreed when somebody has said what its joint leave is."""
    for year in count(FIRST_YEAR):
        if not holidays.country_holidays("ID", years=year, categories=(holidays.GOVERNMENT,)):
            return
        yield year


@cache
def package_days(year: int) -> Mapping[date, DayOff]:
    """The days off of a year as the package has them; a public holiday wins over joint leave on the same day."""
    found: dict[date, DayOff] = {}
    for category in (holidays.GOVERNMENT, holidays.PUBLIC):
        days = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
        found |= {day: _day_off(name, category, year) for day, name in days.items()}
    return MappingProxyType(dict(sorted(found.items())))


def _day_off(name: str, category: str, year: int) -> DayOff:
    kind = JOINT_LEAVE if category == holidays.GOVERNMENT else "public"
    if name.startswith("Hari Pemilihan"):
        kind = "election_day"
    decree = DECREES.get(year, f"SKB Tiga Menteri, hari libur nasional dan cuti bersama {year}")
    return DayOff(kind, name.replace(_ESTIMATED, ""), decree, PACKAGE, _ESTIMATED in name)


@cache
def first_calendar() -> Calendar:
    """The calendar before anybody changed it: every decreed year of the package."""
    return Calendar(
        {day: off for year in decreed_years() for day, off in package_days(year).items()}
    )


def decreed_until(calendar: Calendar, today: date) -> date:
    """The last day of the last year, from this one on without a gap, whose joint leave is declared; else yesterday."""
    decreed = {day.year for day, off in calendar.days.items() if off.kind == JOINT_LEAVE}
    year = today.year
    while year in decreed:
        year += 1
    return date(year, 1, 1) - _DAY if year > today.year else today - _DAY


def seeding(year: int, calendar: Calendar) -> tuple[Fact, ...]:
    """The declarations with which a decreed year enters the calendar; what stands there already stays."""
    return tuple(
        declared(day, off) for day, off in package_days(year).items() if day not in calendar.days
    )


def declared(day: date, off: DayOff) -> Fact:
    """The fact that a day is off."""
    return Fact(
        "HolidayDeclared",
        {
            "date": day.isoformat(),
            "kind": off.kind,
            "day_name": off.name,
            "decree": off.decree,
            "source": off.source,
            "estimated": off.estimated,
        },
    )
