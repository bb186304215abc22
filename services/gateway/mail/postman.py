"""`python -m services.gateway.mail.postman PORT`: the plain process that takes letters to the office's mail server."""

from __future__ import annotations

import sys
from functools import partial

from pymongo.database import Database

from eventlog.settings import Settings
from eventlog.store import utc_now
from services.gateway.app import build
from services.gateway.mail.content import written
from services.gateway.mail.installing import outbox_of, route
from services.gateway.mail.outbox import Document, Outbox
from services.gateway.mail.process import Work, run
from services.gateway.mail.recording import record
from services.gateway.mail.rounds import Postman
from services.gateway.rpc import Services
from telemetry import metrics

LINES = 2
PAUSE_SECONDS = 2.0


def postman(given: Settings, database: Database[Document]) -> Work:
    """The postman of one process. Any number may run: a letter is with one of them at a time."""
    outbox = outbox_of(given, database)
    lines = Services(given["amqp_uri"], LINES, float(given["rpc_seconds"]))
    app = build(given, lines, database)
    one = Postman(outbox, route(given), written, partial(record, lines), utc_now)

    def round_() -> bool:
        with app.app_context():  # papers are drawn as on the pages
            return one.round()

    return Work(round_, lambda: measure(outbox), PAUSE_SECONDS)


def measure(outbox: Outbox) -> None:
    """Set the gauges of the outbox."""
    for state, count in outbox.counts().items():
        metrics.LETTERS.labels(state).set(count)
    since = outbox.waiting_since()
    metrics.OLDEST_LETTER.set(since.timestamp() if since else 0)


if __name__ == "__main__":
    run("postman", int(sys.argv[1]), postman)
