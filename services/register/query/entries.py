"""Questions about the list of public and the list of exempt information."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.errors import Rejected
from eventlog.mongo.views import MongoViews
from services.register.query.requests import MOST

Shown = dict[str, Any]
SEARCHED = ("title", "unit", "responsible", "decree", "statute", "location")


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """Reads; writes nothing. Pages go by key."""

    views: MongoViews

    def entries(self, kind: str, after: str, limit: int, q: str = "", on: str = "") -> list[Shown]:
        """The entries of one list by key: all of them, those that say a word, those that count on a day."""
        query = {"list": kind, "_id": {"$gt": after}, **_saying(q), **_standing(on)}
        found = self.views.collection("entries").find(
            query, sort=[("_id", 1)], limit=min(limit, MOST)
        )
        return list(found)

    def entry(self, subject: str) -> Shown:
        """One entry of a list. Raises Rejected when there is none."""
        found = self.views.collection("entries").find_one({"_id": subject})
        if found is None:
            raise Rejected("not_found", "There is no such entry.")
        return found


def _saying(q: str) -> Mapping[str, Any]:
    """A list has some hundreds of entries, which are looked through one by one."""
    if not q:
        return {}
    pattern = {"$regex": re.escape(q), "$options": "i"}
    return {"$or": [{name: pattern} for name in SEARCHED]}


def _standing(on: str) -> Mapping[str, Any]:
    """Neither revoked nor run out; days are compared as they are written."""
    if not on:
        return {}
    return {"revoked_at": None, "$nor": [{"valid_to": {"$lt": on}}]}
