"""What signing in works with, put together from settings and a database; for the pages and for the operator's command."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from pymongo.database import Database

from contracts.roles import STAFF
from eventlog.settings import Settings
from eventlog.store import utc_now
from services.gateway.identity.absences import Absences
from services.gateway.identity.accounts import Accounts, Document
from services.gateway.identity.attempts import Attempts
from services.gateway.identity.factor import FactorKeys
from services.gateway.identity.sessions import Lifetime, Sessions
from services.gateway.identity.trail import Trail


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything that is kept about people at the desk."""

    accounts: Accounts
    absences: Absences
    sessions: Sessions
    attempts: Attempts
    trail: Trail
    keys: FactorKeys
    second_factor: frozenset[str]
    now: Callable[[], datetime]

    def prepare(self) -> None:
        """Make the indexes."""
        for kept in (self.accounts, self.absences, self.sessions, self.attempts, self.trail):
            kept.prepare()


def open_tools(
    given: Settings, database: Database[Document], now: Callable[[], datetime] = utc_now
) -> Tools:
    """The tools on a database. Raises ValueError for a setting that nobody can follow."""
    lifetime = Lifetime(
        timedelta(minutes=float(given["session_idle_minutes"])),
        timedelta(hours=float(given["session_hours"])),
    )
    return Tools(
        accounts=Accounts(database),
        absences=Absences(database, now),
        sessions=Sessions(database, lifetime, now),
        attempts=Attempts(database, now),
        trail=Trail(database, now),
        keys=FactorKeys(derived(given.secret("gateway_key_file"), b"factor")),
        second_factor=roles_of(str(given["second_factor_roles"])),
        now=now,
    )


def derived(key: bytes, purpose: bytes) -> bytes:
    """A key for one purpose, from which neither the secret nor a key for another can be found."""
    return hmac.digest(key, b"terbuka:gateway:" + purpose, "sha256")


def roles_of(listed: str) -> frozenset[str]:
    """Roles in a list with commas."""
    named = frozenset(name.strip() for name in listed.split(",") if name.strip())
    if not named <= STAFF:
        raise ValueError(f"no such role: {', '.join(sorted(named - STAFF))}")
    return named


def tools() -> Tools:
    """The tools of this application."""
    kept: Tools = current_app.config["IDENTITY"]
    return kept
