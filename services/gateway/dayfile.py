"""Reading a file of days: CSV as spreadsheets write it, with a title line; each fault names its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from contracts.commands.law import HolidayPart
from contracts.errors import Rejected

NEEDED = ("date", "kind", "day_name")
OPTIONAL = ("estimated",)
MOST = 400
_TRUTH = {"": False, "false": False, "true": True}


def days_of(text: str) -> list[dict[str, Any]]:
    """The days of a file, with commas or semicolons between. Raises Rejected, naming every line that is wrong."""
    lines = list(_lines(text))
    faults = {str(number): wrong for number, day in lines if (wrong := HolidayPart().validate(day))}
    if faults:
        raise Rejected("invalid_fields", "Some lines are missing or wrong.", {"lines": faults})
    if not lines:
        raise Rejected("invalid_fields", "The file names no day.", {"lines": {"1": ["No day."]}})
    if len(lines) > MOST:
        raise Rejected(
            "invalid_fields",
            f"A file names at most {MOST} days.",
            {"lines": {str(lines[MOST][0]): ["One too many."]}},
        )
    return [day for _, day in lines]


def _lines(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    title = text.removeprefix("\ufeff").lstrip().partition("\n")[0]
    delimiter = ";" if ";" in title else ","
    reader = csv.DictReader(
        StringIO(text.removeprefix("\ufeff")), delimiter=delimiter, skipinitialspace=True
    )
    titles = [(name or "").strip() for name in reader.fieldnames or ()]
    if not set(NEEDED) <= set(titles) <= {*NEEDED, *OPTIONAL}:
        expected = f"The first line names {', '.join(NEEDED)}, and may name {', '.join(OPTIONAL)}."
        raise Rejected("invalid_fields", expected, {"lines": {"1": [expected]}})
    reader.fieldnames = titles
    try:
        yield from ((reader.line_num, _day(row)) for row in reader)
    except csv.Error as error:
        raise Rejected(
            "invalid_fields", "This is not CSV.", {"lines": {str(reader.line_num): [str(error)]}}
        ) from None


def _day(row: dict[str | None, Any]) -> dict[str, Any]:
    """A line as one part of the order. What stands behind the last title is kept, so that it is refused."""
    day = {
        str(name): value.strip() if isinstance(value, str) else value for name, value in row.items()
    }
    if "estimated" in day:
        written = str(day["estimated"] or "").lower()
        day["estimated"] = _TRUTH.get(written, written)
    return day
