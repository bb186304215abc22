"""Sending events once more, straight into one queue: for what was missing, and for who came late."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from contracts.envelope import Event
from eventlog.broker import connected, declare
from eventlog.pipeline import Pipeline, message_of


def resender(uri: str, queue: str) -> Callable[[Iterable[Event]], None]:
    """A function that puts events into a queue and returns when the broker has them all."""

    def send(events: Iterable[Event]) -> None:
        waiting = list(events)
        if not waiting:
            return
        with connected(uri) as connection:
            declare(connection.channel())
            pipeline = Pipeline(connection)
            for event in waiting:
                pipeline.send(message_of(event), "", queue)
            pipeline.settle()

    return send
