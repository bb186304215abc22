"""Ingest: takes everybody's events from a queue, in batches, into a numbered log.

One consumer at a time is active (the queue sees to it). A batch is acknowledged when it is stored; a crash before
that brings it again, and the log ignores what it has.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

import amqp
import structlog

from contracts.envelope import Event
from contracts.topology import Subscription
from eventlog.broker import BROKEN, connect, declare
from eventlog.consume import Unhandleable, patiently, read_message
from eventlog.numbered import NumberedLog
from eventlog.pace import Pace
from eventlog.parking import Reasons, key_of
from telemetry import metrics

BATCH = 500
PREFETCH = 2 * BATCH
LINGER = 0.002  # how long a batch waits for company, seconds
HEARTBEAT = 30
RETRY_SECONDS = 0.5
log = structlog.get_logger()


@dataclass
class Ingest:
    """Fills one service's numbered log, connecting anew after every fault of the broker."""

    subscription: Subscription
    uri: str
    numbered: NumberedLog
    reasons: Reasons
    linger: float = LINGER

    def run(self, pace: Pace, running: Callable[[], bool]) -> None:
        """Consume until told to stop."""
        careful = False
        while running():
            try:
                self._consume(pace, running, careful=careful)
                careful = False
            except BROKEN as error:
                log.warning("ingest_interrupted", queue=self.subscription.queue, error=repr(error))
                pace.pause(RETRY_SECONDS)
            except UnicodeDecodeError as error:
                # A message whose properties are no text ends the library's reading before anybody sees it. Taken one
                # at a time, it burns no deliveries but its own, until the broker parks it.
                log.warning(
                    "ingest_met_unreadable", queue=self.subscription.queue, error=str(error)
                )
                careful = True

    def _consume(self, pace: Pace, running: Callable[[], bool], *, careful: bool) -> None:
        """Take batch by batch; when careful, one message at a time, for as many as may have been under way."""
        connection = connect(self.uri, heartbeat=HEARTBEAT)
        try:
            declare(connection.channel())
            intake = Intake(
                *(self.subscription.queue, connection, self.numbered, self.reasons, self.linger),
                prefetch=1 if careful else PREFETCH,
            )
            taken = 0
            while running() and not (careful and taken >= PREFETCH):
                taken += intake.step(lambda seconds: _stay(connection, pace, running, seconds))
                connection.heartbeat_tick()
        finally:
            connection.collect()


def _stay(
    connection: amqp.Connection, pace: Pace, running: Callable[[], bool], seconds: float
) -> None:
    """Wait for the database without losing the broker, which would count every message as delivered once more."""
    if not running():
        raise ConnectionAbortedError("stopping")
    pace.pause(seconds)
    with suppress(TimeoutError):
        connection.drain_events(timeout=0.01)
    connection.heartbeat_tick()


class Intake:
    """One connection's worth of consuming: collect, store, acknowledge."""

    def __init__(
        self,
        queue: str,
        connection: amqp.Connection,
        numbered: NumberedLog,
        reasons: Reasons,
        linger: float = LINGER,
        prefetch: int = PREFETCH,
    ) -> None:
        self._most = min(BATCH, prefetch)
        self._linger = linger
        self._queue = queue
        self._connection = connection
        self._numbered = numbered
        self._reasons = reasons
        self._arrived: list[amqp.Message] = []
        self._channel = connection.channel()
        self._channel.basic_qos(0, prefetch, a_global=False)
        self._channel.basic_consume(queue, callback=self._arrived.append)

    def step(self, rest: Callable[[float], object]) -> int:
        """Take one batch, or wait a second for the first message of one; how many messages it held.

        `rest` waits while the database is away.
        """
        self._collect()
        batch, self._arrived[:] = self._arrived[:BATCH], self._arrived[BATCH:]
        good = [(message, event) for message in batch if (event := self._read(message, rest))]
        stored, new = self._store(good, rest)
        if stored:
            # All before the last one stored are stored too, or rejected already.
            self._channel.basic_ack(stored[-1].delivery_tag, multiple=True)
            self._count(new, len(stored) - new)
        return len(batch)

    def _store(
        self, good: list[tuple[amqp.Message, Event]], rest: Callable[[float], object]
    ) -> tuple[list[amqp.Message], int]:
        """Record events; the messages that are stored, and how many were new.

        What no database can hold (half a character, a number beyond 64 bits) is looked for by halves and parked. Were
        it to end the process, it would come again and again, and burn the deliveries of those that came with it.
        """
        if not good:
            return [], 0
        events = [event for _, event in good]
        try:
            new = patiently(self._queue, lambda: self._numbered.record(events), rest)
        except BROKEN:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not take the good ones with it
            if len(good) > 1:
                middle = len(good) // 2
                first, second = self._store(good[:middle], rest), self._store(good[middle:], rest)
                return first[0] + second[0], first[1] + second[1]
            self._park(good[0][0], f"{type(error).__name__}: {error}"[:500], rest)
            return [], 0
        return [message for message, _ in good], new

    def _collect(self) -> None:
        deadline = monotonic() + 1
        while len(self._arrived) < self._most and (remaining := deadline - monotonic()) > 0:
            try:
                self._connection.drain_events(timeout=self._linger if self._arrived else remaining)
            except TimeoutError:
                return

    def _read(self, message: amqp.Message, rest: Callable[[float], object]) -> Event | None:
        try:
            return read_message(message.body, message.properties.get("content_type"))
        except Unhandleable as fault:
            self._park(message, str(fault), rest)
            return None

    def _park(self, message: amqp.Message, reason: str, rest: Callable[[float], object]) -> None:
        key = key_of(message.body, message.properties.get("message_id"))
        patiently(self._queue, lambda: self._reasons.note(self._queue, key, reason), rest)
        self._channel.basic_reject(message.delivery_tag, requeue=False)
        metrics.CONSUMED.labels(self._queue, "parked").inc()

    def _count(self, new: int, duplicates: int) -> None:
        metrics.CONSUMED.labels(self._queue, "ok").inc(new)
        metrics.CONSUMED.labels(self._queue, "duplicate").inc(duplicates)
