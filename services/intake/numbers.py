"""The series from which register numbers are taken: a year's counter, and the serials on its paper forms. Pure."""

from __future__ import annotations


def series(year: int) -> str:
    """The gap-free series of a year."""
    return f"register/{year}"
