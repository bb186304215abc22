"""How far every part of a system has come, read straight from its databases and its broker.

For the operator's command and for the page that stands in for a metrics server. Asking the services instead would say
nothing about the one that does not answer (docs/decisions/0016).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database

from contracts.catalogue import SERVICES
from contracts.topology import LISTENING_TO_ALL, SUBSCRIPTIONS
from eventlog.broker import BROKEN, connected, declare
from eventlog.mongo.checkpoint import Checkpoint
from eventlog.mongo.client import Document, database_of, unavailable
from eventlog.mongo.findings import Findings
from eventlog.mongo.log import MongoLog
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.mongo.views import MongoViews
from eventlog.publish import JOB
from eventlog.store import utc_now

Row = dict[str, Any]


def away(error: Exception) -> bool:
    """Whether an error means that broker or database does not answer. A fault of a file is an OSError too, but with its name."""
    a_file = isinstance(error, OSError) and error.filename is not None
    return not a_file and (isinstance(error, BROKEN) or unavailable(error))


def logs(client: MongoClient[Document], prefix: str) -> list[Row]:
    """Each service's log: its commits, how many of them were published, and whether a relay works on it now."""
    return [_log(name, database_of(client, name, prefix)) for name in SERVICES]


def _log(name: str, database: Database[Document]) -> Row:
    return {
        "log of": name,
        "commits": MongoLog(database).head(),
        "relayed": Checkpoint(database, JOB).position(),
        "relay": "active" if _led(database) else "none",
    }


def _led(database: Database[Document]) -> bool:
    """Whether somebody holds the relay's lease, by the database's own clock."""
    held = {"_id": JOB, "$expr": {"$gt": ["$until", "$$NOW"]}}
    return database["leases"].find_one(held, {"_id": 1}) is not None


def numbered_logs(client: MongoClient[Document], prefix: str) -> list[Row]:
    """Each numbered log: how far it was ingested, and how far its views show it."""
    return [_views(client, name, database_of(client, name, prefix)) for name in LISTENING_TO_ALL]


def _views(client: MongoClient[Document], name: str, database: Database[Document]) -> Row:
    live = MongoViews(client, database, ()).live()
    return {
        "numbered log of": name,
        "ingested": MongoNumberedLog(database).head(),
        "projected": live.position,
        "generation": live.number,
    }


def queues(uri: str) -> Iterator[Row]:
    """Each queue: what waits in it, what is parked of it, and how many processes read it."""
    with connected(uri) as connection, connection.channel() as channel:
        declare(channel)
        for each in SUBSCRIPTIONS:
            found = channel.queue_declare(each.queue, passive=True)
            parked = channel.queue_declare(each.parking, passive=True)
            yield {
                "queue": each.queue,
                "waiting": int(found.message_count),
                "parked": int(parked.message_count),
                "consumers": int(found.consumer_count),
            }


def findings(client: MongoClient[Document], prefix: str, service: str) -> dict[str, Row]:
    """What the watches over a service's numbered log found last."""
    return dict(Findings(database_of(client, service, prefix), utc_now).all())
