"""`terbuka calendar`: shows a year of the working-day calendar, and where it differs from the `holidays` package."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from services.escalation.calendar import Almanac, Calendar, DayOff
from services.escalation.comparison import differences
from terbuka.answer import answer, end, for_machines
from terbuka.reach import Reach, reached
from terbuka.table import table

SERVICE = "escalation"


@click.group()
def calendar() -> None:
    """The calendar of working days."""


@calendar.command()
@click.argument("year", type=click.IntRange(2000, 2999))
@for_machines
@reached
def show(reach: Reach, year: int, *, as_json: bool) -> None:
    """Show the declared days of a year."""
    days = [
        _row(day, off) for day, off in sorted(_calendar(reach).days.items()) if day.year == year
    ]
    titles = ("date", "kind", "day_name", "estimated", "decree")
    text = table(titles, [[row[title] for title in titles] for row in days])
    answer(days, text if days else f"{year} is not declared", as_json=as_json)


@calendar.command()
@for_machines
@reached
def compare(reach: Reach, *, as_json: bool) -> None:
    """Show where calendar and package differ; ends with 1 when they do."""
    found = list(differences(_calendar(reach)))
    titles = ("date", "calendar", "package")
    text = table(titles, [[row[title] for title in titles] for row in found])
    answer(found, text if found else "calendar and package agree", as_json=as_json)
    end(fault=bool(found))


def _calendar(reach: Reach) -> Calendar:
    return Almanac(reach.store(SERVICE).log)()


def _row(day: date, off: DayOff) -> dict[str, Any]:
    return {
        "date": day.isoformat(),
        "kind": off.kind,
        "day_name": off.name,
        "estimated": "yes" if off.estimated else "",
        "decree": off.decree,
        "source": off.source,
    }
