"""What somebody types and has not sent yet: one draft an account, encrypted, gone after a day. No event ever knows of it.

A draft belongs to one form, known by the form's key. Once that form was received, a late save of it is ignored: what
was sent must not come back as if it were not.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from eventlog.settings import Settings
from services.gateway.identity.tools import derived

Document = dict[str, Any]
Typed = tuple[tuple[str, str], ...]
NONCE_BYTES = 12
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Draft:
    """A form's fields as they were typed, in order; a name may stand there several times."""

    key: str
    typed: Typed
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """The last form of an account that was received, and the request it became."""

    request: str
    at: datetime


def as_set(given: Settings, database: Database[Document], now: Callable[[], datetime]) -> Drafts:
    """Drafts as the settings say."""
    key = derived(given.secret("gateway_key_file"), b"drafts")
    kept = Drafts(database, key, timedelta(hours=float(given["draft_hours"])), now)
    kept.prepare()
    return kept


class Drafts:
    """Keeps drafts in the gateway's database. The database removes what is too old."""

    def __init__(
        self,
        database: Database[Document],
        key: bytes,
        lifetime: timedelta,
        now: Callable[[], datetime],
    ) -> None:
        self._kept = database["drafts"]
        self._cipher = AESGCM(key)
        self._lifetime = lifetime
        self._now = now

    def prepare(self) -> None:
        """Make the index."""
        self._kept.create_index("ends_at", expireAfterSeconds=0)

    def keep(self, account: str, key: str, typed: Iterable[tuple[str, str]]) -> datetime | None:
        """Keep what was typed in place of what was kept before; answer when. None for a form that was received already."""
        now = self._now()
        kept = {"key": key, "content": self._closed(account, typed), "kept_at": now}
        try:
            self._kept.update_one(
                {"_id": account, "sent.key": {"$ne": key}},
                {"$set": {**kept, "ends_at": now + self._lifetime}},
                upsert=True,
            )
        except DuplicateKeyError:
            return None
        return now

    def find(self, account: str) -> Draft | None:
        """The draft of an account, as long as it is kept."""
        found = self._found(account)
        if found is None or "content" not in found:
            return None
        try:
            typed = self._opened(account, found["content"])
        except InvalidTag:
            # the key was changed since: nobody can read it any more
            log.warning("draft_unreadable")
            return None
        return Draft(found["key"], typed, found["kept_at"])

    def drop(self, account: str) -> None:
        """Throw the draft of an account away."""
        gone = {"key": "", "content": "", "kept_at": ""}
        self._kept.update_one({"_id": account}, {"$unset": gone})

    def finish(self, account: str, key: str, request: str) -> None:
        """The form was received as a request: its draft is thrown away, and no late save brings it back."""
        now = self._now()
        sent = {"key": key, "request": request, "at": now}
        kept = {"_id": account, "sent": sent, "ends_at": now + self._lifetime}
        self._kept.replace_one({"_id": account}, kept, upsert=True)

    def last_sent(self, account: str) -> Sent | None:
        """The last form of an account that was received, for who comes back from a power cut."""
        sent = (self._found(account) or {}).get("sent")
        return None if sent is None else Sent(sent["request"], sent["at"])

    def _found(self, account: str) -> Document | None:
        return self._kept.find_one({"_id": account, "ends_at": {"$gt": self._now()}})

    def _closed(self, account: str, typed: Iterable[tuple[str, str]]) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        text = json.dumps(list(typed)).encode()
        return nonce + self._cipher.encrypt(nonce, text, account.encode())

    def _opened(self, account: str, content: bytes) -> Typed:
        nonce, closed = content[:NONCE_BYTES], content[NONCE_BYTES:]
        text = self._cipher.decrypt(nonce, closed, account.encode())
        return tuple((name, value) for name, value in json.loads(text))
