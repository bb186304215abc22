"""Row: all views of the register built anew, against a bare cursor scan and another library's replay."""

from __future__ import annotations

import resource
from tempfile import TemporaryDirectory
from time import monotonic
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteAggregateRecorder, SQLiteApplicationRecorder, SQLiteDatastore

from contracts.envelope import Event, to_cloudevent
from deploy.local.stack import Stack
from eventlog.chain import canonical
from eventlog.mongo.client import connect, database_of
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.mongo.views import MongoViews
from eventlog.rebuild import rebuild
from services.register.project import VIEWS
from tests.performance.histories import EVENTS_PER_REQUEST, request_events
from tests.performance.table import Row

REQUESTS = 20_000
BATCH = 500
LEAST = 15_000


def rebuild_row(stack: Stack) -> Row:
    """Fill a numbered log, then read it three ways."""
    client = connect(stack.addresses.mongo, "bench")
    database = database_of(client, "register", "rebuild")
    numbered = MongoNumberedLog(database)
    numbered.prepare()
    _fill(numbered)
    views = MongoViews(client, database, VIEWS)
    views.prepare()
    total = REQUESTS * EVENTS_PER_REQUEST
    scan = total / _seconds(lambda: sum(1 for _ in database["events"].find({}, batch_size=1000)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours = total / _seconds(lambda: rebuild(numbered, views))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    replay = total / _eventsourcing()
    return Row(
        f"rebuild of all views, {total:,} events",
        f"{ours:,.0f} events/s; peak memory grew {grown:.0f} MiB",
        f"raw cursor scan {scan:,.0f}/s; eventsourcing (SQLite) replay {replay:,.0f}/s",
        ours / scan,
        f">= {LEAST:,} events/s",
        ours >= LEAST,
    )


def _fill(numbered: MongoNumberedLog) -> None:
    """Requests of a batch interleave, as they do in life."""
    for start in range(0, REQUESTS, BATCH):
        histories = [list(request_events(number)) for number in range(start, start + BATCH)]
        for step in zip(*histories, strict=True):
            numbered.record(step)


def _eventsourcing() -> float:
    """Seconds in which another event-sourcing library reads as many events of the same size from its own store."""
    with TemporaryDirectory() as folder:
        recorder = SQLiteApplicationRecorder(SQLiteDatastore(f"{folder}/events.db"))
        recorder.create_table()
        for number in range(REQUESTS):
            recorder.insert_events(_stored(list(request_events(number))))
        return _seconds(lambda: _replay(recorder))


def _stored(events: list[Event]) -> list[StoredEvent]:
    id_ = uuid4()
    return [
        StoredEvent(id_, version, event.type, canonical(to_cloudevent(event)))
        for version, event in enumerate(events, start=1)
    ]


def _replay(recorder: SQLiteAggregateRecorder) -> None:
    start = 1
    while found := recorder.select_notifications(start, 1000):
        start = found[-1].id + 1


def _seconds(work) -> float:
    began = monotonic()
    work()
    return monotonic() - began
