"""The office's own time: which day it is in Jakarta. Everything else about days is escalation's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

# Waktu Indonesia Barat. Jakarta has kept UTC+7 without summer time since 1964.
WIB = timezone(timedelta(hours=7), "WIB")


def local_day(moment: str | datetime) -> date:
    """The office's day of a time with an offset."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    try:
        return at.astimezone(WIB).date()
    except OverflowError:  # the first and the last hours of all years have no time elsewhere
        return at.date()
