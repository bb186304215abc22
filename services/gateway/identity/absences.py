"""Who of the office is away from when to when, and who stands in for them meanwhile.

An absence is added, may be ended early, and is never changed or removed. It gives nobody a right: what a role may do is
asked at every order, of whoever gives it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.database import Database

Document = dict[str, Any]
Check = Callable[[Sequence["Absence"]], None]
MOST_SHOWN = 200
_ADDED = {"_id": "absences"}


@dataclass(frozen=True, slots=True)
class Absence:
    """`account` is away from `first` to `last`, both included; `note` is the hand-over note for the deputy."""

    id: str
    account: str
    deputy: str
    first: date
    last: date
    note: str
    named_by: str
    named_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""

    def meets(self, first: date, last: date) -> bool:
        """Whether it has a day in common with a span of days."""
        return self.first <= last and first <= self.last

    def state(self, today: date) -> str:
        """How it stands: `ended` early, `over`, `planned` or `running`."""
        if self.ended_at is not None:
            return "ended"
        if self.last < today:
            return "over"
        return "planned" if today < self.first else "running"


class Absences:
    """Keeps absences. Days are written as ISO dates, so that they can be compared."""

    def __init__(self, database: Database[Document], now: Callable[[], datetime]) -> None:
        self._client = database.client
        self._kept = database["absences"]
        self._counters = database["counters"]
        self._now = now

    def prepare(self) -> None:
        """Make the indexes of the questions that are asked, and what makes those who add wait for each other."""
        self._counters.update_one(_ADDED, {"$setOnInsert": {"added": 0}}, upsert=True)
        self._kept.create_index([("last", -1), ("_id", -1)])
        self._kept.create_index([("account", 1), ("last", -1)])
        self._kept.create_index([("deputy", 1), ("last", -1)])

    def add(self, absence: Absence, check: Check) -> bool:
        """Add an absence unless `check` raises, given all that were not ended and are not over when it begins.

        Two that are added at the same moment come one after the other: the second is checked against the first. False
        when it was added before: the same form was sent twice.
        """

        def adding(session: ClientSession) -> bool:
            self._counters.update_one(_ADDED, {"$inc": {"added": 1}}, session=session)
            if self._kept.find_one({"_id": absence.id}, session=session):
                return False
            open_ = {"ended_at": None, "last": {"$gte": absence.first.isoformat()}}
            check([_absence(found) for found in self._kept.find(open_, session=session)])
            self._kept.insert_one(_document(absence), session=session)
            return True

        with self._client.start_session() as session:
            return session.with_transaction(adding)

    def end(self, id_: str, account: str, by: str, today: date) -> bool:
        """End an absence of an account before its time. False when there is none, or it is over."""
        running = {
            "_id": id_,
            "account": account,
            "ended_at": None,
            "last": {"$gte": today.isoformat()},
        }
        ended = {"$set": {"ended_at": self._now(), "ended_by": by}}
        return self._kept.update_one(running, ended).modified_count == 1

    def on(self, day: date) -> list[Absence]:
        """Those that run on a day."""
        text = day.isoformat()
        return self._found({"ended_at": None, "first": {"$lte": text}, "last": {"$gte": text}})

    def of(self, account: str) -> list[Absence]:
        """Of one account, the latest first."""
        return self._found({"account": account})

    def for_deputy(self, account: str, today: date) -> list[Absence]:
        """In which an account stands in, or will."""
        open_ = {"ended_at": None, "last": {"$gte": today.isoformat()}}
        return self._found({"deputy": account, **open_})

    def everybodys(self) -> list[Absence]:
        """Of everybody, the latest first."""
        return self._found({})

    def _found(self, asked: Document) -> list[Absence]:
        found = self._kept.find(asked).sort([("last", -1), ("_id", -1)]).limit(MOST_SHOWN)
        return [_absence(each) for each in found]


def _document(absence: Absence) -> Document:
    kept = {name: getattr(absence, name) for name in Absence.__dataclass_fields__ if name != "id"}
    days = {"first": absence.first.isoformat(), "last": absence.last.isoformat()}
    return {"_id": absence.id, **kept, **days}


def _absence(found: Document) -> Absence:
    kept = {name: found[name] for name in Absence.__dataclass_fields__ if name in found}
    days = {name: date.fromisoformat(found[name]) for name in ("first", "last")}
    return Absence(id=found["_id"], **{**kept, **days})
