"""Building views anew from the log beside the live ones, comparing the two, and swapping.

Each entity is read once with all its events, so memory stays small however long the log is. What arrives meanwhile is
caught up batch by batch before the swap, which is one write.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

import bson

from eventlog.mongo.client import Document
from eventlog.mongo.views import Generation, MongoViews
from eventlog.numbered import NumberedLog
from eventlog.projector import BATCH, documents_of

INSERT_BATCH = 1000
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """One document that is not the same in two generations."""

    view: str
    entity: str


class Incomplete(Exception):
    """A change of primary took away documents that were filled in. Build again; nothing was swapped."""


def build(
    source: NumberedLog, views: MongoViews, progress: Progress = lambda _: None
) -> Generation:
    """A new generation that shows the whole log as it stood at the start. Raises Incomplete."""
    generation = Generation(views.next_number(), source.head())
    views.create(generation.number)
    filling = {view: Filling(views, generation.number, view.name) for view in views.views}
    for subject, recorded in source.by_subject(generation.position):
        for view, into in filling.items():
            document = view.document(subject, recorded) if view.shows(subject) else None
            if document is not None:
                into.add(document)
        progress(len(recorded))
    for into in filling.values():
        into.finish()
    return generation


class Filling:
    """Inserts one view's documents in batches, and counts them at the end."""

    def __init__(self, views: MongoViews, number: int, view: str) -> None:
        self._views = views
        self._number = number
        self._view = view
        self._pending: list[Document] = []
        self._inserted = 0

    def add(self, document: Document) -> None:
        """Take one more document."""
        self._pending.append(document)
        if len(self._pending) >= INSERT_BATCH:
            self._insert()

    def finish(self) -> None:
        """Insert the rest. Raises Incomplete when not everything is there."""
        if self._pending:
            self._insert()
        if self._views.count(self._view, self._number) != self._inserted:
            raise Incomplete(self._view)

    def _insert(self) -> None:
        self._views.fill(self._number, self._view, self._pending)
        self._inserted += len(self._pending)
        self._pending = []


def catch_up(source: NumberedLog, views: MongoViews, built: Generation, until: int) -> Generation:
    """Bring a generation that nobody reads yet up to a position at least."""
    while built.position < until:
        batch = source.read(built.position, BATCH)
        views.put(built.number, documents_of(views.views, source, built.position, batch))
        built = Generation(built.number, batch[-1].position)
    return built


def rebuild(
    source: NumberedLog, views: MongoViews, progress: Progress = lambda _: None
) -> Generation:
    """Build, catch up and swap.

    The generation that was live stays until the next rebuild: whoever reads it at this moment reads on.
    """
    views.drop_older()
    built = build(source, views, progress)
    while not views.swap(built := catch_up(source, views, built, views.live().position)):
        continue
    return built


def differences(views: MongoViews, one: int, other: int) -> list[Difference]:
    """The entities whose documents differ in any byte between two generations."""
    return [
        Difference(view.name, str((left or right or {})["_id"]))
        for view in views.views
        for left, right in zip_longest(views.rows(view.name, one), views.rows(view.name, other))
        if left is None or right is None or bson.encode(left) != bson.encode(right)
    ]


def compare(
    source: NumberedLog, views: MongoViews, progress: Progress = lambda _: None
) -> list[Difference]:
    """Build beside the live views, show where they differ, and drop what was built.

    The live views must not move meanwhile; events that arrive in between show as differences.
    """
    built = build(source, views, progress)
    try:
        return differences(views, views.live().number, built.number)
    finally:
        views.drop(built.number)
