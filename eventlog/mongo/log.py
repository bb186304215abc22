"""The log on MongoDB: one collection, one document a commit, `_id` = position.

A writer takes the position after the last one it knows and inserts in order. Where another writer was faster, the
unique `_id` refuses the rest of the batch; it looks again and goes on. Position n + 1 is tried only when n exists, so
positions have no gap, and a reader that sees n (read concern majority) sees all before it. Numbers of a series work
the same way; a claimed number is refused by their index alone. No transaction, no counter document: nothing can be taken and then lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from pymongo import DESCENDING
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from contracts.envelope import Event
from eventlog.group import Group, Ticket
from eventlog.log import Appended, Commit, Conflict, Taken
from eventlog.mongo.client import Document
from eventlog.mongo.commits import INDEXES, from_document, to_document

DUPLICATE_KEY = 11000
Waiting = list[Ticket[Commit, Appended]]


class MongoLog:
    """Keeps the promises of Log. Safe for many threads and many processes at once."""

    def __init__(self, database: Database[Document], collection: str = "log") -> None:
        self._commits = database[collection]
        self._group: Group[Commit, Appended] = Group(self._write)
        self._position = 0
        self._numbers: dict[str, int] = {}

    def prepare(self) -> None:
        """Create the indexes that the promises rest on; harmless when they exist."""
        self._commits.create_indexes(list(INDEXES))

    def append(self, commit: Commit) -> Appended:
        """See Log. Concurrent appends of this process are written together."""
        return self._group.submit(commit)

    def append_all(self, commits: Sequence[Commit]) -> list[Appended | Exception]:
        """See Log."""
        return self._group.submit_all(commits)

    def stream(self, name: str) -> tuple[Event, ...]:
        """See Log."""
        found = self._commits.find({"stream": name}, sort=[("first", 1)])
        return tuple(event for document in found for event in from_document(document).events)

    def streams(self, names: Sequence[str]) -> dict[str, tuple[Event, ...]]:
        """See Log."""
        found = self._commits.find({"stream": {"$in": list(names)}}, sort=[("first", 1)])
        events: dict[str, list[Event]] = {name: [] for name in names}
        for document in found:
            events[document["stream"]].extend(from_document(document).events)
        return {name: tuple(known) for name, known in events.items()}

    def version(self, name: str) -> int:
        """See Log."""
        last = self._commits.find_one({"stream": name}, {"last": 1}, sort=[("first", DESCENDING)])
        return last["last"] if last else 0

    def find(self, command_id: str) -> Appended | None:
        """See Log."""
        document = self._commits.find_one({"command": command_id})
        return from_document(document, repeated=True) if document else None

    def holder(self, series: str, number: int) -> Appended | None:
        """See Log."""
        document = self._commits.find_one({"series": series, "taken": number})
        return from_document(document) if document else None

    def read(self, after: int, limit: int) -> Sequence[Appended]:
        """See Log."""
        found = self._commits.find({"_id": {"$gt": after}}, sort=[("_id", 1)], limit=limit)
        return [from_document(document) for document in found]

    def head(self) -> int:
        """See Log."""
        last = self._commits.find_one({}, {"_id": 1}, sort=[("_id", DESCENDING)])
        return last["_id"] if last else 0

    def _write(self, tickets: Sequence[Ticket[Commit, Appended]]) -> None:
        waiting = list(tickets)
        while waiting:
            waiting = self._attempt(waiting)

    def _attempt(self, waiting: Waiting) -> Waiting:
        """Write as many as possible; return those that must be tried again."""
        documents = self._drafts(waiting)
        waiting = [ticket for ticket in waiting if not ticket.settled]
        if not waiting:
            return []
        try:
            self._commits.insert_many(documents, ordered=True)
        except BulkWriteError as error:
            return self._after_refusal(waiting, documents, error)
        self._settle(waiting, documents)
        return []

    def _drafts(self, waiting: Waiting) -> list[Document]:
        """Documents with the next positions and numbers. A ticket whose events are invalid fails alone."""
        documents: list[Document] = []
        numbers = dict(self._numbers)
        for ticket in waiting:
            commit = ticket.wish
            number = commit.claim or self._next_number(numbers, commit.series)
            try:
                document = to_document(commit, self._position + len(documents) + 1, number)
            except Exception as error:  # noqa: BLE001 - the fault is this caller's, the others go on
                ticket.fail(error)
                continue
            documents.append(document)
            self._count(numbers, commit, document)
        return documents

    def _next_number(self, numbers: dict[str, int], series: str) -> int:
        if not series:
            return 0
        if series not in numbers:
            numbers[series] = self._last_number(series)
        return numbers[series] + 1

    def _last_number(self, series: str) -> int:
        query = {"series": series, "number": {"$gt": 0}}
        last = self._commits.find_one(query, {"number": 1}, sort=[("number", DESCENDING)])
        return last["number"] if last else 0

    @staticmethod
    def _count(numbers: dict[str, int], commit: Commit, document: Document) -> None:
        if commit.series and not commit.claim:
            numbers[commit.series] = document["number"]

    def _settle(self, written: Waiting, documents: list[Document]) -> None:
        for ticket, document in zip(written, documents, strict=True):
            self._position = document["_id"]
            self._count(self._numbers, ticket.wish, document)
            ticket.succeed(from_document(document))

    def _after_refusal(
        self, waiting: Waiting, documents: list[Document], error: BulkWriteError
    ) -> Waiting:
        refused = (error.details.get("writeErrors") or [{}])[0]
        if refused.get("code") != DUPLICATE_KEY:
            raise error
        index = refused["index"]
        self._settle(waiting[:index], documents[:index])
        self._position, self._numbers = self.head(), {}
        self._judge(waiting[index])
        return [ticket for ticket in waiting[index:] if not ticket.settled]

    def _judge(self, ticket: Ticket[Commit, Appended]) -> None:
        """Say why a commit was refused: done before, stream moved on, or (left unsettled) only the position taken."""
        commit = ticket.wish
        done = self.find(commit.command_id)
        if done:
            ticket.succeed(done)
        elif self.version(commit.stream) != commit.expected:
            ticket.fail(Conflict(commit.stream))
        elif self._knows_an_event_of(commit):
            ticket.fail(ValueError("an event id was used before"))
        elif commit.claim and self.holder(commit.series, commit.claim):
            ticket.fail(Taken(f"{commit.series} {commit.claim}"))

    def _knows_an_event_of(self, commit: Commit) -> bool:
        ids = [event.id for event in commit.events(1)]
        return self._commits.find_one({"events.id": {"$in": ids}}, {"_id": 1}) is not None
