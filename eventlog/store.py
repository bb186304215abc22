"""One service's stores, put together: its log, its inbox, its database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import uuid_utils
from pymongo import MongoClient
from pymongo.database import Database

from eventlog.mongo.client import Document, connect, database_of
from eventlog.mongo.inbox import MongoInbox
from eventlog.mongo.log import MongoLog
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.parking import Reasons
from eventlog.settings import Settings


@dataclass(frozen=True, slots=True)
class Store:
    """What a process of a service needs of MongoDB."""

    client: MongoClient[Document]
    database: Database[Document]
    log: MongoLog
    inbox: MongoInbox
    numbered: MongoNumberedLog
    reasons: Reasons

    def prepare(self) -> None:
        """Create the indexes that the promises rest on."""
        self.log.prepare()
        self.inbox.prepare()
        self.numbered.prepare()

    def answers(self) -> bool:
        """Whether the database answers now."""
        return bool(self.client.admin.command("ping"))


def open_store(
    settings: Settings, process: str, now: Callable[[], datetime] | None = None
) -> Store:
    """Connect a process to its service's database."""
    client = connect(settings["mongo_uri"], f"{settings.service}-{process}")
    database = database_of(client, settings.service, settings["database_prefix"])
    return Store(
        client=client,
        database=database,
        log=MongoLog(database),
        inbox=MongoInbox(database),
        numbered=MongoNumberedLog(database),
        reasons=Reasons(database, now or utc_now),
    )


def utc_now() -> datetime:
    """The time, with its offset."""
    return datetime.now(UTC)


def new_id() -> str:
    """A UUIDv7: unique for ever, and sorted by time where somebody sorts it."""
    return str(uuid_utils.uuid7())
