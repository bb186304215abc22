"""How MongoDB is reached: one place for the settings that the promises rest on."""

from __future__ import annotations

from typing import Any

from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    ConnectionFailure,
    ExecutionTimeout,
    NetworkTimeout,
    NotPrimaryError,
    PyMongoError,
    ServerSelectionTimeoutError,
    WTimeoutError,
)

Document = dict[str, Any]
# The database is away or changing its primary: wait and try again. Anything else is a bug or a bad message.
UNAVAILABLE = (
    AutoReconnect,
    ConnectionFailure,
    ExecutionTimeout,
    NetworkTimeout,
    NotPrimaryError,
    ServerSelectionTimeoutError,
    WTimeoutError,
)
_SHUTTING_DOWN = frozenset({91, 189, 11600, 11602, 10107, 13435, 13436, 50, 64})


def connect(uri: str, process: str) -> MongoClient[Document]:
    """A client whose writes are on disk and on a majority before they are answered.

    Connect after forking and after monkey-patching, never before.
    """
    return MongoClient(
        uri,
        appname=f"terbuka-{process}",
        w="majority",
        journal=True,
        wTimeoutMS=5000,
        readConcernLevel="majority",
        readPreference="primary",
        retryWrites=True,
        retryReads=True,
        maxPoolSize=50,
        waitQueueTimeoutMS=5000,
        serverSelectionTimeoutMS=5000,
        connectTimeoutMS=3000,
        socketTimeoutMS=30000,
        tz_aware=True,
        uuidRepresentation="standard",
    )


def database_of(
    client: MongoClient[Document], service: str, prefix: str = "terbuka"
) -> Database[Document]:
    """A service's own database; nobody else writes to it."""
    return client[f"{prefix}_{service}"]


def unavailable(error: BaseException) -> bool:
    """Whether an error means that the database is away, not that the message is bad."""
    if isinstance(error, UNAVAILABLE):
        return True
    return isinstance(error, PyMongoError) and (
        bool(_codes(error) & _SHUTTING_DOWN)
        or error.has_error_label("TransientTransactionError")
        or error.has_error_label("RetryableWriteError")
    )


def _codes(error: PyMongoError) -> set[int | None]:
    """The server's codes; a bulk of writes has one for each that failed, and they are what counts."""
    if isinstance(error, BulkWriteError):
        kinds = ("writeErrors", "writeConcernErrors")
        return {fault.get("code") for kind in kinds for fault in error.details.get(kind, ())}
    return {getattr(error, "code", None)}
