"""How a commit looks in the database, and back: `_id` is its position, the events are CloudEvents.

`number` is the last number it took of its `series`, `taken` all of them: one, or a list, into which the unique index
looks. The last has an index of its own, because no index over lists can tell quickly which is the highest.
"""

from __future__ import annotations

from typing import Any

from pymongo import ASCENDING, IndexModel

from contracts.envelope import to_cloudevent
from eventlog.log import Appended, Commit
from eventlog.mongo.client import Document
from eventlog.upcast import read_event

INDEXES = (
    IndexModel([("stream", ASCENDING), ("first", ASCENDING)], unique=True, name="stream_version"),
    IndexModel([("command", ASCENDING)], unique=True, name="command"),
    IndexModel([("events.id", ASCENDING)], unique=True, name="event"),
    IndexModel(
        [("series", ASCENDING), ("number", ASCENDING)],
        unique=True,
        name="series_number",
        partialFilterExpression={"number": {"$gt": 0}},
    ),
    IndexModel(
        [("series", ASCENDING), ("taken", ASCENDING)],
        unique=True,
        name="series_taken",
        partialFilterExpression={"taken": {"$gt": 0}},
    ),
)


def to_document(commit: Commit, position: int, number: int) -> Document:
    """The one document that holds a commit. Raises InvalidFact when its events do not fit the catalogue."""
    events = commit.events(number)
    if not events or len({event.id for event in events}) != len(events):
        raise ValueError("a commit holds events, each with an id of its own")
    return {
        "_id": position,
        "stream": commit.stream,
        "first": commit.expected + 1,
        "last": commit.expected + len(events),
        "command": commit.command_id,
        "fingerprint": commit.fingerprint,
        **_taken(commit, number),
        "events": [to_cloudevent(event) for event in events],
    }


def _taken(commit: Commit, number: int) -> dict[str, Any]:
    if not commit.series:
        return {}
    if commit.claim or commit.count == 1:
        return {"series": commit.series, "number": number, "taken": number}
    taken = list(range(number, number + commit.count))
    return {"series": commit.series, "number": taken[-1], "taken": taken}


def from_document(document: Document, *, repeated: bool = False) -> Appended:
    """What was written, its events in their current versions."""
    return Appended(
        position=document["_id"],
        stream=document["stream"],
        version=document["last"],
        events=tuple(read_event(event) for event in document["events"]),
        fingerprint=document["fingerprint"],
        repeated=repeated,
    )
