"""Which days the office works: Monday to Friday, without public holidays and joint leave (cuti bersama).

The days come from the `holidays` package, years 2002 to 2027 with joint leave. Declared and revoked days as events,
each with its decree, take its place with the law's full depth.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays

SATURDAY = 5


@cache
def _days_off(year: int) -> frozenset[date]:
    categories = (holidays.PUBLIC, holidays.GOVERNMENT)
    return frozenset(holidays.country_holidays("ID", years=year, categories=categories))


def is_working_day(day: date) -> bool:
    """Whether the office works that day."""
    return day.weekday() < SATURDAY and day not in _days_off(day.year)
