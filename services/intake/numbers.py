"""The series from which register numbers are taken: a year's counter, and the serials of its paper forms. Pure."""

from __future__ import annotations


def series(year: int) -> str:
    """The gap-free series of a year, from which requests and blocks of paper forms are numbered."""
    return f"register/{year}"


def paper(year: int) -> str:
    """The serials of paper forms that came to an end, each once: it was used, or it was spoilt."""
    return f"paper/{year}"


def subject(year: int) -> str:
    """What orders and facts about the numbers of a year are about."""
    return f"numbers/{year}"
