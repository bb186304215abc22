"""Replay: lets a consumer that comes late hear everything from the beginning, and go live without a hole.

The queue is declared first, so that from then on live events flow into it; then history is sent into the same queue
up to the head as it stood. What comes twice the consumer ignores by its event id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from contracts.envelope import Event
from contracts.topology import Subscription
from eventlog.numbered import NumberedLog

BATCH = 500
Send = Callable[[Iterable[Event]], None]


def replay(source: NumberedLog, subscription: Subscription, send: Send, after: int = 0) -> int:
    """Send what the subscription hears behind a position; how many events. The queue must have been declared."""
    head, position, sent = source.head(), after, 0
    while position < head:
        batch = [each for each in source.read(position, BATCH) if each.position <= head]
        heard = [each.event for each in batch if hears(subscription, each.event)]
        send(heard)
        sent += len(heard)
        position = batch[-1].position
    return sent


def hears(subscription: Subscription, event: Event) -> bool:
    """Whether the broker would route an event into the subscription's queue."""
    names = subscription.hears.get(event.service, ())
    return "#" in names or event.name in names
