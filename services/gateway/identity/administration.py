"""What an administrator or an operator does to accounts: each change ends what it must end, and leaves a line."""

from __future__ import annotations

from collections.abc import Mapping

from services.gateway.identity import passwords, trail
from services.gateway.identity.tools import Tools


class Administration:
    """Changes accounts in somebody's name. All methods raise NoSuchAccount, and ValueError for what no account may be."""

    def __init__(self, tools: Tools, by: str, address: str = "") -> None:
        self._tools = tools
        self._by = by
        self._address = address

    def create(self, name: str, full_name: str, role: str, password: str = "") -> str:
        """Add an account; answer its password, made up if none is given and then for one use. Raises AccountExists."""
        made = password or passwords.generated()
        self._tools.accounts.create(
            name, full_name, role, made, self._tools.now(), must_change=not password
        )
        self._line(trail.CREATED, name, {"role": role})
        return made

    def password(self, name: str, password: str = "") -> str:
        """Give an account another password, as above; who was locked out may try again."""
        made = password or passwords.generated()
        self._tools.accounts.set_password(name, made, must_change=not password)
        self._ended(trail.PASSWORD_CHANGED, name)
        self._free(name)
        return made

    def role(self, name: str, role: str) -> None:
        """Give an account another role."""
        self._tools.accounts.set_role(name, role)
        self._ended(trail.ROLE_CHANGED, name, {"role": role})

    def disable(self, name: str) -> None:
        """Let nobody sign in by this account."""
        self._tools.accounts.set_disabled(name, disabled=True)
        self._ended(trail.DISABLED, name)

    def enable(self, name: str) -> None:
        """Let the account's person sign in again, also if they were locked out."""
        self._tools.accounts.set_disabled(name, disabled=False)
        self._ended(trail.ENABLED, name)
        self._free(name)

    def reset_factor(self, name: str) -> None:
        """Take the second factor away from who lost it."""
        self._tools.accounts.clear_factor(name)
        self._ended(trail.FACTOR_REMOVED, name)
        self._free(name)

    def link(self, name: str, openid: str) -> None:
        """Say who the account is at the identity provider. Raises LinkedElsewhere."""
        self._tools.accounts.link(name, openid)
        self._ended(trail.LINKED, name)

    def _ended(self, kind: str, name: str, about: Mapping[str, str] | None = None) -> None:
        self._tools.sessions.end_all(name)
        self._line(kind, name, about)

    def _line(self, kind: str, name: str, about: Mapping[str, str] | None = None) -> None:
        self._tools.trail.add(kind, name, by=self._by, address=self._address, about=about)

    def _free(self, name: str) -> None:
        for target in (name, f"code:{name}"):
            self._tools.attempts.forget(target)
