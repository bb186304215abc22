"""A lease: one holder at a time, by the database's own clock, with a token that fences off a holder who slept.

The token grows by one with every change of holder. Whoever writes under a lease makes the write conditional on the
token it holds; a holder that lost the lease without noticing then writes nothing.
"""

from __future__ import annotations

from time import monotonic

from pymongo import ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from eventlog.mongo.client import Document

# A lease is renewed when this part of it has passed: often enough never to lapse, and not at every look.
RENEWED_AFTER = 1 / 3


class Lease:
    """The right to do a job, for `seconds` at a time. For one thread."""

    def __init__(
        self, database: Database[Document], job: str, holder: str, seconds: float = 10
    ) -> None:
        self._leases = database["leases"]
        self._job = job
        self._holder = holder
        self._seconds = seconds
        self._token = 0
        self._renew_at = 0.0

    def hold(self) -> int:
        """Take, keep or renew the lease. Its token, or 0 when somebody else holds it."""
        if monotonic() >= self._renew_at:
            self._token = self._take()
            self._renew_at = monotonic() + self._seconds * RENEWED_AFTER
        return self._token

    def _take(self) -> int:
        mine = {"$eq": ["$holder", self._holder]}
        free = {"$expr": {"$or": [mine, {"$lt": ["$until", "$$NOW"]}]}}
        token = {"$cond": [mine, "$token", {"$add": ["$token", 1]}]}
        until = {"$add": ["$$NOW", int(self._seconds * 1000)]}
        self._make()
        document = self._leases.find_one_and_update(
            {"_id": self._job, **free},
            [{"$set": {"token": token, "holder": self._holder, "until": until}}],
            return_document=ReturnDocument.AFTER,
        )
        return int(document["token"]) if document else 0

    def _make(self) -> None:
        if self._leases.find_one({"_id": self._job}, {"_id": 1}) is None:
            try:
                self._leases.insert_one({"_id": self._job, "holder": "", "token": 0, "until": None})
            except DuplicateKeyError:
                return

    def release(self) -> None:
        """Let the next one take it at once."""
        self._renew_at = 0.0
        self._leases.update_one(
            {"_id": self._job, "holder": self._holder}, {"$set": {"until": None, "holder": ""}}
        )
