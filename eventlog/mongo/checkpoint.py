"""How far a reader of a log has come, kept with the fencing token of the one who read."""

from __future__ import annotations

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from eventlog.mongo.client import Document


class Fenced(Exception):
    """Somebody else has taken over this job since. Stop; nothing was written."""


class Checkpoint:
    """A position that only moves forward, and only for the newest holder of the job."""

    def __init__(self, database: Database[Document], job: str) -> None:
        # A checkpoint that a crash takes back only makes its reader do some work again, which does no harm: it need
        # not wait for the disk.
        self._checkpoints = database["checkpoints"].with_options(
            write_concern=WriteConcern(w=1, j=False), read_concern=ReadConcern("local")
        )
        self._job = job

    def position(self) -> int:
        """The last position done, 0 at the beginning."""
        document = self._checkpoints.find_one({"_id": self._job})
        return document["position"] if document else 0

    def advance(self, position: int, token: int) -> None:
        """Note that everything up to `position` is done. Raises Fenced for an older token or position."""
        allowed = {"_id": self._job, "token": {"$lte": token}, "position": {"$lte": position}}
        try:
            self._checkpoints.update_one(
                allowed, {"$set": {"position": position, "token": token}}, upsert=True
            )
        except DuplicateKeyError:
            raise Fenced(self._job) from None
