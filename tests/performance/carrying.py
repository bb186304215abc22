"""Rows: the relay against raw pipelined publishing, and ingest against raw consuming."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Event as Signal
from time import monotonic

import amqp
from kombu import Connection, Consumer, Queue

from contracts.envelope import Event, to_cloudevent
from contracts.topology import SUBSCRIPTIONS, exchange_of, queue_arguments, subscription
from deploy.local.stack import Stack
from eventlog.broker import connect, declare
from eventlog.ingest import Intake
from eventlog.mongo.checkpoint import Checkpoint
from eventlog.mongo.client import connect as connect_mongo
from eventlog.mongo.client import database_of
from eventlog.mongo.lease import Lease
from eventlog.mongo.log import MongoLog
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.pace import Pace
from eventlog.parking import Reasons
from eventlog.pipeline import Pipeline, message_of
from eventlog.publish import BATCH, Relay
from eventlog.store import utc_now
from tests.performance.histories import intake_commit, request_events
from tests.performance.table import Row, middle

REQUESTS = 3000
RUNS = 3
LEAST = 0.6
QUEUE = subscription("register.log")


def relay_row(stack: Stack) -> Row:
    """Publish the same events: our relay from its log, and a bare loop from memory."""
    ours, raw = [], []
    for run in range(RUNS):
        database = database_of(
            connect_mongo(stack.addresses.mongo, "bench"), "intake", f"relay{run}"
        )
        log = MongoLog(database)
        log.prepare()
        commits = [intake_commit(number) for number in range(REQUESTS)]
        for commit in commits:
            log.append(commit)
        events = [event for commit in commits for event in commit.events(0)]
        raw.append(
            len(events) / _timed(stack, lambda channel, sent=events: _publish_raw(channel, sent))
        )
        ours.append(len(events) / _timed(stack, lambda _, at=(log, database): _relay(stack, *at)))
    return _row(
        "relay: events published from the log", ours, raw, "raw py-amqp, pipelined confirms"
    )


def _timed(stack: Stack, work: Callable[[amqp.Channel], object]) -> float:
    """Seconds that some publishing takes into the one queue that the register reads, emptied before."""
    connection = connect(stack.addresses.amqp, timeout=30)
    channel = connection.channel()
    _only_the_registers_queue(channel)
    began = monotonic()
    work(channel)
    took = monotonic() - began
    connection.close()
    return took


def _only_the_registers_queue(channel: amqp.Channel) -> None:
    for each in SUBSCRIPTIONS:
        channel.queue_delete(each.queue)
    declare(channel, (QUEUE,))


def _publish_raw(channel: amqp.Channel, events: list[Event]) -> None:
    """What the library alone can do: ready bodies, confirms in a window of 200, no checkpoint."""
    messages = [(message_of(event), exchange_of(event.service), event.name) for event in events]
    open_: set[int] = set()
    channel.confirm_select()

    def confirmed(tag: int, multiple: bool) -> None:  # noqa: FBT001
        if multiple:
            open_.difference_update({each for each in open_ if each <= tag})
        else:
            open_.discard(tag)

    channel.events["basic_ack"].add(confirmed)
    for tag, (message, exchange, key) in enumerate(messages, start=1):
        open_.add(tag)
        channel.basic_publish(message, exchange, key, mandatory=True)
        while len(open_) >= 200:
            channel.connection.drain_events(timeout=30)
    while open_:
        channel.connection.drain_events(timeout=30)


def _relay(stack: Stack, log: MongoLog, database: object) -> None:
    publisher = Pipeline(connect(stack.addresses.amqp))
    relay = Relay(
        "intake",
        log,
        Checkpoint(database, "relay"),
        Lease(database, "relay", "bench"),
        lambda: publisher,
    )
    pace = Pace(Signal())
    while done := relay.step():
        pace.worked(full=done >= BATCH)


def ingest_row(stack: Stack) -> Row:
    """Drain the same backlog: our ingest into a numbered, chained log, and a bare consumer that only acknowledges."""
    ours, raw = [], []
    events = [event for number in range(REQUESTS) for event in request_events(number)][
        : 2 * REQUESTS
    ]
    for run in range(RUNS):
        _fill(stack, events)
        raw.append(len(events) / _consume_raw(stack, len(events)))
        _fill(stack, events)
        ours.append(len(events) / _ingest(stack, len(events), f"ingest{run}"))
    return _row(
        "ingest: backlog drained into the register's log",
        ours,
        raw,
        "raw kombu, quorum queue, ack each",
    )


def _fill(stack: Stack, events: list[Event]) -> None:
    connection = connect(stack.addresses.amqp, timeout=30)
    channel = connection.channel()
    _only_the_registers_queue(channel)
    _publish_raw(channel, events)
    connection.close()


def _consume_raw(stack: Stack, total: int) -> float:
    with Connection(stack.addresses.amqp) as connection:
        queue = Queue(QUEUE.queue, queue_arguments=queue_arguments(QUEUE), no_declare=True)
        seen: list[object] = []

        def take(message: object) -> None:
            seen.append(json.loads(message.body))
            message.ack()

        consumer = Consumer(connection, [queue], on_message=take, prefetch_count=1000)
        began = monotonic()
        with consumer:
            while len(seen) < total:
                connection.drain_events(timeout=30)
        return monotonic() - began


def _ingest(stack: Stack, total: int, name: str) -> float:
    database = database_of(connect_mongo(stack.addresses.mongo, "bench"), "register", name)
    numbered = MongoNumberedLog(database)
    numbered.prepare()
    connection = connect(stack.addresses.amqp, heartbeat=30)
    intake = Intake(QUEUE.queue, connection, numbered, Reasons(database, utc_now))
    began = monotonic()
    while numbered.head() < total:
        intake.step(lambda _: None)
    took = monotonic() - began
    connection.close()
    return took


def _row(what: str, ours: list[float], raw: list[float], reference: str) -> Row:
    ratio = middle([one / other for one, other in zip(ours, raw, strict=True)])
    return Row(
        what,
        f"{middle(ours):,.0f} events/s",
        f"{reference}: {middle(raw):,.0f}/s",
        ratio,
        f">= {LEAST}x",
        ratio >= LEAST,
    )


def envelope_size() -> int:
    """Bytes of an ordinary event, for the table's caption."""
    return len(json.dumps(to_cloudevent(next(request_events(0)))))
