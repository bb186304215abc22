"""Finds and ends what is left of a stack by the mark its processes carry, and nothing else.

Each process of a stack has the stack's folder in its environment (MARK). A pid in a file may by now belong to somebody else;
the mark may not, so this is safe after a power cut, a kill -9 and a pid that came round again.
"""

import os
import signal
from contextlib import suppress
from pathlib import Path

from deploy.local.waiting import TooLate, wait_until

MARK = "TERBUKA_STACK_FOLDER"
_SECONDS_TO_STOP = 20
_SECONDS_TO_DIE = 5


def mark(folder: Path) -> dict[str, str]:
    """Answer the environment entry that makes a process one of this folder's stack."""
    return {MARK: str(folder)}


def find(folder: Path) -> list[int]:
    """Answer the pids of this folder's stack, this process excepted."""
    entry = f"{MARK}={folder}".encode()
    found = (
        int(process.name)
        for process in Path("/proc").glob("[0-9]*")
        if entry in _environment(process)
    )
    return sorted(pid for pid in found if pid != os.getpid())


def end(folder: Path, supervisor: int | None = None) -> list[int]:
    """End them: the supervisor first, because it would start the others again and because it stops them in order."""
    found = find(folder)
    if supervisor in found:
        _stop([supervisor], folder)
    _stop(find(folder), folder)
    return found


def kill(folder: Path) -> None:
    """End them at once, without a chance to finish: for a stack whose data nobody wants any more."""

    def dead() -> bool:
        _signal(find(folder), signal.SIGKILL)  # again, if somebody was started meanwhile
        return not find(folder)

    wait_until(dead, "killed processes end", _SECONDS_TO_DIE)


def _stop(pids: list[int], folder: Path) -> None:
    _signal(pids, signal.SIGTERM)
    with suppress(TooLate):
        wait_until(lambda: _gone(pids, folder), "leftover processes end", _SECONDS_TO_STOP)
        return
    _signal(pids, signal.SIGKILL)
    wait_until(lambda: _gone(pids, folder), "killed processes end", _SECONDS_TO_DIE)


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _gone(pids: list[int], folder: Path) -> bool:
    return not set(pids) & set(find(folder))


def _environment(process: Path) -> list[bytes]:
    try:
        return (process / "environ").read_bytes().split(b"\0")
    except OSError:  # it ended meanwhile, or belongs to another user
        return []
