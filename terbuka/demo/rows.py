"""The sample requests as they stand in data/requests.csv."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "requests.csv"
# Whole weeks, so that a working day stays one.
YEAR = timedelta(weeks=52)


@dataclass(frozen=True, slots=True)
class Row:
    """One sample request; `number` counts from 1 and names it for ever."""

    number: int
    channel: str
    received_at: datetime
    category: str
    name: str
    documents: tuple[str, ...]
    information: str
    purpose: str
    obtain: str
    copy_format: str | None
    delivery: str
    expected: str


def read(path: Path = SAMPLES) -> tuple[Row, ...]:
    """All rows of a file, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            _row(number, cells) for number, cells in enumerate(csv.DictReader(file), start=1)
        )


def _row(number: int, cells: Mapping[str, str]) -> Row:
    typed: dict[str, Any] = {
        "received_at": datetime.fromisoformat(cells["received_at"]),
        "documents": tuple(filter(None, cells["documents"].split(";"))),
        "copy_format": cells["copy_format"] or None,
    }
    return Row(number, **{**cells, **typed})


def before(rows: Sequence[Row], now: datetime) -> tuple[Row, ...]:
    """The rows as they are, or years earlier where the clock stands before the last: nothing arrives in the future."""
    while any(row.received_at > now for row in rows):
        rows = [replace(row, received_at=row.received_at - YEAR) for row in rows]
    return tuple(rows)
