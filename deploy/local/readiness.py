"""Waits until application processes are ready, and tells which one is not and what it said last."""

import http.client
from pathlib import Path

from deploy.local.ports import LOOPBACK
from deploy.local.process import Process
from deploy.local.supervisor import Supervisor
from deploy.local.waiting import TooLate, wait_until

_SECONDS_TO_ANSWER = 5
_LAST_LINES = 30
_LAST_BYTES = 16384


class NotReady(Exception):
    """A process did not get ready; the text holds its name and the end of its log."""


def wait_for(process: Process, supervisor: Supervisor, folder: Path, seconds: float) -> None:
    """Return when the process answers 200 on /readyz (or runs, when it has no port); raise NotReady after `seconds`."""
    try:
        wait_until(lambda: ready(process, supervisor), f"{process.name} is ready", seconds)
    except TooLate as late:
        log = folder / "log" / f"{process.name}.log"
        message = (
            f"{late}. It is {supervisor.state(process.name)}. The end of {log}:\n{last_lines(log)}"
        )
        raise NotReady(message) from late


def ready(process: Process, supervisor: Supervisor) -> bool:
    """Tell whether the process is ready now."""
    if process.port is None:
        return supervisor.state(process.name) == "RUNNING"
    return answers_ready(process.port)


def answers_ready(port: int) -> bool:
    """Ask /readyz once."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=_SECONDS_TO_ANSWER)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def last_lines(log: Path) -> str:
    """Answer the end of a log, without reading all of it."""
    if not log.exists():
        return "(it wrote nothing)"
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - _LAST_BYTES))
        text = file.read().decode(errors="replace")
    return "\n".join(text.splitlines()[-_LAST_LINES:])
