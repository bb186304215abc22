"""Whether two requests read alike: a warning at the counter, never a reason to refuse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from difflib import SequenceMatcher

ALIKE = 0.8
MOST = 20  # as many as an event names
COMPARED = 2000  # characters; the rest of a long text changes nothing in practice and costs much


def similar(information: str, earlier: Mapping[str, str]) -> tuple[str, ...]:
    """Those earlier requests (id to text, in order) that read like this one; the newest where there are many."""
    found = tuple(request for request, text in earlier.items() if alike(information, text))
    return found[-MOST:]


def near(one: date, other: date, days: int) -> bool:
    """Whether two days of receipt are at most so many calendar days apart."""
    return abs(one - other) <= timedelta(days=days)


def alike(one: str, other: str) -> bool:
    """Whether two texts are nearly the same, apart from case and spaces."""
    left, right = _plain(one), _plain(other)
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= ALIKE


def _plain(text: str) -> str:
    return " ".join(_words(text.casefold()))[:COMPARED]


def _words(text: str) -> Iterable[str]:
    return text.split()
