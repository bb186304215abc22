"""`python -m tests.performance`: measures every row, prints the table, and writes docs/performance.md."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.performance import accepted_visible, carrying, opening, rebuilding, recounting
from tests.performance.servers import servers
from tests.performance.table import Row, machine, markdown

REPORT = Path(__file__).resolve().parents[2] / "docs" / "performance.md"


def rows() -> Iterator[Row]:
    """Every row, each on fresh servers."""
    yield from accepted_visible.rows()
    for measure in (
        carrying.relay_row,
        carrying.ingest_row,
        rebuilding.rebuild_row,
        recounting.recount_row,
    ):
        yield on_servers(measure)
    yield opening.opening_row()


def on_servers(measure: Callable[..., Row]) -> Row:
    """Measure with a broker and a database and nothing else."""
    with servers() as stack:
        return measure(stack)


def report(measured: list[Row]) -> str:
    """The whole document."""
    notes = [note for row in measured for note in row.notes]
    return "\n".join(
        [
            "# Performance",
            "",
            "Written by `make bench`; do not edit. Each row was measured beside its reference in the same run, with the",
            "same durability: majority and journal, persistent messages, confirms, quorum queues, manual acknowledgement.",
            "",
            f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine()}.",
            f"An ordinary event is {carrying.envelope_size():,} bytes.",
            "",
            markdown(measured),
            "",
            *(["## Where the time goes", "", *notes, ""] if notes else []),
        ]
    )


def main() -> int:
    """Measure, print, write."""
    measured = []
    for row in rows():
        measured.append(row)
        print(  # noqa: T201
            f"{row.what}: {row.ours} | {row.reference} | {row.ratio}", file=sys.stderr, flush=True
        )
    text = report(measured)
    REPORT.write_text(text, encoding="utf-8")
    print(text)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
