"""The vault's files: kept in parts, each encrypted with the applicant's own key, and unreadable when that key is gone.

An upload is a file whose parts have come so far. Nobody sees it before an event says that it is kept; one of which no
event speaks after a day is destroyed (`unrecorded`). What is read is written down first, as reading a person is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from contracts.attachments import MOST_BYTES, PART_BYTES, parts_of
from contracts.errors import Rejected
from eventlog.mongo.client import Document
from services.intake.vault import Vault

# An upload is kept while it is fresh; long after that it may be destroyed. In between nothing happens to it.
FRESH = timedelta(hours=1)
# How long what was written down as a read lets its parts be fetched.
READING = timedelta(hours=1)
# Parts that are taken from the database in one go when a whole file is checked: 2 MB.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """One read of one file, for a purpose. `id` is what its parts are asked for by."""

    id: str
    attachment: str
    purpose: str
    reader: str


class Files:
    """Files of applicants. Safe for many workers."""

    def __init__(
        self,
        database: Database[Document],
        vault: Vault,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._files = database["files"]
        self._parts = database["file_parts"]
        self._vault = vault
        self._now = now
        self._new_id = new_id

    def prepare(self) -> None:
        """Create the indexes; harmless when they exist."""
        self._files.create_index([("applicant", ASCENDING)])
        self._files.create_index([("settled", ASCENDING), ("at", ASCENDING)])
        self._parts.create_index([("file", ASCENDING), ("number", ASCENDING)], unique=True)
        self._parts.create_index([("applicant", ASCENDING)])

    def open(self, applicant: str, request: str) -> str:
        """Begin an upload; its id. Raises Rejected for an erased applicant."""
        self._vault.key_of(applicant)
        upload = self._new_id()
        self._files.insert_one(
            {"_id": upload, "applicant": applicant, "request": request, "at": self._now()}
        )
        return upload

    def add(self, upload: str, number: int, content: bytes) -> None:
        """Store one part, counted from 0. The same part again changes nothing.

        Raises Rejected when the upload is not open any more; who was erased meanwhile leaves nothing behind.
        """
        if not (0 <= number < parts_of(MOST_BYTES) and 0 < len(content) <= PART_BYTES):
            raise Rejected("upload_broken", "This is no part of a file.")
        applicant = str(self._open_upload(upload)["applicant"])
        hidden = self._vault.cipher.hide(content, self._vault.key_of(applicant))
        part = {"file": upload, "number": number, "applicant": applicant, "content": hidden}
        with suppress(DuplicateKeyError):
            self._parts.insert_one(part)
        if self._files.find_one({"_id": upload}, {"_id": 1}) is None:
            self._parts.delete_many({"file": upload})
            raise _broken()

    def _open_upload(self, upload: str) -> Document:
        fresh = {"_id": upload, "settled": {"$exists": False}, "at": {"$gt": self._now() - FRESH}}
        found = self._files.find_one(fresh)
        if found is None:
            raise _broken()
        return found

    def require_alive(self, applicant: str) -> None:
        """Raises Rejected for an erased applicant: nothing more of them is kept."""
        self._vault.key_of(applicant)

    def whole(self, upload: str, request: str, size: int, digest: str) -> None:
        """See that everything of an upload has come, by reading it. Raises Rejected when it has not."""
        document = self._open_upload(upload)
        seen, total, count = sha256(), 0, 0
        for part in self._parts.find({"file": upload}, sort=[("number", 1)], batch_size=AT_ONCE):
            content = self._vault.cipher.show(part["content"])
            seen.update(content)
            total += len(content)
            count += part["number"] == count
        told = (size, parts_of(size), digest.lower())
        complete = (total, count, seen.hexdigest()) == told
        if not complete or document["request"] != request:
            raise Rejected("upload_broken", "The file did not arrive whole. Send it again.")

    def read(self, applicant: str, reading: Reading) -> None:
        """Write down that somebody reads a file. Raises Rejected for an erased applicant."""
        self._vault.key_of(applicant)
        told = {"attachment": reading.attachment, "purpose": reading.purpose}
        self._vault.write_down(applicant, {"_id": reading.id, "reader": reading.reader, **told})

    def part(self, reading: str, number: int) -> bytes:
        """One part of a file whose reading was written down. Raises Rejected for anything else."""
        told = self._vault.written_down(reading)
        if told is None or told["at"] < self._now() - READING:
            raise Rejected("not_found", "There is no such reading.")
        self._vault.key_of(told["applicant"])
        found = self._parts.find_one({"file": told["attachment"], "number": number})
        if found is None:
            raise Rejected("not_found", "The file has no such part.")
        return self._vault.cipher.show(found["content"])

    def doubt(self, attachment: str) -> None:
        """Before a file is said to be dropped: if that is where it ends, the next sweep finds out what became of it."""
        again = {"$unset": {"settled": ""}, "$set": {"at": self._now()}}
        self._files.update_one({"_id": attachment}, again)

    def drop(self, attachment: str) -> None:
        """Destroy a file. Doing it again changes nothing."""
        self._files.delete_one({"_id": attachment})
        self._parts.delete_many({"file": attachment})

    def erase(self, applicant: str) -> None:
        """Destroy everything of an applicant whose key is gone. Parts go last: none is stored without its file."""
        self._files.delete_many({"applicant": applicant})
        self._parts.delete_many({"applicant": applicant})

    def unrecorded(self, before: datetime, recorded: Callable[[str, str], bool]) -> list[str]:
        """Files begun before a time of which no event says that they are kept: to be dropped, and named until they are.

        What is recorded is looked at once.
        """
        forgotten = []
        for document in self._files.find({"settled": {"$exists": False}, "at": {"$lt": before}}):
            if recorded(document["request"], document["_id"]):
                self._files.update_one({"_id": document["_id"]}, {"$set": {"settled": True}})
            else:
                forgotten.append(str(document["_id"]))
        return forgotten


def _broken() -> Rejected:
    return Rejected("upload_broken", "There is no such upload any more. Send the file again.")
