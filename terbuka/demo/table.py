"""What was played, as a table for people: one line a request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from terbuka.demo.play import Played
from terbuka.table import table

TITLES = ("number", "channel", "path taken", "events", "state")


def summary(played: Sequence[Played]) -> str:
    """The table, and a line with the sums."""
    return f"{table(TITLES, [tuple(_cells(each)) for each in played])}\n{_sums(played)}"


def _cells(each: Played) -> Iterator[str | int]:
    yield each.number or "(none yet)"
    yield each.channel
    yield " > ".join(each.path) + "".join(f" ! {warning}" for warning in each.warnings)
    yield each.events
    yield each.state


def _sums(played: Sequence[Played]) -> str:
    states = sorted({each.state for each in played})
    counts = [f"{sum(each.state == state for each in played)} {state}" for state in states]
    events = sum(each.events for each in played)
    return f"{len(played)} requests, {events} events: {', '.join(counts)}"
