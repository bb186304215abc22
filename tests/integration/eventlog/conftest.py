"""A broker with the plan declared and nothing in its queues."""

import pytest

from contracts.topology import SUBSCRIPTIONS
from eventlog.broker import connected, declare


@pytest.fixture
def uri(servers):
    """Where the broker is; every queue of the plan is empty before and after the test."""
    _empty(servers.addresses.amqp)
    yield servers.addresses.amqp
    _empty(servers.addresses.amqp)


def _empty(uri):
    with connected(uri) as connection, connection.channel() as channel:
        declare(channel)
        for each in SUBSCRIPTIONS:
            channel.queue_purge(each.queue)
            channel.queue_purge(each.parking)


@pytest.fixture
def connection(uri):
    with connected(uri) as connection:
        yield connection


@pytest.fixture
def channel(connection):
    with connection.channel() as channel:
        yield channel
