"""Where the declared calendar and the `holidays` package differ: what was declared or revoked here, or is new in the package."""

from __future__ import annotations

from collections.abc import Iterator

from services.escalation.calendar import Calendar, DayOff, decreed_years, package_days

Difference = dict[str, str | None]


def differences(declared: Calendar) -> Iterator[Difference]:
    """Days that only one of them has, or that they call by another kind; in years that either has decreed."""
    package = {day: off for year in decreed_years() for day, off in package_days(year).items()}
    for day in sorted({*package, *declared.days}):
        ours, theirs = declared.day_off(day), package.get(day)
        if ours is None or theirs is None or _kind(ours) != _kind(theirs):
            yield {"date": day.isoformat(), "calendar": _told(ours), "package": _told(theirs)}


def _kind(off: DayOff) -> tuple[str, bool]:
    return off.kind, off.estimated


def _told(off: DayOff | None) -> str | None:
    return (
        None if off is None else f"{off.kind}{' (estimated)' if off.estimated else ''}: {off.name}"
    )
