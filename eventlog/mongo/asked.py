"""What an inbox asked for when it was last complete: one document a queue."""

from __future__ import annotations

from collections.abc import Iterable

from pymongo.database import Database

from eventlog.mongo.client import Document


class Asked:
    """Keeps it. Losing it only makes somebody look through the log once more."""

    def __init__(self, database: Database[Document], queue: str) -> None:
        self._asked = database["asked"]
        self._queue = queue

    def known(self) -> list[str]:
        """Nothing before the first time."""
        found = self._asked.find_one({"_id": self._queue}) or {}
        return list(found.get("events", ()))

    def note(self, events: Iterable[str]) -> None:
        """It has all of these, from the beginning."""
        kept = {"_id": self._queue, "events": sorted(events)}
        self._asked.replace_one({"_id": self._queue}, kept, upsert=True)
