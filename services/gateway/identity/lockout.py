"""How long an account waits after wrong passwords: not at all for a slip, longer each time for a guess."""

from __future__ import annotations

from datetime import timedelta

FREE = 5
FIRST = timedelta(seconds=30)
LONGEST = timedelta(minutes=15)
# After so long without a wrong one, counting begins anew.
FORGOTTEN = timedelta(hours=12)
_MOST_DOUBLINGS = 16


def wait_after(failures: int) -> timedelta:
    """The wait that follows so many wrong passwords one after the other."""
    if failures < FREE:
        return timedelta()
    times: int = 2 ** min(failures - FREE, _MOST_DOUBLINGS)
    return min(LONGEST, FIRST * times)
