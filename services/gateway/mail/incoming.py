"""Surat masuk: what people wrote to the office by e-mail, each message once, until it became a request or was dropped.

A message is known by where it lay (folder, UIDVALIDITY, UID) and, if it was delivered twice, by its Message-ID together
with what it says: a Message-ID alone hides nothing, because its sender chose it. All that it says is sealed. Some weeks
after it was settled its content is destroyed; that it was there stays. A report about a letter of ours is settled as it
comes: nobody has to make anything of it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from contracts.errors import Rejected
from services.gateway.mail.cipher import Cipher
from services.gateway.mail.reading import Message, Unreadable, read

Document = dict[str, Any]
WAITING, TAKEN, REGISTERED, DROPPED = "waiting", "taken", "registered", "dropped"
REPORT = "report"
STATES = (WAITING, TAKEN, REGISTERED, DROPPED, REPORT)
READABLE, BROKEN, TOO_LARGE = "readable", "broken", "too_large"
PART_BYTES = 1024 * 1024
# How long the content of what was settled is kept.
KEPT = timedelta(days=30)
_OPEN = (WAITING, TAKEN)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message lies in the mailbox."""

    folder: str
    validity: int
    uid: int

    @property
    def letter(self) -> str:
        """The id of the letter that it becomes."""
        return str(
            uuid5(NAMESPACE_URL, f"terbuka:incoming:{self.folder}:{self.validity}:{self.uid}")
        )


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as the mailbox hands it over: when the server got it, all of it or only its head, and how large it is."""

    place: Place
    received_at: datetime
    size: int
    raw: bytes
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report is about: a letter of the office, by the request or the objection that it was sent for."""

    request: str
    objection: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of a letter. Empty where nothing can be made of it."""

    name: str = ""
    address: str = ""
    subject: str = ""
    sent_at: str = ""
    files: int = 0


@dataclass(frozen=True, slots=True)
class IncomingLetter:
    """One letter. `kind` says whether it can be read; `copies` how often it came again."""

    id: str
    received_at: datetime
    size: int
    kind: str
    state: str
    summary: Summary
    copies: int = 0
    taken_by: str = ""
    taken_at: datetime | None = None
    request: str = ""
    objection: str = ""
    reason: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None
    forgotten: bool = False


class Incoming:
    """The letters that came in."""

    def __init__(self, database: Database[Document], cipher: Cipher, key: bytes) -> None:
        self._letters = database["incoming"]
        self._parts = database["incoming_parts"]
        self._cipher = cipher
        self._key = key

    def prepare(self) -> None:
        """Make the indexes."""
        self._letters.create_index([("state", 1), ("received_at", 1)])
        self._letters.create_index("same", unique=True)
        self._parts.create_index("letter")

    def store(self, arrived: Arrived, report: Reported | None = None) -> bool:
        """Keep a message; False if it is here already. When this returns, it may leave the mailbox."""
        id_ = arrived.place.letter
        if self._letters.find_one({"_id": id_}, {"_id": 1}) is not None:
            return False
        message = _read(arrived)
        document = {**self._document(id_, arrived, message), **_settled(report)}
        if self._came_before(document["same"]):
            return False
        self._write_parts(id_, arrived.raw)
        try:
            self._letters.insert_one(document)
        except DuplicateKeyError:  # another process was quicker
            return False
        return True

    def _document(self, id_: str, arrived: Arrived, message: Message | None) -> Document:
        kind = TOO_LARGE if not arrived.whole else READABLE if message else BROKEN
        summary = json.dumps(asdict(_summary(message))).encode()
        return {
            "_id": id_,
            "same": self._same(id_, arrived, message),
            "received_at": arrived.received_at,
            "size": arrived.size,
            "kind": kind,
            "state": WAITING,
            "copies": 0,
            "summary": self._cipher.close(summary, _place(id_)),
        }

    def _same(self, id_: str, arrived: Arrived, message: Message | None) -> str:
        """By what a message is known that came twice; keyed, because what it says may be guessed."""
        if message is None or not arrived.whole or not message.id:
            return id_
        said = [message.id, message.address, message.subject, message.text]
        files = [sha256(file.content).hexdigest() for file in message.files]
        text = json.dumps([*said, *files])
        return hmac.new(self._key, text.encode(), sha256).hexdigest()

    def _came_before(self, same: str) -> bool:
        again = {"$inc": {"copies": 1}}
        return self._letters.update_one({"same": same}, again).matched_count > 0

    def _write_parts(self, id_: str, raw: bytes) -> None:
        """Before the letter itself; a process that dies in between leaves parts that are written over when it comes again."""
        for number, part in enumerate(_cut(raw)):
            place = f"{_place(id_)}/{number}"
            kept = {"letter": id_, "number": number, "content": self._cipher.close(part, place)}
            self._parts.replace_one({"_id": place}, kept, upsert=True)

    def listed(self, state: str, most: int = 100) -> list[IncomingLetter]:
        """The letters in a state: those that wait, the oldest first; those that are settled, the newest."""
        way = 1 if state in _OPEN else -1
        found = self._letters.find({"state": state}).sort([("received_at", way)]).limit(most)
        return [self._letter(each) for each in found]

    def find(self, id_: str) -> IncomingLetter:
        """A letter. Raises Rejected where there is none."""
        found = self._letters.find_one({"_id": id_})
        if found is None:
            raise Rejected("not_found", "There is no such letter.")
        return self._letter(found)

    def raw(self, id_: str) -> bytes:
        """The message as it came; of one that was too large, its head. Empty once it was destroyed."""
        parts = self._parts.find({"letter": id_}).sort("number", 1)
        return b"".join(self._cipher.open(each["content"], each["_id"]) for each in parts)

    def message(self, id_: str) -> Message:
        """What a letter says. Raises reading.Unreadable."""
        return read(self.raw(id_))

    def take(self, id_: str, account: str, now: datetime) -> None:
        """Somebody makes a request of it. Not a lock: a colleague may take it over. Raises Rejected once it is settled."""
        self._change(id_, {"state": TAKEN, "taken_by": account, "taken_at": now})

    def register(self, id_: str, request: str, account: str, now: datetime) -> None:
        """It became a request. Raises Rejected once it is settled."""
        settled = {"state": REGISTERED, "request": request, "settled_by": account}
        self._change(id_, {**settled, "settled_at": now})

    def drop(self, id_: str, reason: str, account: str, now: datetime) -> None:
        """It becomes no request, for a reason. Raises Rejected once it is settled."""
        settled = {"state": DROPPED, "reason": reason, "settled_by": account}
        self._change(id_, {**settled, "settled_at": now})

    def _change(self, id_: str, fields: Document) -> None:
        open_ = {"_id": id_, "state": {"$in": list(_OPEN)}}
        if not self._letters.update_one(open_, {"$set": fields}).matched_count:
            raise Rejected("already_done", f"The letter is {self.find(id_).state}.")

    def forget(self, now: datetime) -> None:
        """Destroy the content of what was settled some weeks ago."""
        old = {"settled_at": {"$lt": now - KEPT}, "forgotten": {"$ne": True}}
        for each in self._letters.find(old, {"_id": 1}).limit(100):
            self._parts.delete_many({"letter": each["_id"]})
            gone = {"$set": {"forgotten": True}, "$unset": {"summary": ""}}
            self._letters.update_one({"_id": each["_id"]}, gone)

    def waiting(self) -> int:
        """How many letters nobody has settled."""
        return self._letters.count_documents({"state": {"$in": list(_OPEN)}})

    def waiting_since(self) -> datetime | None:
        """When the oldest of them came."""
        found = self._letters.find_one({"state": {"$in": list(_OPEN)}}, sort=[("received_at", 1)])
        return found["received_at"] if found else None

    def _letter(self, found: Document) -> IncomingLetter:
        names = {*IncomingLetter.__dataclass_fields__} - {"id", "summary"}
        fields = {name: found[name] for name in names if name in found}
        return IncomingLetter(id=found["_id"], summary=self._summary(found), **fields)

    def _summary(self, found: Document) -> Summary:
        sealed = found.get("summary")
        if sealed is None:
            return Summary()
        return Summary(**json.loads(self._cipher.open(sealed, _place(found["_id"]))))


def _read(arrived: Arrived) -> Message | None:
    try:
        return read(arrived.raw)
    except Unreadable:
        return None


def _summary(message: Message | None) -> Summary:
    if message is None:
        return Summary()
    sent_at = message.sent_at.isoformat() if message.sent_at else ""
    return Summary(message.name, message.address, message.subject, sent_at, len(message.files))


def _settled(report: Reported | None) -> Document:
    if report is None:
        return {}
    about = {"request": report.request, "objection": report.objection}
    return {**about, "state": REPORT, "settled_at": report.at}


def _cut(raw: bytes) -> Iterator[bytes]:
    for start in range(0, len(raw), PART_BYTES):
        yield raw[start : start + PART_BYTES]


def _place(id_: str) -> str:
    return f"incoming/{id_}"
