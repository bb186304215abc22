"""What happened as people tell it: the steps that somebody took, and with each what it made the clock do. Pure.

Nothing is left out: every event of a timeline is a step, or follows one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from contracts.envelope import Event

# What a clock does because of something else. That it ran out is told as loudly as what people do.
_CLOCK = frozenset({"DeadlineSet", "DeadlineMoved", "DeadlineApproached", "ClockStopped"})
_TONES = {"DeadlineMissed": "late", "RequestLapsed": "warn", "RedressLapsed": "warn"}


@dataclass(frozen=True, slots=True)
class Step:
    """One event, and in order what the clock did because of it."""

    event: Event
    followed: list[Event] = field(default_factory=list)

    @property
    def tone(self) -> str:
        """How loudly it is told; "" for what is as it should be."""
        return _TONES.get(self.event.name, "")

    @property
    def names(self) -> list[str]:
        """What followed, each named once."""
        return list(dict.fromkeys(event.name for event in self.followed))


def steps(events: Iterable[Event]) -> list[Step]:
    """The steps among events in causal order; the newest step first."""
    taken: list[Step] = []
    for event in events:
        if taken and _of_the_clock(event):
            _cause(event, taken).followed.append(event)
        else:
            taken.append(Step(event))
    return taken[::-1]


def _of_the_clock(event: Event) -> bool:
    by_rule = event.name == "RegimeChosen" and event.actor.startswith("system:")
    return event.name in _CLOCK or by_rule


def _cause(event: Event, taken: list[Step]) -> Step:
    """The newest step that caused it or came of the same order; the newest of all where none is known."""
    cause = event.causationid
    known = (step for step in taken[::-1] if cause in (step.event.id, step.event.causationid))
    return next(known, taken[-1]) if cause else taken[-1]
