"""The numbered log on MongoDB: one document an event, `_id` = position, inserted in order.

The unique `_id` keeps a second writer out of a position that is taken, and the unique event id keeps a second copy of
an event out for ever. A writer that meets either looks at the head again and goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from contracts.envelope import Event, to_cloudevent
from eventlog.chain import GENESIS, Line, link
from eventlog.mongo.client import Document
from eventlog.mongo.log import DUPLICATE_KEY
from eventlog.numbered import Recorded
from eventlog.upcast import read_event

INDEXES = (
    IndexModel([("event.id", ASCENDING)], unique=True, name="event"),
    IndexModel([("event.subject", ASCENDING), ("_id", ASCENDING)], name="subject"),
)
READ_BATCH = 1000


class MongoNumberedLog:
    """Keeps the promises of NumberedLog."""

    def __init__(self, database: Database[Document], collection: str = "events") -> None:
        self._events = database[collection]
        self._head: tuple[int, str] | None = None

    def prepare(self) -> None:
        """Create the indexes that the promises rest on; harmless when they exist."""
        self._events.create_indexes(list(INDEXES))

    def record(self, events: Sequence[Event]) -> int:
        """See NumberedLog."""
        waiting = _distinct(events)
        written = self._insert(waiting) if waiting else 0
        while waiting and self._head is None:
            # Some were there before, or another writer was faster: see which are still missing.
            new = self.missing([event.id for event in waiting])
            waiting = [event for event in waiting if event.id in new]
            written += self._insert(waiting) if waiting else 0
        return written

    def _insert(self, events: Sequence[Event]) -> int:
        """Insert as many as possible. Forgets the head when another writer was faster, so that all is looked at again."""
        documents = self._documents(events)
        head, self._head = documents[-1], None
        try:
            self._events.insert_many(documents, ordered=True)
        except BulkWriteError as error:
            refused = (error.details.get("writeErrors") or [{}])[0]
            if refused.get("code") != DUPLICATE_KEY:
                raise
            return int(refused["index"])
        self._head = head["_id"], head["hash"]
        return len(documents)

    def _documents(self, events: Sequence[Event]) -> list[Document]:
        position, previous = self._head or self._read_head()
        documents: list[Document] = []
        for event in events:
            envelope = to_cloudevent(event)
            position, hash_ = position + 1, link(envelope, previous)
            documents.append(
                {"_id": position, "previous": previous, "hash": hash_, "event": envelope}
            )
            previous = hash_
        return documents

    def _read_head(self) -> tuple[int, str]:
        last = self._events.find_one({}, {"hash": 1}, sort=[("_id", DESCENDING)])
        return (last["_id"], last["hash"]) if last else (0, GENESIS)

    def read(self, after: int, limit: int) -> Sequence[Recorded]:
        """See NumberedLog."""
        found = self._events.find(
            {"_id": {"$gt": after}}, {"event": 1}, sort=[("_id", 1)], limit=limit
        )
        return [_recorded(document) for document in found]

    def about(self, subjects: Collection[str], until: int) -> dict[str, list[Recorded]]:
        """See NumberedLog."""
        query = {"event.subject": {"$in": list(subjects)}, "_id": {"$lte": until}}
        grouped: dict[str, list[Recorded]] = {subject: [] for subject in subjects}
        for document in self._events.find(query, {"event": 1}):
            grouped[document["event"]["subject"]].append(_recorded(document))
        return grouped

    def by_subject(self, until: int) -> Iterator[tuple[str, list[Recorded]]]:
        """See NumberedLog."""
        order = [("event.subject", ASCENDING), ("_id", ASCENDING)]
        found = self._events.find(
            {"_id": {"$lte": until}},
            {"event": 1},
            sort=order,
            hint="subject",
            batch_size=READ_BATCH,
        )
        for subject, documents in groupby(found, key=lambda document: document["event"]["subject"]):
            yield subject, [_recorded(document) for document in documents]

    def missing(self, ids: Collection[str]) -> set[str]:
        """See NumberedLog."""
        found = self._events.find({"event.id": {"$in": list(ids)}}, {"event.id": 1, "_id": 0})
        return set(ids) - {document["event"]["id"] for document in found}

    def head(self) -> int:
        """See NumberedLog."""
        return self._read_head()[0]

    def lines(self, after: int) -> Iterator[Line]:
        """See NumberedLog."""
        found = self._events.find(
            {"_id": {"$gt": after}}, sort=[("_id", ASCENDING)], batch_size=READ_BATCH
        )
        for document in found:
            yield Line(document["_id"], document["previous"], document["hash"], document["event"])

    def hash_at(self, position: int) -> str:
        """The hash of a position; GENESIS for 0. Raises KeyError where there is none."""
        if position == 0:
            return GENESIS
        document = self._events.find_one({"_id": position}, {"hash": 1})
        if document is None:
            raise KeyError(position)
        return str(document["hash"])

    def restore(self, lines: Sequence[Line]) -> None:
        """Put back exported lines as they were. The caller has verified that they follow the head."""
        self._head = None
        self._events.insert_many(
            [
                {"_id": at.position, "previous": at.previous, "hash": at.hash, "event": at.envelope}
                for at in lines
            ],
            ordered=True,
        )


def _distinct(events: Sequence[Event]) -> list[Event]:
    return list({event.id: event for event in events}.values())


def _recorded(document: Document) -> Recorded:
    return Recorded(document["_id"], read_event(document["event"]))
