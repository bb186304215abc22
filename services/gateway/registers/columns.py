"""A column of a book: where it stands on the standard form, what it is called, and what a line says in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import LazyString

from contracts.local import local_day
from services.gateway import labels, languages

Line = Mapping[str, Any]
Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """`mark` is its number or letter on the standard form, "" for what the office adds; `width` is in characters."""

    mark: str
    title: LazyString
    cell: Callable[[Line], Cell]
    width: int = 14


def on_day(moment: str | None) -> date | None:
    """The office's day of a time."""
    return local_day(moment) if moment else None


def day(text: str | None) -> date | None:
    """A day that stands in a line as text."""
    return date.fromisoformat(text) if text else None


def words(values: str | Sequence[str] | None) -> str | None:
    """A word or several of a closed list, in the office's words."""
    if not values:
        return None
    return ", ".join(
        labels.word(value) for value in ([values] if isinstance(values, str) else values)
    )


def joined(*parts: Cell) -> str | None:
    """What there is of several, one after the other."""
    return ". ".join(str(part) for part in parts if part not in (None, "")) or None


def text(cell: Cell) -> str:
    """A cell as a page writes it."""
    if isinstance(cell, date):
        return languages.short_day(cell)
    return "" if cell is None else str(cell)
