"""The accounts of the people at the desk, one document each.

`generation` grows with everything that must end the account's sessions: another role, another password, another second
factor, being disabled. A session of an older generation is worth nothing, also when it was begun at the same moment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from contracts.roles import STAFF
from services.gateway.identity import passwords
from services.gateway.identity.claims import plain

Document = dict[str, Any]
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
LONGEST_FULL_NAME = 120


class AccountExists(Exception):
    """There is an account of this name."""


class NoSuchAccount(Exception):
    """There is no account of this name."""


class LinkedElsewhere(Exception):
    """Another account is linked to the same person at the identity provider."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in.

    `factor` is the sealed secret of the second factor, "" without one; `recovery` how many codes on paper are left;
    `openid` what the identity provider calls the person.
    """

    name: str
    full_name: str
    role: str
    password: str
    generation: int = 1
    disabled: bool = False
    must_change: bool = False
    factor: str = ""
    recovery: int = 0
    openid: str = ""


class Accounts:
    """Keeps accounts. Nobody's account is ever deleted: what they did names them."""

    def __init__(self, database: Database[Document]) -> None:
        self._kept = database["accounts"]

    def prepare(self) -> None:
        """Make the index that lets one person of the identity provider be one account."""
        linked = {"openid": {"$gt": ""}}
        self._kept.create_index("openid", unique=True, partialFilterExpression=linked)

    def find(self, name: str) -> Account | None:
        """The account of a name."""
        found = self._kept.find_one({"_id": name})
        return None if found is None else _account(found)

    def find_linked(self, openid: str) -> Account | None:
        """The account of a person at the identity provider."""
        found = self._kept.find_one({"openid": openid}) if openid else None
        return None if found is None else _account(found)

    def everybody(self) -> list[Account]:
        """All accounts by name; an office has a few dozen."""
        return [_account(found) for found in self._kept.find().sort("_id", 1)]

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
            self._kept.insert_one(kept)
        except DuplicateKeyError:
            raise AccountExists(name) from None

    def set_password(self, name: str, password: str, *, must_change: bool) -> None:
        """Give an account another password; its sessions end."""
        kept = passwords.hashed(password)
        self._change(name, {"password": kept, "must_change": must_change})

    def rehash(self, account: Account, password: str) -> None:
        """Keep the same password by today's rules; nothing ends."""
        same = {"_id": account.name, "password": account.password}
        self._kept.update_one(same, {"$set": {"password": passwords.hashed(password)}})

    def set_role(self, name: str, role: str) -> None:
        """Give an account another role; its sessions end."""
        if role not in STAFF:
            raise ValueError(f"no account may be {role!r}")
        self._change(name, {"role": role})

    def set_disabled(self, name: str, *, disabled: bool) -> None:
        """Close or open an account; its sessions end."""
        self._change(name, {"disabled": disabled})

    def set_factor(self, name: str, sealed: str, step: int, codes: Sequence[str]) -> None:
        """Give an account a second factor, whose code of `step` was used; its sessions end."""
        fields = {"factor": sealed, "factor_step": step, "codes": list(codes)}
        self._change(name, fields)

    def clear_factor(self, name: str) -> None:
        """Take the second factor away; the account's sessions end."""
        self._change(name, {"factor": "", "factor_step": 0, "codes": []})

    def use_step(self, name: str, step: int) -> bool:
        """Use the code of a period. False when it, or a later one, was used before."""
        later = {"_id": name, "factor_step": {"$lt": step}}
        done = self._kept.update_one(later, {"$set": {"factor_step": step}})
        return done.modified_count == 1

    def use_code(self, name: str, digest: str) -> bool:
        """Use a recovery code. False when there is none such, or no more."""
        done = self._kept.update_one({"_id": name, "codes": digest}, {"$pull": {"codes": digest}})
        return done.modified_count == 1

    def link(self, name: str, openid: str) -> None:
        """Say who the account is at the identity provider, "" for nobody. Raises LinkedElsewhere."""
        try:
            self._change(name, {"openid": plain(openid)})
        except DuplicateKeyError:
            raise LinkedElsewhere(openid) from None

    def _change(self, name: str, fields: Mapping[str, Any]) -> None:
        change = {"$set": dict(fields), "$inc": {"generation": 1}}
        if not self._kept.update_one({"_id": name}, change).matched_count:
            raise NoSuchAccount(name)


def _account(found: Document) -> Account:
    kept = {field: found[field] for field in Account.__dataclass_fields__ if field in found}
    return Account(name=found["_id"], **kept, recovery=len(found.get("codes", ())))
