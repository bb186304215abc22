"""What was played, as a table for people: one line a request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from terbuka.demo.law import ELECTION
from terbuka.demo.play import Played
from terbuka.table import table

TITLES = ("number", "channel", "path taken", "events", "state")


def summary(played: Sequence[Played]) -> str:
    """The table, and a line with the sums."""
    return f"{table(TITLES, [tuple(_cells(each)) for each in played])}\n{_sums(played)}"


def _cells(each: Played) -> Iterator[str | int]:
    yield each.number or "(none yet)"
    yield each.channel
    yield " > ".join(each.path) + "".join(f" ! {mark}" for mark in _marks(each))
    yield each.events
    yield each.state


def _marks(each: Played) -> Iterator[str]:
    """What else people should see of a request."""
    yield from each.warnings
    if each.regime == ELECTION:
        yield "election regime"
    if each.due_moved_to:
        yield f"due date moved to {each.due_moved_to}"


def _sums(played: Sequence[Played]) -> str:
    states = sorted({each.state for each in played})
    counts = [f"{sum(each.state == state for each in played)} {state}" for state in states]
    events = sum(each.events for each in played)
    return f"{len(played)} requests, {events} events: {', '.join(counts)}"
