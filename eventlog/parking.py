"""What becomes of a message that can never be handled: it is rejected, and the broker moves it to the parking queue.

The broker moves it at least once and never loses it. Why it was parked is kept beside, in the consumer's database,
under the message's key. Staff see, retry or drop it by command; each of these leaves a trace.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

import amqp
from pymongo.database import Database

from contracts.topology import subscription
from eventlog.mongo.client import Document
from eventlog.pipeline import Pipeline

BY_BROKER = "the broker gave up: its process ended too often while handling it, or it was refused without a reason"


def key_of(body: bytes | str, message_id: str | None) -> str:
    """How a parked message is called: its event id, or the beginning of its body's hash when it has none."""
    if message_id:
        # half a character is allowed on the wire and in no database
        return message_id.encode("utf-8", "backslashreplace").decode()
    return sha256(as_bytes(body)).hexdigest()[:32]


def as_bytes(body: bytes | str) -> bytes:
    """A body as it was sent; the client library hands out text where it could decode it."""
    return body if isinstance(body, bytes) else body.encode()


class Reasons:
    """Why messages were parked, and what was done about them."""

    def __init__(self, database: Database[Document], now: Callable[[], datetime]) -> None:
        self._reasons = database["parking"]
        self._trace = database["parking_trace"]
        self._now = now

    def note(self, queue: str, key: str, reason: str) -> None:
        """Keep the reason before the message is rejected."""
        self._reasons.update_one(
            {"_id": f"{queue}/{key}"}, {"$set": {"reason": reason, "at": self._now()}}, upsert=True
        )

    def of(self, queue: str, key: str) -> str:
        """The reason of a parked message."""
        found = self._reasons.find_one({"_id": f"{queue}/{key}"})
        return str(found["reason"]) if found else BY_BROKER

    def trace(self, queue: str, key: str, action: str, who: str, why: str = "") -> None:
        """Write down who retried or dropped a message, and why if they said so."""
        self._trace.insert_one(
            {
                "queue": queue,
                "key": key,
                "action": action,
                "who": who,
                "at": self._now(),
                "reason": self.of(queue, key),
                **({"why": why} if why else {}),
            }
        )

    def traces(self) -> list[Document]:
        """Everything that was done about parked messages, oldest first."""
        return list(self._trace.find({}, {"_id": 0}, sort=[("at", 1)]))


@dataclass(frozen=True, slots=True)
class Parked:
    """A message in a parking queue."""

    queue: str
    key: str
    type: str
    reason: str
    body: bytes

    def content(self) -> Any:
        """The body as JSON where it is JSON, else as text."""
        try:
            return json.loads(self.body)
        except ValueError:
            return self.body.decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does about a parked message."""

    name: str
    who: str
    why: str = ""


class Parking:
    """Looks into parking queues and empties them, one message at a time."""

    def __init__(self, connection: amqp.Connection, reasons: Mapping[str, Reasons]) -> None:
        self._connection = connection
        self._reasons = reasons

    def list(self, queue: str, most: int | None = None) -> list[Parked]:
        """What is parked of a queue, the first so many. Looking takes nothing out."""
        with self._connection.channel() as channel:  # closing it puts everything back
            found = islice(_drain(channel, queue), most)
            return [self._parked(queue, message) for message in found]

    def show(self, queue: str, key: str, who: str) -> Parked | None:
        """One message with its content, which may say more than its reason does; None when it is not parked."""
        found = next((each for each in self.list(queue) if each.key == key), None)
        if found:
            self._reasons[subscription(queue).service].trace(queue, key, "shown", who)
        return found

    def retry(self, queue: str, key: str, who: str) -> bool:
        """Put a message back into its queue: it is there before it leaves the parking. False when it is not parked."""

        def back(message: amqp.Message) -> None:
            pipeline = Pipeline(self._connection)
            pipeline.send(amqp.Message(message.body, **_carried(message)), "", queue)
            pipeline.settle()

        return self._settle(queue, key, Act("retried", who), back)

    def drop(self, queue: str, key: str, who: str, why: str = "") -> bool:
        """Take a message out for good. False when it is not parked."""
        return self._settle(queue, key, Act("dropped", who, why), lambda _: None)

    def _settle(self, queue: str, key: str, act: Act, do: Callable[[amqp.Message], None]) -> bool:
        with self._connection.channel() as channel:
            for message in _drain(channel, queue):
                if self._parked(queue, message).key == key:
                    reasons = self._reasons[subscription(queue).service]
                    reasons.trace(queue, key, act.name, act.who, act.why)
                    do(message)
                    channel.basic_ack(message.delivery_tag)
                    return True
        return False

    def _parked(self, queue: str, message: amqp.Message) -> Parked:
        body = as_bytes(message.body)
        key = key_of(body, message.properties.get("message_id"))
        reason = self._reasons[subscription(queue).service].of(queue, key)
        return Parked(queue, key, message.properties.get("type", ""), reason, body)


def _drain(channel: amqp.Channel, queue: str) -> Iterator[amqp.Message]:
    while message := channel.basic_get(subscription(queue).parking):
        yield message


def _carried(message: amqp.Message) -> dict[str, Any]:
    kept = ("content_type", "content_encoding", "message_id", "type", "delivery_mode")
    return {name: message.properties[name] for name in kept if name in message.properties}
