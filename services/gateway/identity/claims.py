"""What an identity provider says of a person, and what of it counts here: who they are, and a role only where one is mapped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contracts.roles import STAFF

Claims = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RoleMap:
    """Which values of a claim mean which role; empty where roles are kept here only."""

    claim: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.roles)

    def role(self, claims: Claims) -> str | None:
        """The one role that the claims mean. None when they mean none or several: then nobody knows which."""
        given = claims.get(self.claim)
        values = given if isinstance(given, list) else [given]
        meant = {
            self.roles[value] for value in values if isinstance(value, str) and value in self.roles
        }
        return meant.pop() if len(meant) == 1 else None


def role_map(text: str) -> RoleMap:
    """Read `groups: ppid-desk=desk, ppid-admin=administrator`. Raises ValueError for anything else but nothing."""
    if not text.strip():
        return RoleMap()
    claim, colon, pairs = text.partition(":")
    roles = dict(_pair(pair) for pair in pairs.split(","))
    if not colon or not claim.strip() or not set(roles.values()) <= STAFF:
        raise ValueError(f"no map of roles: {text}")
    return RoleMap(claim.strip(), roles)


def _pair(text: str) -> tuple[str, str]:
    value, equals, role = text.partition("=")
    if not equals or not value.strip():
        raise ValueError(f"no pair of value and role: {text}")
    return value.strip(), role.strip()


def person(claims: Claims, claim: str) -> str:
    """Who somebody is at the provider, "" when it does not vouch for it: an address that nobody verified may be anyone's."""
    value = claims.get(claim)
    if not isinstance(value, str) or (
        claim == "email" and claims.get("email_verified") is not True
    ):
        return ""
    return plain(value)


def plain(value: str) -> str:
    """One spelling of an e-mail address; everything else as it is."""
    return value.strip().lower() if "@" in value else value.strip()
