"""Time that the law gives: working days above all, and plain days, months, hours and minutes. Nothing else counts it.

The day of receipt is day 0; day 1 is the next working day (the usual reading of "sejak diterimanya" in UU 14/2008
art. 22(7)). Which days are working days comes in as a function, so that counting stays pure.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
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


def weekday_of(day: date) -> int:
    """Which day of the week it is, Monday being 0."""
    return day.weekday()


def days_between(start: date, end: date) -> tuple[date, ...]:
    """Every day from one to another, both with them."""
    return tuple(start + offset * _DAY for offset in range((end - start).days + 1))


def days_after(day: date, days: int) -> date:
    """So many days of the calendar later: how long a cassation may be filed (UU 14/2008 art. 50)."""
    return day + days * _DAY


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month.

    From the last of a month it is the last of a month: three months after 31 December is 31 March.
    """
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    last = monthrange(year, month)[1]
    was_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if was_last else min(day.day, last))


def month_ends(first: date, before: date) -> Iterator[date]:
    """The last day of each month, from the month of a day on, that lies before another day."""
    end = first.replace(day=monthrange(first.year, first.month)[1])
    while end < before:
        yield end
        end = months_after(end, 1)


def hours_after(moment: datetime, hours: int) -> datetime:
    """So many hours of the clock later, whether the office works or not: 3 x 24 for personal data."""
    return moment + timedelta(hours=hours)


def minutes_after(moment: datetime, minutes: int) -> datetime:
    """So many minutes later: how long a step at the desk may take."""
    return moment + timedelta(minutes=minutes)
