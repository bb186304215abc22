"""What escalation decides about the calendar: days declared and revoked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from services.escalation.calendar import Calendar, DayOff, declared
from services.escalation.state import Standing


def declare_holidays(
    command: Command, calendar: Standing[Calendar], _: datetime
) -> tuple[Fact, ...]:
    """Declare days; all of them or none. A day that was only estimated may be declared for certain."""
    return tuple(_declarations(command.data, calendar.now))


def _declarations(data: Mapping[str, Any], calendar: Calendar) -> Iterator[Fact]:
    days: Sequence[Mapping[str, Any]] = data["days"]
    if not days:
        raise Rejected("invalid_fields", "No day is named.", {"days": ["Name at least one day."]})
    _refuse_known(days, calendar)
    for part in days:
        off = DayOff(
            part["kind"],
            part["day_name"],
            data["decree"],
            data["source"],
            bool(part.get("estimated")),
        )
        yield declared(date.fromisoformat(part["date"]), off)


def _refuse_known(days: Sequence[Mapping[str, Any]], calendar: Calendar) -> None:
    faults: dict[str, Any] = {}
    named: set[date] = set()
    for at, part in enumerate(days):
        day = date.fromisoformat(part["date"])
        standing = calendar.day_off(day)
        confirms = standing and standing.estimated and not part.get("estimated")
        if day in named:
            faults[str(at)] = {"date": [f"{day} is named twice."]}
        elif standing and not confirms:
            faults[str(at)] = {"date": [f"{day} was declared by {standing.decree}."]}
        named.add(day)
    if faults:
        raise Rejected("day_declared_already", "A day is off already.", {"days": faults})


def revoke_holiday(command: Command, calendar: Standing[Calendar], _: datetime) -> tuple[Fact, ...]:
    """Say that the office works on a declared day after all."""
    day = date.fromisoformat(command.data["date"])
    if calendar.now.day_off(day) is None:
        raise Rejected("day_not_declared", f"{day} is no declared day.")
    return (Fact("HolidayRevoked", dict(command.data)),)
