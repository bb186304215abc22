"""Working days: the only place where the project counts them.

The day of receipt is day 0; day 1 is the next working day (the usual reading of "sejak diterimanya" in UU 14/2008
art. 22(7)). Which days are working days comes in as a function, so that counting stays pure.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

WorkingDay = Callable[[date], bool]
_DAY = timedelta(days=1)
# Between so many working days lie at most so many others, however many holidays meet.
_LONGEST_REST = timedelta(days=21)


def due_date(start: date, days: int, working: WorkingDay) -> date:
    """The last of `days` working days after a day that itself does not count."""
    day = start
    for _ in range(days):
        day = next_working_day(day, working)
    return day


def next_working_day(day: date, working: WorkingDay) -> date:
    """The first working day after a day."""
    day += _DAY
    while not working(day):
        day += _DAY
    return day


def working_days_between(start: date, end: date, working: WorkingDay) -> int:
    """How many working days lie after `start`, up to and with `end`; 0 when `end` is not later."""
    span = (end - start).days
    return sum(working(start + offset * _DAY) for offset in range(1, span + 1))


def surely_within(today: date, days: int) -> date:
    """A day before which so many working days surely lie: for looking up what is near without counting each."""
    return today + days * _DAY + _LONGEST_REST


def days_after(start: date, days: int) -> date:
    """The last of `days` days of the calendar, holidays included, after a day that itself does not count."""
    return start + days * _DAY


def hours_after(start: datetime, hours: int) -> datetime:
    """So many hours later by the clock on the wall: nights and holidays count."""
    return start + timedelta(hours=hours)
