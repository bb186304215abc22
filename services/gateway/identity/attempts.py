"""Counts wrong passwords and codes, also for accounts that do not exist, so that both are answered alike.

An attempt is counted before the password is looked at: however many are made at once, no more are looked at than may be.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from services.gateway.identity.lockout import FORGOTTEN, wait_after

Document = dict[str, Any]
_TRIES = 20


class Attempts:
    """Wrong attempts by what they were made at: the name of an account, or its second factor."""

    def __init__(self, database: Database[Document], now: Callable[[], datetime]) -> None:
        self._kept = database["attempts"]
        self._now = now

    def prepare(self) -> None:
        """Make the index by which the database forgets."""
        self._kept.create_index("forgotten_at", expireAfterSeconds=0)

    def take(self, target: str) -> bool:
        """Count one attempt; answer whether it may be made now. A target that waits is not counted, or it waited for ever."""
        for _ in range(_TRIES):
            kept = self._kept.find_one({"_id": _digest(target)})
            if kept is not None and kept["free_at"] > self._now():
                return False
            if self._counted(target, kept):
                return True
        return False

    def forget(self, target: str) -> None:
        """It was the right one: the next slip is the first again."""
        self._kept.delete_one({"_id": _digest(target)})

    def _counted(self, target: str, kept: Document | None) -> bool:
        """Whether this attempt was counted, and not another that came between."""
        now = self._now()
        before = kept["failures"] if kept and kept["forgotten_at"] > now else 0
        counted = {
            "failures": before + 1,
            "free_at": now + wait_after(before + 1),
            "forgotten_at": now + FORGOTTEN,
        }
        if kept is not None:
            same = {"_id": kept["_id"], "failures": kept["failures"], "free_at": kept["free_at"]}
            return self._kept.update_one(same, {"$set": counted}).matched_count == 1
        try:
            self._kept.insert_one({"_id": _digest(target), **counted})
        except DuplicateKeyError:
            return False
        return True


def _digest(target: str) -> str:
    """People type their password where their name belongs: what was typed is not kept."""
    return sha256(target.encode("utf-8", "surrogateescape")).hexdigest()
