"""What a log promises, whoever keeps it.

A commit holds 1..n events of one stream and is written whole or not at all. Positions count commits from 1 without a
gap, in the order in which commits became durable: who has read position n has read all before it. A stream's versions
count its events from 1. Nothing in a log is ever changed or removed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from contracts.envelope import Event


class Conflict(Exception):
    """The stream has moved on since it was read. Load it again and decide again."""


class Taken(Exception):
    """Another commit has claimed the number. It will never be free again."""


@dataclass(frozen=True, slots=True)
class Commit:
    """What is to be written.

    `expected` is the stream's version as it was read: 0, or one at which a commit ended. `series` names a sequence (the
    register of a year) of which this commit takes the next `count` numbers; the first of them is given to `events`, and
    is 0 without a series. Numbers of a series are as gap-free as positions, because both are taken in the one write
    that uses them. With `claim` the commit takes that very number instead, which may leave gaps but never happens
    twice: a series is either counted or claimed, never both.
    """

    stream: str
    expected: int
    command_id: str
    fingerprint: str
    events: Callable[[int], tuple[Event, ...]]
    series: str = ""
    count: int = 1
    claim: int = 0


@dataclass(frozen=True, slots=True)
class Appended:
    """What was written. `repeated` says that an earlier commit of the same command id is the answer."""

    position: int
    stream: str
    version: int
    events: tuple[Event, ...]
    fingerprint: str
    repeated: bool = False

    def again(self) -> Appended:
        """The same result, for the one who ordered it twice."""
        return replace(self, repeated=True)


class Log(Protocol):
    """One service's own events."""

    def append(self, commit: Commit) -> Appended:
        """Write a commit, or return the first result of its command id.

        Raises Conflict when the stream is not at `expected`, Taken when its claim is another's. After an error of
        the connection the outcome is unknown; ordering the same commit again is always safe.
        """

    def append_all(self, commits: Sequence[Commit]) -> list[Appended | Exception]:
        """Write commits of different streams with few writes; the result or the refusal of each, in their order.

        Each is written whole or not at all, by itself: one that is refused does not disturb the others.
        """

    def stream(self, name: str) -> tuple[Event, ...]:
        """A stream's events by version; empty for one that does not exist."""

    def streams(self, names: Sequence[str]) -> dict[str, tuple[Event, ...]]:
        """Many streams, read together."""

    def version(self, name: str) -> int:
        """How many events a stream holds, without reading them."""

    def find(self, command_id: str) -> Appended | None:
        """The first result of a command, if there is one."""

    def holder(self, series: str, number: int) -> Appended | None:
        """The commit that took a number of a series, if one did."""

    def read(self, after: int, limit: int) -> Sequence[Appended]:
        """At most `limit` commits behind position `after`, in order, all of them durable."""

    def head(self) -> int:
        """The last position, 0 for an empty log."""


class Inbox(Protocol):
    """What a service has learnt from the others, each event once, for ever."""

    def receive(self, event: Event) -> bool:
        """Keep an event; False when it was here already."""

    def about(self, subject: str) -> tuple[Event, ...]:
        """All that is known of a subject, in no particular order."""

    def about_all(self, subjects: Sequence[str]) -> dict[str, tuple[Event, ...]]:
        """All that is known of each of many subjects, read together."""
