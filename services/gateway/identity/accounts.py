"""The accounts of the people at the desk, one document each.

`generation` grows with everything that must end the account's sessions: another role, another password, being disabled.
A session of an older generation is worth nothing, also when it was begun at the same moment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from contracts.roles import STAFF
from services.gateway.identity import passwords

Document = dict[str, Any]
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
LONGEST_FULL_NAME = 120


class AccountExists(Exception):
    """There is an account of this name."""


class NoSuchAccount(Exception):
    """There is no account of this name."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in."""

    name: str
    full_name: str
    role: str
    password: str
    generation: int = 1
    disabled: bool = False
    must_change: bool = False


class Accounts:
    """Keeps accounts. Nobody's account is ever deleted: what they did names them."""

    def __init__(self, database: Database[Document]) -> None:
        self._accounts = database["accounts"]

    def find(self, name: str) -> Account | None:
        """The account of a name."""
        found = self._accounts.find_one({"_id": name})
        return None if found is None else _account(found)

    def everybody(self) -> list[Account]:
        """All accounts by name; an office has a few dozen."""
        return [_account(found) for found in self._accounts.find().sort("_id", 1)]

    def create(
        self,
        name: str,
        full_name: str,
        role: str,
        password: str,
        at: datetime,
        *,
        must_change: bool,
    ) -> None:
        """Add an account. Raises AccountExists; ValueError for a name or a role that no account may have."""
        if not NAME.fullmatch(name) or role not in STAFF:
            raise ValueError(f"no account may be called {name!r} as {role!r}")
        kept = {
            "_id": name,
            "full_name": full_name,
            "role": role,
            "password": passwords.hashed(password),
            "generation": 1,
            "disabled": False,
            "must_change": must_change,
            "created_at": at,
        }
        try:
            self._accounts.insert_one(kept)
        except DuplicateKeyError:
            raise AccountExists(name) from None

    def set_password(self, name: str, password: str, *, must_change: bool) -> None:
        """Give an account another password; its sessions end."""
        kept = passwords.hashed(password)
        self._change(name, {"password": kept, "must_change": must_change})

    def rehash(self, account: Account, password: str) -> None:
        """Keep the same password by today's rules; nothing ends."""
        same = {"_id": account.name, "password": account.password}
        self._accounts.update_one(same, {"$set": {"password": passwords.hashed(password)}})

    def set_role(self, name: str, role: str) -> None:
        """Give an account another role; its sessions end."""
        if role not in STAFF:
            raise ValueError(f"no account may be {role!r}")
        self._change(name, {"role": role})

    def set_disabled(self, name: str, *, disabled: bool) -> None:
        """Close or open an account; its sessions end."""
        self._change(name, {"disabled": disabled})

    def _change(self, name: str, fields: Mapping[str, Any]) -> None:
        done = self._accounts.update_one(
            {"_id": name}, {"$set": dict(fields), "$inc": {"generation": 1}}
        )
        if not done.matched_count:
            raise NoSuchAccount(name)


def _account(found: Document) -> Account:
    return Account(
        name=found["_id"],
        **{field: found[field] for field in Account.__dataclass_fields__ if field in found},
    )
