"""What a period is called, and which kind of report it has."""

from __future__ import annotations

from datetime import date

from flask_babel import format_date

MONTH = len("2026-08")
KINDS = {"monthly": MONTH, "annual": len("2026")}


def called(period: str, *, short: bool = False) -> str:
    """Agustus 2026 for a month (Agu if short), 2026 for a year."""
    if len(period) != MONTH:
        return period
    first = date.fromisoformat(f"{period}-01")
    return str(format_date(first, "MMM" if short else "MMMM y"))
