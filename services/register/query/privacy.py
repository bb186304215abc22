"""Questions about cases of personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from contracts.errors import Rejected
from eventlog.mongo.views import MongoViews

Shown = dict[str, Any]
MOST = 200


@dataclass(frozen=True, slots=True)
class PrivacyQuery:
    """Reads views; writes nothing. Whether a case is overdue is worked out when it is looked at."""

    views: MongoViews

    def case(self, subject: str) -> Shown:
        """One case as it stands. Raises Rejected when there is none."""
        found = self.views.collection("privacy").find_one({"_id": subject})
        if found is None:
            raise Rejected("not_found", "There is no such case.")
        return shown_at(found, _now())

    def cases(self, filters: Mapping[str, Any], after: str, limit: int) -> list[Shown]:
        """At most `limit` cases before a key."""
        now = _now()
        query: Shown = {"state": filters["state"]} if "state" in filters else {}
        if filters.get("overdue"):
            query |= {"state": "open", "due": {"$lt": now}}
        if after:
            query["_id"] = {"$lt": after}
        found = self.views.collection("privacy").find(
            query, sort=[("_id", -1)], limit=min(limit, MOST)
        )
        return [shown_at(each, now) for each in found]


def shown_at(case: Shown, now: str) -> Shown:
    """A case as a person sees it at a time (UTC)."""
    shown = {name: value for name, value in case.items() if name != "due"}
    return {**shown, "overdue": case["state"] == "open" and case["due"] < now}


def _now() -> str:
    return datetime.now(UTC).isoformat()
