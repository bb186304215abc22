"""What a numbered log promises: the copy of everybody's events that one service keeps, numbered and chained.

Positions count events from 1 without a gap. An event is in it once, for ever, however often it is delivered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from contracts.envelope import Event
from eventlog.chain import Line


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event and its position."""

    position: int
    event: Event


class NumberedLog(Protocol):
    """Append-only; safe with several writers, efficient with one."""

    def record(self, events: Sequence[Event]) -> int:
        """Number and chain the events that are new, in the given order; how many were new."""

    def read(self, after: int, limit: int) -> Sequence[Recorded]:
        """At most `limit` events behind a position, in order."""

    def about(self, subjects: Collection[str], until: int) -> dict[str, list[Recorded]]:
        """All events of some subjects up to a position, by subject."""

    def by_subject(self, until: int) -> Iterator[tuple[str, list[Recorded]]]:
        """Every subject with all its events up to a position, one after the other: memory stays small."""

    def missing(self, ids: Collection[str]) -> set[str]:
        """Those event ids that the log does not hold."""

    def head(self) -> int:
        """The last position, 0 for an empty log."""

    def lines(self, after: int) -> Iterator[Line]:
        """The stored lines behind a position, for verifying and exporting."""
