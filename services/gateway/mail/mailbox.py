"""`python -m services.gateway.mail.mailbox PORT`: the plain process that brings in what lies in the office's mailbox."""

from __future__ import annotations

import sys

from pymongo.database import Database

from eventlog.settings import Settings
from eventlog.store import utc_now
from services.gateway.mail import installing
from services.gateway.mail.collecting import Collector
from services.gateway.mail.incoming import Document, Incoming
from services.gateway.mail.process import Work, run
from telemetry import metrics


def collector(given: Settings, database: Database[Document]) -> Work:
    """The collector of one process. Several may run; a message becomes one letter."""
    incoming = installing.incoming_of(given, database)
    outbox = installing.outbox_of(given, database)
    one = Collector(incoming, outbox, installing.mailbox(given), utc_now)
    metrics.MAILBOX_LAST_LOOK.set_to_current_time()

    def round_() -> bool:
        new = one.round()
        metrics.MAILBOX_LAST_LOOK.set_to_current_time()
        return new > 0

    return Work(round_, lambda: measure(incoming), float(given["imap_seconds"]))


def measure(incoming: Incoming) -> None:
    """Set the gauges of what came in."""
    metrics.INCOMING_LETTERS.set(incoming.waiting())
    since = incoming.waiting_since()
    metrics.OLDEST_INCOMING.set(since.timestamp() if since else 0)


if __name__ == "__main__":
    run("mailbox", int(sys.argv[1]), collector)
