"""Who else has a case open. A courtesy between colleagues, not a lock: what two people do is settled by versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from pymongo.database import Database

Document = dict[str, Any]
LOOKING = timedelta(minutes=3)


class Presence:
    """Remembers for a few minutes who opened which case."""

    def __init__(self, database: Database[Document], now: Callable[[], datetime]) -> None:
        self._open = database["presence"]
        self._now = now

    def prepare(self) -> None:
        """Create the indexes; harmless when they exist."""
        self._open.create_index("at", expireAfterSeconds=int(LOOKING.total_seconds()))
        self._open.create_index([("case", 1), ("at", 1)])

    def enter(self, case: str, account: str, name: str) -> list[str]:
        """Somebody opens a case; the names of those who opened it just before."""
        now = self._now()
        seen = {"case": case, "account": account, "name": name, "at": now}
        self._open.replace_one({"_id": f"{case}:{account}"}, seen, upsert=True)
        others = {"case": case, "account": {"$ne": account}, "at": {"$gt": now - LOOKING}}
        return sorted(each["name"] for each in self._open.find(others))
