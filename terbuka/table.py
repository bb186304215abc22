"""Plain tables for people at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

Cells = Sequence[object]


def table(titles: Sequence[str], rows: Sequence[Cells]) -> str:
    """Columns as wide as their widest cell, two spaces apart; numbers stand right."""
    lines = [tuple(titles), *(tuple(map(_text, row)) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles))]
    numeric = [
        bool(rows) and all(isinstance(row[column], int) for row in rows)
        for column in range(len(titles))
    ]
    return "\n".join(_line(line, widths, numeric) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = (
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, numeric, strict=True)
    )
    return "  ".join(padded).rstrip()


def _text(value: object) -> str:
    return "-" if value is None else str(value)
