"""A year as twelve small months, drawn from the days that escalation tells. Counts nothing."""

from __future__ import annotations

from calendar import MONDAY, Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

SATURDAY_COLUMN = 5
_CALENDAR = Calendar(firstweekday=MONDAY)


@dataclass(frozen=True, slots=True)
class Square:
    """One day of a month, None for the empty places before the first and behind the last."""

    number: int | None
    date: str = ""
    kind: str = ""
    name: str = ""

    @property
    def works(self) -> bool:
        """Whether the office works."""
        return self.number is not None and not self.kind


@dataclass(frozen=True, slots=True)
class Month:
    """A month by weeks that begin on Monday."""

    first: date
    weeks: Sequence[Sequence[Square]]
    off: int


def year_of(year: int, days: Sequence[Mapping[str, Any]]) -> tuple[Month, ...]:
    """The twelve months of a year, with the declared days in them."""
    declared = {day["date"]: day for day in days}
    return tuple(_month(year, month, declared) for month in range(1, 13))


def _month(year: int, month: int, declared: Mapping[str, Mapping[str, Any]]) -> Month:
    weeks = tuple(
        tuple(_square(year, month, number, column, declared) for column, number in enumerate(week))
        for week in _CALENDAR.monthdayscalendar(year, month)
    )
    off = sum(1 for week in weeks for square in week if square.kind not in ("", "weekend"))
    return Month(date(year, month, 1), weeks, off)


def _square(
    year: int, month: int, number: int, column: int, declared: Mapping[str, Mapping[str, Any]]
) -> Square:
    if not number:
        return Square(None)
    day = date(year, month, number).isoformat()
    known = declared.get(day)
    if known:
        return Square(number, day, known["kind"], known["day_name"])
    return Square(number, day, "weekend" if column >= SATURDAY_COLUMN else "")
