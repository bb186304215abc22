"""What a consumer does with a message, apart from how it gets it: read it, keep it, react to it.

A message is acknowledged only when its effect is stored. What can never be handled raises Unhandleable and is parked;
what fails because a database is away is waited for, in place, so that no delivery is burnt.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import structlog

from contracts.catalogue import known
from contracts.envelope import Event, MalformedEvent
from eventlog.handle import Decision, Handler
from eventlog.log import Inbox
from eventlog.mongo.client import unavailable
from eventlog.upcast import read_event
from telemetry import metrics

T = TypeVar("T")
Reaction = Callable[[Event, Any, datetime], Decision]
RETRY_SECONDS = 0.5
log = structlog.get_logger()


class Unhandleable(Exception):
    """Park this message; its text is the reason."""


def read_message(body: bytes | str, content_type: str | None) -> Event:
    """The event in a message. Raises Unhandleable with a reason for anything else."""
    if content_type != "application/json":
        raise Unhandleable(f"content type {content_type!r} is not application/json")
    try:
        return known(read_event(json.loads(body)))
    except (ValueError, RecursionError) as error:
        kind = "unknown or malformed event" if isinstance(error, MalformedEvent) else "not JSON"
        raise Unhandleable(f"{kind}: {error}"[:500]) from error


@dataclass(frozen=True, slots=True)
class Listener:
    """One service's ear: keeps each event in the inbox and reacts where the service has something to say."""

    queue: str
    inbox: Inbox
    handler: Handler[Any]
    reactions: Mapping[str, Reaction] = field(default_factory=dict)

    def hear(self, event: Event) -> str:
        """Take in an event, however often it comes; `ok` or `duplicate`.

        Keeping it and reacting to it are two writes, each of which is its own mark: the inbox document, and the commit
        whose command id is the event's. A crash between them is mended by the next delivery.
        """
        new = self.inbox.receive(event)
        reaction = self.reactions.get(event.name)
        if reaction:
            self.handler.react(event, reaction)
        return "ok" if new else "duplicate"


def patiently(queue: str, attempt: Callable[[], T], rest: Callable[[float], object]) -> T:
    """Try until the database answers. Nothing else is retried: other errors rise, and so does what `rest` raises."""
    while True:
        try:
            outcome = attempt()
        except Exception as error:
            if not unavailable(error):
                raise
            metrics.PAUSED.labels(queue).set(1)
            log.warning("consumer_paused", queue=queue, error=repr(error))
            rest(RETRY_SECONDS)
        else:
            metrics.PAUSED.labels(queue).set(0)
            return outcome
