"""A view a service keeps of its own log, for finding streams by what is in them: which clocks fall due, say.

It is brought up to date by whoever needs it, commit by commit from a checkpoint. A document is folded from the whole
stream and only ever replaced by a later version of it, so two processes at once, or a crash half way, do no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, ReplaceOne
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from contracts.envelope import Event
from eventlog.log import Log
from eventlog.mongo.checkpoint import Checkpoint, Fenced
from eventlog.mongo.client import Document
from eventlog.mongo.log import DUPLICATE_KEY

Fold = Callable[[Sequence[Event]], Mapping[str, Any]]
Shown = tuple[str, Mapping[str, Any]]
Tell = Callable[[Sequence[Event]], Iterable[Shown]]
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
            self._show(sorted({commit.stream for commit in commits}))
            position = commits[-1].position
            self._note(position)

    def _note(self, position: int) -> None:
        try:
            self._checkpoint.advance(position, 0)
        except Fenced:  # another process has come further
            return

    def _show(self, streams: Sequence[str]) -> None:
        writes = [
            ReplaceOne(
                {"_id": id_, "version": {"$lte": len(events)}},
                {"_id": id_, "version": len(events), **shown},
                upsert=True,
            )
            for stream, events in self._log.streams(streams).items()
            for id_, shown in self._documents(stream, events)
        ]
        if writes:
            self._write(writes)

    def _write(self, writes: list[ReplaceOne[Document]]) -> None:
        try:
            self.documents.bulk_write(writes, ordered=False)
        except BulkWriteError as error:
            # a later version that stands there already is refused as a duplicate, and may stay
            if {fault["code"] for fault in error.details["writeErrors"]} != {DUPLICATE_KEY}:
                raise

    def _documents(self, stream: str, events: Sequence[Event]) -> Iterator[Shown]:
        yield stream, self._fold(events)


class OwnList(OwnView):
    """The same for what happened, one document an event that is told of; `_id` = its id, so newer ones sort behind."""

    def __init__(self, database: Database[Document], name: str, log: Log, tell: Tell) -> None:
        super().__init__(database, name, log, lambda _: {})
        self._tell = tell

    def _documents(self, stream: str, events: Sequence[Event]) -> Iterator[Shown]:
        yield from ((id_, {"stream": stream, **shown}) for id_, shown in self._tell(events))
