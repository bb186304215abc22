"""Which pages a role may open. The account is looked up at every request, so that what was taken away is gone at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, g, session

from contracts.command import Actor
from contracts.errors import Rejected
from services.gateway.identity.accounts import Account, Accounts
from services.gateway.identity.onward import send_to, to_sign_in

View = Callable[..., Any]


def accounts() -> Accounts:
    """The accounts of the people at the desk."""
    kept: Accounts = current_app.config["PEOPLE"]
    return kept


def signed_in() -> Account | None:
    """Whose session this is, if it is still worth something."""
    name = session.get("account")
    account = accounts().find(name) if name else None
    if account is None or account.disabled or account.generation != session.get("generation"):
        return None
    return account


def page_allowed(roles: frozenset[str], *, unfinished: bool = False) -> Callable[[View], View]:
    """Let a page be opened by these roles only; who that is stands in `g.actor` and `g.account`.

    `unfinished` pages are also for who still has to choose a password of their own.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            account = signed_in()
            if account is None:
                return to_sign_in()
            if account.must_change and not unfinished:
                return send_to("/account")
            _enter(account, roles)
            return view(*args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # which routes are open is tested
        return guarded

    return guard


def _enter(account: Account, roles: frozenset[str]) -> None:
    g.session, g.account = session, account
    g.actor = Actor(account.name, account.role)
    if account.role not in roles:
        raise Rejected("role_not_allowed", f"The role {account.role} may not do this.")
