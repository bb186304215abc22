"""What had happened to a request or an objection when something of it was put on paper. Pure.

A paper is about one event. What it says comes from that event, from those before it, and from what the same order set
in motion (a clock), so that it says the same whenever it is printed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.envelope import Event, from_cloudevent
from contracts.local import local_day

Data = Mapping[str, Any]
_MOVES_DATES = ("DeadlineSet", "DeadlineMoved", "DeadlineExtended")


@dataclass(frozen=True, slots=True)
class Story:
    """Events in causal order, looked at from one of them."""

    events: tuple[Event, ...]
    at: int

    @property
    def event(self) -> Event:
        """What the paper is about."""
        return self.events[self.at]

    @property
    def day(self) -> date:
        """The office's day on which it was recorded."""
        return local_day(self.event.time)

    @property
    def received_on(self) -> date:
        """The office's day on which the request arrived."""
        return local_day(self.said("RequestReceived")["received_at"])

    def last(self, name: str, *, since: tuple[str, ...] = ()) -> Event | None:
        """The newest event of a name until then; None where one of `since` came after it and undid it."""
        for event in reversed(self.events[: self.at + 1]):
            if event.name == name:
                return event
            if event.name in since:
                return None
        return None

    def said(self, name: str, *, since: tuple[str, ...] = ()) -> Data:
        """What the newest event of a name says; nothing where there was none."""
        found = self.last(name, since=since)
        return found.data if found else {}

    def due(self, clock: str) -> str | None:
        """When a clock was due, as it stood then."""
        dates = [
            event.data["due_on"]
            for event in self.events[: self.at + 1]
            if event.name in _MOVES_DATES and event.data["clock"] == clock
        ]
        return dates[-1] if dates else None

    def began(self, clock: str) -> Data | None:
        """The clock that this event set, or that the same order did."""
        causes = {self.event.id, self.event.causationid}
        set_ = (
            event.data
            for event in self.events[self.at + 1 :]
            if event.name == "DeadlineSet"
            and event.data["clock"] == clock
            and event.causationid in causes
        )
        return next(set_, None)


def told(timeline: Iterable[Mapping[str, Any]]) -> tuple[Event, ...]:
    """The events of a timeline as the register gives them."""
    return tuple(from_cloudevent(event) for event in timeline)


def until(events: tuple[Event, ...], moment: str) -> Story | None:
    """What was known of something else at a time; None where nothing was."""
    known = tuple(event for event in events if event.time <= moment)
    return Story(known, len(known) - 1) if known else None
