"""A plain process that does one thing in rounds, and answers operators' questions: the postman, and the mailbox.

Servers being away only delay a round. A bug ends the process, and its supervisor starts it anew.
"""

from __future__ import annotations

import imaplib
import signal
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event as Signal

import structlog
from imap_tools import ImapToolsError
from pymongo.database import Database

from eventlog import settings
from eventlog.mongo.client import Document, connect, unavailable
from eventlog.settings import Settings
from eventlog.work import start
from services.gateway.rpc import RemoteFault, Unavailable
from telemetry import logs, plain
from telemetry.health import Health

DELAYS = (Unavailable, RemoteFault, OSError, imaplib.IMAP4.error, ImapToolsError)
Round = Callable[[], object]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Work:
    """What a process does: `round` answers whether there was something to do; if not, it pauses for some seconds."""

    round: Round
    measure: Callable[[], None]
    pause: float


def run(name: str, port: int, work: Callable[[Settings, Database[Document]], Work]) -> None:
    """Work until told to stop."""
    logs.configure(name)
    given = settings.load("gateway")
    stop = Signal()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    database = connect(given["mongo_uri"], name)[given["database"]]
    own = work(given, database)
    threads = start({name: lambda signal: rounds(own, signal)}, stop)
    checks = {
        "database": lambda: bool(database.command("ping")["ok"]),
        "jobs": lambda: all(thread.is_alive() for thread in threads),
    }
    plain.serve(given["telemetry_host"], port, Health(checks))
    stop.wait()
    for thread in threads:
        thread.join(timeout=5)


def rounds(work: Work, stop: Signal) -> None:
    """One round after the other."""
    while not stop.is_set():
        busy = tried(work.round)
        tried(work.measure)
        if not busy:
            stop.wait(work.pause)


def tried(do: Round) -> bool:
    """Whether there was something to do. What a server says is not logged: it may name people."""
    try:
        return bool(do())
    except Exception as error:
        if not (isinstance(error, DELAYS) or unavailable(error)):
            raise
        log.warning("round_delayed", error=type(error).__name__)
        return False
