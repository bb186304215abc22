"""Publishing with pipelined confirms: many messages under way, each answered for.

A message counts as published when the broker has confirmed it and has not returned it as unroutable.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

import amqp

from contracts.envelope import Event, to_cloudevent
from contracts.topology import exchange_of

WINDOW = 200


class NotPublished(Exception):
    """The broker refused, returned or did not confirm in time. Publish again from the last checkpoint."""


class Pipeline:
    """Publishes batches over one channel. Not for several threads. After NotPublished the channel is of no more use."""

    def __init__(
        self, connection: amqp.Connection, window: int = WINDOW, patience: float = 5
    ) -> None:
        self._connection = connection
        self._window = window
        self._patience = patience
        # in the order of sending, so that a confirm of many ends the oldest
        self._open: dict[int, None] = {}
        self._faults: list[str] = []
        self._channel = connection.channel()
        self._channel.confirm_select()
        self._tag = 0
        self._channel.events["basic_ack"].add(self._confirmed)
        self._channel.events["basic_nack"].add(self._refused)
        self._channel.events["basic_return"].add(self._returned)

    def publish(self, events: Iterable[Event]) -> None:
        """Publish all; return when every one is confirmed. Raises NotPublished or one of broker.BROKEN."""
        for event in events:
            self.send(message_of(event), exchange_of(event.service), event.name)
        self.settle()

    def send(self, message: amqp.Message, exchange: str, routing_key: str) -> None:
        """Send one message, waiting only when the window is full."""
        # asked here as well: waiting looks at the clock, and this runs for every event there is
        if self._faults or len(self._open) >= self._window:
            self._wait(lambda: len(self._open) < self._window)
        self._tag += 1
        self._open[self._tag] = None
        self._channel.basic_publish(
            message, exchange=exchange, routing_key=routing_key, mandatory=True
        )

    def settle(self) -> None:
        """Wait until everything sent is confirmed."""
        self._wait(lambda: not self._open)

    def close(self) -> None:
        """Let the connection go. It is not said goodbye to: a broker that blocks would not answer."""
        self._connection.collect()

    def _wait(self, done: Callable[[], bool]) -> None:
        deadline = monotonic() + self._patience
        while not done() and not self._faults:
            remaining = deadline - monotonic()
            if remaining <= 0:
                raise NotPublished(
                    f"{len(self._open)} messages unconfirmed after {self._patience} s"
                )
            self._connection.drain_events(timeout=remaining)
        if self._faults:
            raise NotPublished(self._faults[0])

    def _confirmed(self, tag: int, multiple: bool) -> None:  # noqa: FBT001 - the library's signature
        if not multiple:
            self._open.pop(tag, None)
            return
        while self._open and (oldest := next(iter(self._open))) <= tag:
            del self._open[oldest]

    def _refused(self, tag: int, multiple: bool) -> None:  # noqa: FBT001, ARG002 - the library's signature
        self._faults.append("refused: a queue is full")

    def _returned(self, fault: Any, exchange: str, key: str, message: amqp.Message) -> None:  # noqa: ARG002
        self._faults.append(f"unroutable: {exchange} {key}")


def message_of(event: Event) -> amqp.Message:
    """An event as a persistent message that a stock nameko consumer understands."""
    return amqp.Message(
        json.dumps(to_cloudevent(event), ensure_ascii=False, separators=(",", ":")).encode(),
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=2,
        message_id=event.id,
        type=event.type,
        application_headers={"traceparent": event.traceparent},
    )
