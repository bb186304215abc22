"""Waits for conditions, never for time alone, and says what was waited for when it did not come."""

import time
from collections.abc import Callable

_PAUSE = 0.05


class TooLate(Exception):
    """What was waited for did not come within its time."""


def wait_until(condition: Callable[[], object], what: str, seconds: float) -> None:
    """Return as soon as the condition holds; raise TooLate after `seconds`. The condition is always tried once."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            message = f"{what}: not within {seconds:.0f} s"
            raise TooLate(message)
        time.sleep(_PAUSE)
