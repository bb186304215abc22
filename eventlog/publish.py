"""The relay: tails one service's log by position and publishes every event, each at least once, in order.

The checkpoint moves only over what the broker has confirmed, so a crash at any moment repeats events and loses none.
One relay per log is active (a lease); two for a moment would only repeat. A blocked broker costs at most the
pipeline's patience, then the relay connects anew and goes on from the checkpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import time
from typing import Protocol

import structlog

from contracts.envelope import Event
from eventlog.broker import BROKEN
from eventlog.log import Appended, Log
from eventlog.mongo.checkpoint import Checkpoint, Fenced
from eventlog.mongo.client import unavailable
from eventlog.mongo.lease import Lease
from eventlog.pace import Pace
from eventlog.pipeline import NotPublished
from telemetry import metrics

JOB = "relay"
BATCH = 500
RETRY_SECONDS = 0.5
log = structlog.get_logger()


class Publisher(Protocol):
    """Where events go."""

    def publish(self, events: Iterable[Event]) -> None:
        """Publish all and wait for every confirm."""

    def close(self) -> None:
        """Let the connection go, at once."""


@dataclass
class Relay:
    """Moves one log's events to the broker. `connect` gives a fresh publisher and is called after every fault."""

    service: str
    source: Log
    checkpoint: Checkpoint
    lease: Lease
    connect: Callable[[], Publisher]
    publisher: Publisher | None = None
    token: int = 0
    position: int = 0

    def run(self, pace: Pace, running: Callable[[], bool]) -> None:
        """Relay until told to stop. Only bugs end it; the database or the broker being away do not."""
        while running():
            try:
                if done := self.step():
                    pace.worked(full=done >= BATCH)
                else:
                    pace.rest()
            except Exception as error:
                if not _passing(error):
                    raise
                self._forget(error)
                pace.pause(RETRY_SECONDS)
        self._leave()

    def _leave(self) -> None:
        """Give the lease to whoever waits; without a database it lapses by itself."""
        self._disconnect()
        try:
            self.lease.release()
        except Exception as error:
            if not unavailable(error):
                raise

    def step(self) -> int:
        """Publish one batch; how many events it held. 0 also when another relay holds the lease."""
        token = self.lease.hold()
        metrics.RELAY_ACTIVE.labels(self.service).set(bool(token))
        if not token:
            return 0
        if token != self.token:
            self.token, self.position = token, self.checkpoint.position()
        commits = self.source.read(self.position, BATCH)
        self._report(commits)
        if not commits:
            return 0
        return self._publish(commits, token)

    def _publish(self, commits: Sequence[Appended], token: int) -> int:
        if self.publisher is None:
            self.publisher = self.connect()
        events = [event for commit in commits for event in commit.events]
        self.publisher.publish(events)
        self.checkpoint.advance(commits[-1].position, token)
        self.position = commits[-1].position
        metrics.RELAY_POSITION.labels(self.service).set(self.position)
        metrics.EVENTS_PUBLISHED.labels(self.service).inc(len(events))
        return len(events)

    def _report(self, commits: Sequence[Appended]) -> None:
        metrics.LOG_HEAD.labels(self.service).set(self._head(commits))
        metrics.RELAY_POSITION.labels(self.service).set(self.position)
        metrics.RELAY_LAST_LOOK.labels(self.service).set(time())
        oldest = metrics.epoch(commits[0].events[0].time) if commits else 0
        metrics.OLDEST_UNPUBLISHED.labels(self.service).set(oldest)

    def _head(self, commits: Sequence[Appended]) -> int:
        """The last commit there is; asked for only when more may lie behind the batch."""
        if len(commits) < BATCH:
            return commits[-1].position if commits else self.position
        return self.source.head()

    def _forget(self, error: Exception) -> None:
        log.warning("relay_interrupted", service=self.service, error=repr(error))
        metrics.RELAY_INTERRUPTIONS.labels(self.service).inc()
        self._disconnect()
        self.token = 0

    def _disconnect(self) -> None:
        if self.publisher is not None:
            self.publisher.close()
        self.publisher = None


def _passing(error: Exception) -> bool:
    return isinstance(error, (*BROKEN, NotPublished, Fenced)) or unavailable(error)
