"""What waits, by what has to be done about it: the desk's day. Each pile is counted up to a limit and shows what is due first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eventlog.mongo.views import MongoViews

Shown = dict[str, Any]
# A page says "1000 or more": nobody works through so many by looking at them.
MOST_COUNTED = 1_000
_ON_TOP = 8


@dataclass(frozen=True, slots=True)
class WorkQuery:
    """Reads views; writes nothing."""

    views: MongoViews

    def piles(self, today: str, soon_until: str) -> dict[str, Shown]:
        """Every pile: how many requests lie in it, and those on top."""
        return {name: self._pile(query) for name, query in piles(today, soon_until).items()}

    def pile_of(self, account: str) -> Shown:
        """The same of the open requests that are one account's work."""
        return self._pile({"assignee": account, "open": True})

    def _pile(self, query: Mapping[str, Any]) -> Shown:
        requests = self.views.collection("requests")
        found = requests.find(query, sort=[("due_on", 1), ("_id", 1)], limit=_ON_TOP)
        items = list(found)
        full = len(items) == _ON_TOP
        count = requests.count_documents(query, limit=MOST_COUNTED) if full else len(items)
        return {"count": count, "items": items}


def piles(today: str, soon_until: str) -> dict[str, Shown]:
    """The database's words for each pile. Days are ISO dates, `soon_until` the last one that is near."""
    return {
        "overdue": {"open": True, "due_on": {"$lt": today}},
        "due_today": {"open": True, "due_on": today},
        "due_soon": {"open": True, "due_on": {"$gt": today, "$lte": soon_until}},
        "waiting_for_applicant": {"state": "incomplete"},
        "to_classify": {"state": "submitted"},
        "to_escalate": {"state": {"$in": ["exempt", "coordination"]}, "escalated_at": None},
        "to_decide": {"state": "coordination", "escalated_at": {"$ne": None}},
        "to_notify": {"state": "decided"},
        "to_hand_over": {"state": {"$in": ["available", "notified"]}},
        "to_close": {"state": "delivered"},
    }
