"""The vault: the only place where a person can be read, and only with a purpose that is written down.

Every field is encrypted in this process, with one key per applicant (MongoDB client-side field level encryption,
explicit mode); the keys are encrypted with the master key and lie in a database of their own, to be backed up apart.
Erasing destroys the key, and the ciphertext as well, because libmongocrypt keeps a key in memory for a minute.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from bson.binary import Binary
from pymongo import ASCENDING, MongoClient
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import BulkWriteError, DuplicateKeyError

from contracts.errors import Rejected
from eventlog.group import Group, Ticket
from eventlog.mongo.client import Document
from eventlog.mongo.log import DUPLICATE_KEY
from services.intake.cipher import Cipher, DataKey
from services.intake.single import PAPER, deep, flat
from telemetry import metrics

KEYS = "applicants"
# What a person can come with: a request, or an entry without one.
REQUEST, APPLICANT = "request/", "applicant/"
MOST_ALIKE = 500


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of the vault: the master key (96 bytes) and the key of the blind index."""

    master: bytes
    lookup: bytes


class Vault:
    """Applicants, encrypted field by field. Safe for many workers."""

    def __init__(
        self,
        client: MongoClient[Document],
        database: Database[Document],
        key_database: str,
        keys: Keys,
        now: Callable[[], datetime],
    ) -> None:
        self._people = database["applicants"]
        self._reads = database["applicant_reads"]
        self._keys = client[key_database][KEYS]
        self._lookup = keys.lookup
        self._now = now
        # What several workers want at the same moment goes to the database in one go.
        self._kept: Group[tuple[DataKey, Document], bool] = Group(self._insert)
        self._alike: Group[tuple[str, datetime], list[str]] = Group(self._find)
        self.cipher = Cipher(self._keys, keys.master)

    def prepare(self) -> None:
        """Create the indexes; harmless when they exist."""
        partial = {"keyAltNames": {"$exists": True}}
        self._keys.create_index(
            [("keyAltNames", ASCENDING)], unique=True, partialFilterExpression=partial
        )
        self._people.create_index([("applicant", ASCENDING)])
        self._people.create_index([("lookup", ASCENDING), ("at", ASCENDING)], sparse=True)
        self._people.create_index([("swept", ASCENDING), ("at", ASCENDING)])
        self._reads.create_index([("applicant", ASCENDING), ("at", ASCENDING)])

    def keep(self, applicant: str, revision: int, request: str, person: Mapping[str, Any]) -> None:
        """Store a new person, encrypted, with the subject of the request or entry that brought them.

        Storing the same again changes nothing.
        """
        key = self.cipher.new_key(applicant)
        document = self._document(key, applicant, revision, request, person)
        if not self._kept.submit((key, document)):
            again = self.key_of(applicant)
            with suppress(DuplicateKeyError):
                self._people.insert_one(self._document(again, applicant, revision, request, person))

    def correct(self, applicant: str, revision: int, person: Mapping[str, Any]) -> None:
        """Store a later revision under the applicant's own key, in place of one that was stored and never recorded.

        A correction without `documents` keeps the numbers that are known. Raises Rejected for an erased applicant. Who
        is erased meanwhile stays erased.
        """
        key = self.key_of(applicant)
        document = self._document(key, applicant, revision, "", person)
        if "documents" not in person:
            document["fields"] |= self._papers(applicant)
        self._people.replace_one({"_id": document["_id"]}, document, upsert=True)
        try:
            self.key_of(applicant)
        except Rejected:
            self.erase(applicant)
            raise

    def _papers(self, applicant: str) -> dict[str, Any]:
        """The numbers on papers as they stand in the newest revision, encrypted as they are."""
        known = self._newest(applicant)["fields"]
        return {name: value for name, value in known.items() if name.startswith(PAPER)}

    def _document(
        self,
        key: DataKey | Binary,
        applicant: str,
        revision: int,
        request: str,
        person: Mapping[str, Any],
    ) -> Document:
        return {
            "_id": f"{applicant}/{revision}",
            "applicant": applicant,
            "revision": revision,
            "request": request,
            "at": self._now(),
            **({"lookup": token} if (token := self.token(person)) else {}),
            "fields": self.cipher.encrypt(flat(person), key),
        }

    def _insert(self, tickets: Sequence[Ticket[tuple[DataKey, Document], bool]]) -> None:
        """Store keys, then what they encrypt. A ticket whose applicant has a key already is answered False."""
        known = _inserted(self._keys, [ticket.wish[0].document for ticket in tickets])
        new = [ticket.wish[1] for at, ticket in enumerate(tickets) if at not in known]
        if new:
            _inserted(self._people, new)
        for at, ticket in enumerate(tickets):
            ticket.succeed(at not in known)

    def key_of(self, applicant: str) -> Binary:
        """The applicant's own key, by its id. Raises Rejected for who has none any more."""
        found = self._keys.find_one({"keyAltNames": applicant}, {"_id": 1})
        if found is None:
            raise Rejected("applicant_erased", "The applicant's data were erased.")
        return Binary.from_uuid(found["_id"])  # read back as a UUID, as the client is set up

    def supplement(self, applicant: str, numbers: Mapping[str, str]) -> None:
        """Add the numbers of papers that came later to the newest revision."""
        document = self._newest(applicant)
        named = {f"{PAPER}{kind}": number for kind, number in numbers.items()}
        encrypted = self.cipher.encrypt(named, self.key_of(applicant))
        added = {f"fields.{name}": value for name, value in encrypted.items()}
        self._people.update_one({"_id": document["_id"]}, {"$set": added})

    def without_request(self, before: datetime, recorded: Callable[[str], bool]) -> list[str]:
        """Applicants kept before a time whose request or entry was never recorded: to be erased, and named until they are.

        Whose request was recorded is looked at once.
        """
        lonely = []
        unseen = {"swept": {"$exists": False}, "erased_at": {"$exists": False}}
        for document in self._people.find({**unseen, "revision": 1, "at": {"$lt": before}}):
            if recorded(document["request"]):
                self._people.update_one({"_id": document["_id"]}, {"$set": {"swept": True}})
            else:
                lonely.append(document["applicant"])
        return lonely

    def read(
        self, applicant: str, purpose: str, reader: str, at: datetime | None = None
    ) -> dict[str, Any]:
        """The newest revision of a person, or the newest at a time. The read is written down first, so none goes unseen.

        Raises Rejected for an unknown or erased applicant.
        """
        document = self._newest(applicant, at)
        self.write_down(applicant, {"purpose": purpose, "reader": reader})
        fields = {name: self.cipher.decrypt(value) for name, value in document["fields"].items()}
        return {
            "applicant_id": applicant,
            "applicant_revision": document["revision"],
            **deep(fields),
        }

    def write_down(self, applicant: str, read: Document) -> None:
        """Put a line into the access log, before what it is about is decrypted."""
        self._reads.insert_one({"applicant": applicant, **read, "at": self._now()})
        metrics.APPLICANT_READS.inc()

    def written_down(self, reading: str) -> Document | None:
        """A line of the access log that has an id."""
        return self._reads.find_one({"_id": reading})

    def _newest(self, applicant: str, at: datetime | None = None) -> Document:
        """The first revision belongs to every time: it was kept a moment before or after its request was recorded."""
        known = {"$or": [{"revision": 1}, {"at": {"$lte": at}}]} if at else {}
        document = self._people.find_one({"applicant": applicant, **known}, sort=[("revision", -1)])
        if document is None:
            raise Rejected("not_found", "There is no such applicant.")
        if "erased_at" in document:
            raise Rejected("applicant_erased", "The applicant's data were erased.")
        return document

    def came_with(self, applicant: str) -> str:
        """The subject that brought a person. Raises Rejected for an unknown or erased applicant."""
        self._newest(applicant)
        first = self._people.find_one({"_id": f"{applicant}/1"}, {"request": 1}) or {}
        return str(first.get("request", ""))

    def exists(self, applicant: str) -> bool:
        """Whether there is or was such an applicant."""
        return self._people.find_one({"applicant": applicant}, {"_id": 1}) is not None

    def erase(self, applicant: str) -> None:
        """Destroy the applicant's key and ciphertext. Doing it again changes nothing."""
        key = self._keys.find_one({"keyAltNames": applicant}, {"_id": 1})
        if key:
            self._keys.delete_one({"_id": key["_id"]})
        self._people.update_many(
            {"applicant": applicant},
            {"$set": {"fields": {}, "erased_at": self._now()}, "$unset": {"lookup": ""}},
        )

    def reads_of(self, applicant: str) -> list[Document]:
        """Who read the person, when and what for: the applicant may ask for it (UU 27/2022 art. 32)."""
        return list(
            self._reads.find({"applicant": applicant}, {"_id": 0}, sort=[("at", ASCENDING)])
        )

    def requests_of_same(self, person: Mapping[str, Any], since: datetime) -> list[str]:
        """What brought whoever has the same NIK, or the same entity number, since a time: requests and entries."""
        token = self.token(person)
        if not token:
            return []
        return self._alike.submit((token, since))

    def _find(self, tickets: Sequence[Ticket[tuple[str, datetime], list[str]]]) -> None:
        tokens, times = zip(*(ticket.wish for ticket in tickets), strict=True)
        query = {"lookup": {"$in": list(set(tokens))}, "at": {"$gte": min(times)}}
        found: dict[str, list[str]] = defaultdict(list)
        for document in self._people.find(query, {"request": 1, "lookup": 1}, limit=MOST_ALIKE):
            found[document["lookup"]].append(document["request"])
        for ticket in tickets:
            ticket.succeed(found[ticket.wish[0]])

    def token(self, person: Mapping[str, Any]) -> str:
        """A keyed hash to find the same applicant by; "" when there is nothing to go by. Gone with the erasure."""
        known = person.get("nik") or person.get("entity_approval_number")
        if not known:
            return ""
        return hmac.new(self._lookup, "".join(str(known).split()).encode(), sha256).hexdigest()


def _inserted(collection: Collection[Document], documents: Sequence[Any]) -> set[int]:
    """Insert documents; the places of those that were refused as duplicates."""
    try:
        collection.insert_many(documents, ordered=False)
    except BulkWriteError as error:
        faults = error.details.get("writeErrors") or [{}]
        if any(fault.get("code") != DUPLICATE_KEY for fault in faults):
            raise
        return {fault["index"] for fault in faults}
    return set()
