"""All parking queues of a system together: what is parked and why, and taking it out again, each with its trace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from pymongo import MongoClient

from contracts.catalogue import SERVICES
from contracts.topology import SUBSCRIPTIONS
from eventlog.broker import connected, declare
from eventlog.mongo.client import Document, database_of
from eventlog.parking import Parked, Parking, Reasons
from eventlog.store import utc_now

QUEUES = tuple(each.queue for each in SUBSCRIPTIONS)


def reasons_of(client: MongoClient[Document], prefix: str) -> dict[str, Reasons]:
    """Why messages were parked, by the service that could not handle them."""
    return {name: Reasons(database_of(client, name, prefix), utc_now) for name in SERVICES}


@contextmanager
def parking(amqp_uri: str, reasons: Mapping[str, Reasons]) -> Iterator[Parking]:
    """Looks into the queues of a broker, for the length of a block."""
    with connected(amqp_uri) as connection:
        with connection.channel() as channel:
            declare(channel)
        yield Parking(connection, reasons)


def messages(lot: Parking, queues: Iterable[str], most: int | None = None) -> list[Parked]:
    """What is parked of some queues, at most so many of each."""
    return [each for queue in queues for each in lot.list(queue, most)]


def traces(reasons: Mapping[str, Reasons], queues: Iterable[str]) -> list[Document]:
    """What was done about parked messages of some queues, the oldest first."""
    wanted = set(queues)
    found = [trace for each in reasons.values() for trace in each.traces()]
    return sorted((each for each in found if each["queue"] in wanted), key=lambda each: each["at"])
