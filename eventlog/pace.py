"""How often an idle reader looks again: at once after work, then less and less often.

Looking every few milliseconds keeps the way of an event short; looking for ever so keeps a processor busy.
"""

from __future__ import annotations

from threading import Event as Signal

BREATH = 0.008  # seconds; lets the next batch gather company, at a cost that nobody sees
SHORTEST = 0.008
LONGEST = 0.05


class Pace:
    """Waits between looks; ends at once when `stop` is set."""

    def __init__(self, stop: Signal, breath: float = BREATH) -> None:
        self._stop = stop
        self._breath = breath
        self._longest = max(LONGEST, breath)
        self._next = SHORTEST

    def worked(self, *, full: bool) -> None:
        """There was something: look again soon, and at once when there was more than fits a batch."""
        self._next = SHORTEST
        if not full:
            self._stop.wait(self._breath)

    def rest(self) -> None:
        """There was nothing: wait a little longer than last time."""
        self._stop.wait(self._next)
        self._next = min(self._next * 1.5, self._longest)

    def pause(self, seconds: float) -> None:
        """Something is away: wait a fixed time."""
        self._stop.wait(seconds)
