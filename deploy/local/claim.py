"""Lets only one run at a time have a folder.

The lock is the kernel's: it goes with the process that holds it, however that ended, so a killed run never blocks the next one.
"""

import fcntl
import os
from pathlib import Path


class AlreadyRuns(Exception):
    """Another live run has the folder."""


class Claim:
    """The right to start and stop things in one folder."""

    def __init__(self, folder: Path) -> None:
        """Only remember; nothing is claimed yet."""
        self._path = folder / "lock"
        self._held: int | None = None

    def take(self) -> None:
        """Claim the folder; raise AlreadyRuns when somebody else has it. Taking it twice is no fault."""
        if self._held is not None:
            return
        descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise AlreadyRuns(
                f"a stack already runs in {self._path.parent}; stop that one first"
            ) from None
        self._held = descriptor

    def release(self) -> None:
        """Give the folder free again; safe to repeat."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
