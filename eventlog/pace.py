"""How often an idle reader looks again: at once after work, then less and less often.

Looking every few milliseconds keeps the way of an event short; looking for ever so keeps a processor busy.
"""

from __future__ import annotations

from threading import Event as Signal

SHORTEST = 0.002
LONGEST = 0.05


class Pace:
    """Waits between looks; ends at once when `stop` is set."""

    def __init__(self, stop: Signal, longest: float = LONGEST) -> None:
        self._stop = stop
        self._longest = longest
        self._next = SHORTEST

    def worked(self) -> None:
        """There was something: look again at once, and soon after."""
        self._next = SHORTEST

    def rest(self) -> None:
        """There was nothing: wait a little longer than last time."""
        self._stop.wait(self._next)
        self._next = min(self._next * 1.5, self._longest)

    def pause(self, seconds: float) -> None:
        """Something is away: wait a fixed time."""
        self._stop.wait(seconds)
