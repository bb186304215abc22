"""How the broker is reached, and its plan declared: plain py-amqp, bounded in time.

A connection that hangs is collected, never closed: closing waits for a broker that does not answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import amqp
from amqp import exceptions

from contracts.catalogue import SERVICES
from contracts.topology import (
    DEAD_EXCHANGE,
    PARKING_ARGUMENTS,
    SUBSCRIPTIONS,
    Subscription,
    bindings,
    exchange_of,
    queue_arguments,
)

# What a broken or blocked connection raises: wait and connect again.
BROKEN = (OSError, exceptions.AMQPError)


def connect(uri: str, *, timeout: float = 5, heartbeat: int = 0) -> amqp.Connection:
    """An open connection. Reading and writing on it time out; raises one of BROKEN when there is no broker.

    Publishers need no heartbeat, because each confirm is waited for with a limit; consumers do.
    """
    parts = urlsplit(uri)
    connection = amqp.Connection(
        host=f"{parts.hostname}:{parts.port or 5672}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        virtual_host=unquote(parts.path[1:]) or "/",
        connect_timeout=timeout,
        read_timeout=timeout,
        write_timeout=timeout,
        heartbeat=heartbeat,
    )
    try:
        connection.connect()
    except BROKEN:
        connection.collect()
        raise
    return connection


@contextmanager
def connected(uri: str, *, timeout: float = 5) -> Iterator[amqp.Connection]:
    """A connection for the length of a block."""
    connection = connect(uri, timeout=timeout)
    try:
        yield connection
    finally:
        connection.collect()


def declare(channel: amqp.Channel, subscriptions: tuple[Subscription, ...] = SUBSCRIPTIONS) -> None:
    """Declare every exchange, queue and binding of the plan; harmless when they exist as planned."""
    for service in SERVICES:
        channel.exchange_declare(exchange_of(service), "topic", durable=True, auto_delete=False)
    channel.exchange_declare(DEAD_EXCHANGE, "direct", durable=True, auto_delete=False)
    for subscription in subscriptions:
        _declare_queue(channel, subscription)


def _declare_queue(channel: amqp.Channel, subscription: Subscription) -> None:
    # The parking queue first: a message must never be dead before there is a place for it.
    channel.queue_declare(
        subscription.parking, durable=True, auto_delete=False, arguments=PARKING_ARGUMENTS
    )
    channel.queue_bind(subscription.parking, DEAD_EXCHANGE, subscription.queue)
    arguments = queue_arguments(subscription)
    channel.queue_declare(subscription.queue, durable=True, auto_delete=False, arguments=arguments)
    for exchange, key in bindings(subscription):
        channel.queue_bind(subscription.queue, exchange, key)


def declare_all(uri: str) -> None:
    """Connect, declare the plan, disconnect."""
    with connected(uri) as connection, connection.channel() as channel:
        declare(channel)


def waiting(uri: str, queue: str) -> int:
    """How many messages wait in a queue now. Raises one of BROKEN when there is no broker."""
    with connected(uri) as connection, connection.channel() as channel:
        return messages_in(channel, queue)


def messages_in(channel: amqp.Channel, queue: str) -> int:
    """How many messages are ready in a queue."""
    return int(channel.queue_declare(queue, passive=True).message_count)
