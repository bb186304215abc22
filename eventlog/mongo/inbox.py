"""The inbox on MongoDB: what a service has learnt from others, one document an event, `_id` = event id."""

from __future__ import annotations

from collections.abc import Sequence

from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from contracts.envelope import Event, to_cloudevent
from eventlog.mongo.client import Document
from eventlog.upcast import read_event


class MongoInbox:
    """Keeps the promises of Inbox. The document is the effect and the mark that it happened, in one write."""

    def __init__(self, database: Database[Document], collection: str = "inbox") -> None:
        self._events = database[collection]

    def prepare(self) -> None:
        """Create the index by subject; harmless when it exists."""
        self._events.create_index([("subject", ASCENDING)])

    def receive(self, event: Event) -> bool:
        """See Inbox."""
        document = {"_id": event.id, "subject": event.subject, "event": to_cloudevent(event)}
        try:
            self._events.insert_one(document)
        except DuplicateKeyError:
            return False
        return True

    def about(self, subject: str) -> tuple[Event, ...]:
        """See Inbox."""
        found = self._events.find({"subject": subject}, {"event": 1})
        return tuple(read_event(document["event"]) for document in found)

    def about_all(self, subjects: Sequence[str]) -> dict[str, tuple[Event, ...]]:
        """See Inbox."""
        events: dict[str, list[Event]] = {subject: [] for subject in subjects}
        for document in self._events.find({"subject": {"$in": list(subjects)}}):
            events[document["subject"]].append(read_event(document["event"]))
        return {subject: tuple(known) for subject, known in events.items()}
