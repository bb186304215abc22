"""Sessions, kept in the gateway's database: the browser holds 32 random bytes, the database only their SHA-256.

A session ends after a time without use and after a working day at the latest. Who signs in gets a new one. It is read
when a page first asks for it, so that what needs none (the API, files, operators' questions) costs nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SessionInterface, SessionMixin
from pymongo.collection import Collection
from pymongo.database import Database

Document = dict[str, Any]
COOKIE = "terbuka_session"
ID_BYTES = 32
_SECONDS_BETWEEN_TOUCHES = 60


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lives without use, and at all."""

    idle: timedelta
    absolute: timedelta

    def end(self, started: datetime, seen: datetime) -> datetime:
        """When a session ends that was last seen then."""
        return min(started + self.absolute, seen + self.idle)


class Session(SessionMixin):
    """One visitor's session: a dictionary that is read at its first use and written at the end of the request."""

    def __init__(self, sessions: Sessions, key: str) -> None:
        self._sessions = sessions
        self.key = key
        self._record: Document | None = None
        self._content: dict[str, Any] | None = None
        self._before: dict[str, Any] = {}
        self.renewed = False

    def renew(self, **content: Any) -> None:
        """Somebody came in or went out: go on under another id, and with nothing but this."""
        self._loaded()
        self._content = content
        self.renewed = True

    def _loaded(self) -> dict[str, Any]:
        if self._content is None:
            self._record = self._sessions.read(self.key) if self.key else None
            self._before = dict(self._record["content"]) if self._record else {}
            self._content = dict(self._before)
        return self._content

    def keep(self) -> bool:
        """Write what changed; answer whether the browser has to learn of another id."""
        if self._content is None:
            return False
        if self._record is None or self.renewed:
            return self._replace(self._content)
        self._sessions.update(self._record, _changes(self._before, self._content))
        return False

    def _replace(self, content: Mapping[str, Any]) -> bool:
        if self._record is not None:
            self._sessions.remove(self._record)
        had = bool(self.key)
        self.key = self._sessions.add(content) if content else ""
        return had or bool(self.key)

    def __getitem__(self, name: str) -> Any:
        return self._loaded()[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._loaded()[name] = value

    def __delitem__(self, name: str) -> None:
        del self._loaded()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded())

    def __len__(self) -> int:
        return len(self._loaded())


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Document:
    """What two requests of one visitor change at the same time, both keep: only fields that differ are written."""
    changed = {
        f"content.{name}": value
        for name, value in after.items()
        if name not in before or before[name] != value
    }
    gone = {f"content.{name}": "" for name in before if name not in after}
    return {**({"$set": changed} if changed else {}), **({"$unset": gone} if gone else {})}


class Sessions:
    """The sessions of everybody. The database removes what has ended."""

    def __init__(
        self, database: Database[Document], lifetime: Lifetime, now: Callable[[], datetime]
    ) -> None:
        self._kept: Collection[Document] = database["sessions"]
        self._lifetime = lifetime
        self._now = now

    def prepare(self) -> None:
        """Make the indexes."""
        self._kept.create_index("ends_at", expireAfterSeconds=0)
        self._kept.create_index("content.account", sparse=True)

    def read(self, key: str) -> Document | None:
        """The session of a key that has not ended."""
        return self._kept.find_one({"_id": _digest(key), "ends_at": {"$gt": self._now()}})

    def add(self, content: Mapping[str, Any]) -> str:
        """Begin a session; answer its key, which is kept nowhere."""
        key, now = secrets.token_urlsafe(ID_BYTES), self._now()
        self._kept.insert_one(
            {
                "_id": _digest(key),
                "content": dict(content),
                "started_at": now,
                "seen_at": now,
                "ends_at": self._lifetime.end(now, now),
            }
        )
        return key

    def update(self, record: Document, changes: Document) -> None:
        """Write changes, and from time to time that the session was used. What was ended meanwhile stays ended."""
        now = self._now()
        if now - record["seen_at"] >= timedelta(seconds=_SECONDS_BETWEEN_TOUCHES):
            seen = {"seen_at": now, "ends_at": self._lifetime.end(record["started_at"], now)}
            changes = {**changes, "$set": {**changes.get("$set", {}), **seen}}
        if changes:
            self._kept.update_one({"_id": record["_id"]}, changes)

    def remove(self, record: Document) -> None:
        """End a session."""
        self._kept.delete_one({"_id": record["_id"]})

    def end_all(self, account: str) -> None:
        """End every session of an account."""
        self._kept.delete_many({"content.account": account})


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


class MongoSessions(SessionInterface):
    """What Flask asks for a session. `always_secure` where people come by https only, whatever the request says."""

    def __init__(self, sessions: Sessions, *, always_secure: bool) -> None:
        self._sessions = sessions
        self._always_secure = always_secure

    def open_session(self, app: Flask, request: Request) -> Session:  # noqa: ARG002  # Flask passes both
        """The visitor's session, not read yet."""
        return Session(self._sessions, request.cookies.get(COOKIE, ""))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002  # as above
        """Write it, and tell the browser its new id. What was made for one visitor no cache may keep."""
        if not isinstance(session, Session) or not session.accessed:
            return
        response.vary.add("Cookie")
        response.headers.setdefault("Cache-Control", "no-store")
        if not session.keep():
            return
        if session.key:
            secure = self._always_secure or request.is_secure
            response.set_cookie(COOKIE, session.key, httponly=True, samesite="Lax", secure=secure)
        else:
            response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
