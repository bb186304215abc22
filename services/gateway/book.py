"""A book of a year as a spreadsheet reads it, and the place in it where a page ended."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from flask import Response

from contracts.errors import Rejected
from services.gateway.shown import from_cursor

LONGEST_SERIAL = 15
Line = Mapping[str, Any]


def csv_book(columns: Sequence[str], lines_after: Callable[[int], Sequence[Line]]) -> Response:
    """All lines of a book, asked for page by page."""
    return Response("".join(_rows(columns, lines_after)), content_type="text/csv; charset=utf-8")


def _rows(columns: Sequence[str], lines_after: Callable[[int], Sequence[Line]]) -> Iterator[str]:
    after = 0
    yield _csv(columns)
    while found := lines_after(after):
        yield from (_csv([_plain(line.get(name)) for name in columns]) for line in found)
        after = found[-1]["serial"]


def _plain(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _csv(cells: Sequence[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def serial(cursor: str | None) -> int:
    """The serial in a cursor, 0 without one. Raises Rejected for a made-up one."""
    key = from_cursor(cursor) or "0"
    if not (key.isascii() and key.isdigit() and len(key) <= LONGEST_SERIAL):
        raise Rejected("cursor_invalid", "This cursor was not given by a list.")
    return int(key)
