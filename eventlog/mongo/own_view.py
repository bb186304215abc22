"""A view a service keeps of its own log, for finding streams by what is in them: which clocks fall due, say.

It is brought up to date by whoever needs it, commit by commit from a checkpoint. A document is folded from the whole
stream and only ever replaced by a later version of it, so two processes at once, or a crash half way, do no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pymongo import ASCENDING
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from contracts.envelope import Event
from eventlog.log import Log
from eventlog.mongo.checkpoint import Checkpoint, Fenced
from eventlog.mongo.client import Document

Fold = Callable[[Sequence[Event]], Mapping[str, Any]]
BATCH = 500


class OwnView:
    """One document a stream, `_id` = stream, `version` = the stream's version it shows."""

    def __init__(self, database: Database[Document], name: str, log: Log, fold: Fold) -> None:
        self.documents: Collection[Document] = database[f"own_{name}"]
        self._checkpoint = Checkpoint(database, f"own_{name}")
        self._log = log
        self._fold = fold

    def prepare(self, *fields: str) -> None:
        """Create an index on each field; harmless when it exists."""
        for field in fields:
            self.documents.create_index([(field, ASCENDING)])

    def catch_up(self) -> None:
        """Show everything the log holds now."""
        position = self._checkpoint.position()
        while commits := self._log.read(position, BATCH):
            for stream in {commit.stream for commit in commits}:
                self._show(stream)
            position = commits[-1].position
            self._note(position)

    def _note(self, position: int) -> None:
        try:
            self._checkpoint.advance(position, 0)
        except Fenced:  # another process has come further
            return

    def _show(self, stream: str) -> None:
        events = self._log.stream(stream)
        document = {"_id": stream, "version": len(events), **self._fold(events)}
        older = {"_id": stream, "version": {"$lte": len(events)}}
        try:
            self.documents.replace_one(older, document, upsert=True)
        except DuplicateKeyError:  # a later version stands there already
            return
