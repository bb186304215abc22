"""Views on MongoDB: documents and position in one transaction, and a generation that can be built beside and swapped.

One document says which generation is live and how far it shows the log. A writer states the position it read; if
another writer was faster, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pymongo import ASCENDING, TEXT, MongoClient, ReplaceOne
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from eventlog.mongo.client import Document
from eventlog.project import View

LIVE = "live"


class Overtaken(Exception):
    """Another projector has moved the views on, or another generation is live. Look again."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete set of view collections and how far it shows the log."""

    number: int
    position: int


class MongoViews:
    """The views of one service."""

    def __init__(
        self, client: MongoClient[Document], database: Database[Document], views: Sequence[View]
    ) -> None:
        self._client = client
        self._database = database
        self._generations = database["generations"]
        self.views = tuple(views)

    def prepare(self) -> None:
        """Make sure that there is a live generation with its indexes."""
        self._generations.update_one(
            {"_id": LIVE}, {"$setOnInsert": {"number": 1, "position": 0}}, upsert=True
        )
        self.create(self.live().number)

    def create(self, number: int) -> None:
        """Create a generation's collections and indexes; harmless when they exist."""
        for view in self.views:
            collection = self.collection(view.name, number)
            # makes the collection too, and does no harm when another process makes it at the same moment
            collection.create_index([("position", ASCENDING)])
            for keys in view.indexes:
                collection.create_index(list(keys))
            if view.searched:
                # no language: the database would cut off English endings, and it knows no Indonesian ones
                words = [(name, TEXT) for name in view.searched]
                collection.create_index(
                    words, default_language="none", language_override="no_such_field"
                )

    def live(self) -> Generation:
        """The generation that is shown."""
        found = self._generations.find_one({"_id": LIVE})
        return Generation(found["number"], found["position"]) if found else Generation(1, 0)

    def collection(self, view: str, number: int | None = None) -> Collection[Document]:
        """The documents of a view, of the live generation unless another is named."""
        return self._database[f"view_{view}_{self.live().number if number is None else number}"]

    def write(
        self, at: Generation, position: int, documents: Mapping[str, Sequence[Document]]
    ) -> None:
        """Store documents and move the live generation to `position`, both or neither. Raises Overtaken."""

        def store(session: ClientSession) -> None:
            moved = self._generations.update_one(
                {"_id": LIVE, "number": at.number, "position": at.position},
                {"$set": {"position": position}},
                session=session,
            )
            if moved.matched_count == 0:
                raise Overtaken
            self.put(at.number, documents, session)

        with self._client.start_session() as session:
            session.with_transaction(
                store,
                read_concern=ReadConcern("snapshot"),
                write_concern=WriteConcern("majority", j=True, wtimeout=5000),
            )

    def put(
        self,
        number: int,
        documents: Mapping[str, Sequence[Document]],
        session: ClientSession | None = None,
    ) -> None:
        """Store documents in a generation, replacing those of the same entities."""
        for name, rows in documents.items():
            if rows:
                changes = [ReplaceOne({"_id": row["_id"]}, row, upsert=True) for row in rows]
                self.collection(name, number).bulk_write(changes, ordered=False, session=session)

    def fill(self, number: int, name: str, documents: Sequence[Document]) -> None:
        """Insert documents into a generation that nobody reads yet: fast, and made durable by the swap."""
        unacknowledged_by_disk = WriteConcern(w=1, j=False)
        collection = self.collection(name, number).with_options(
            write_concern=unacknowledged_by_disk
        )
        collection.insert_many(documents, ordered=False)

    def count(self, name: str, number: int) -> int:
        """How many documents a view holds in a generation, once a majority has all that was filled in before."""
        # A majority has this write only when it has everything that was written before it.
        self._generations.update_one({"_id": "numbers"}, {"$set": {"counted": number}}, upsert=True)
        return self.collection(name, number).count_documents({})

    def swap(self, built: Generation) -> bool:
        """Make a generation live, unless it shows less than the live one. One write; the old one stays for return."""
        moved = self._generations.update_one(
            {"_id": LIVE, "position": {"$lte": built.position}},
            {"$set": {"number": built.number, "position": built.position}},
        )
        return moved.matched_count == 1

    def drop(self, number: int) -> None:
        """Remove a generation that is not live."""
        if number == self.live().number:
            raise ValueError("the live generation stays")
        for view in self.views:
            self.collection(view.name, number).drop()

    def drop_older(self) -> None:
        """Remove every generation before the live one; those that are being built have later numbers."""
        live = self.live().number
        for number in range(self._oldest(), live):
            self.drop(number)
        self._generations.update_one({"_id": "numbers"}, {"$set": {"oldest": live}}, upsert=True)

    def _oldest(self) -> int:
        found = self._generations.find_one({"_id": "numbers"})
        return int((found or {}).get("oldest", 1))

    def next_number(self) -> int:
        """A generation number that was never used."""
        return int(
            self._generations.find_one_and_update(
                {"_id": "numbers"}, {"$inc": {"last": 1}}, upsert=True, return_document=True
            )["last"]
            + 1
        )

    def rows(self, name: str, number: int) -> Iterator[Document]:
        """All documents of a view in a generation, by entity."""
        yield from self.collection(name, number).find({}, sort=[("_id", ASCENDING)])
