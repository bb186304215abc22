"""Which pages a role may open. The account is looked up at every request, so that what was taken away is gone at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, session

from contracts.command import Actor
from contracts.errors import Rejected
from services.gateway.identity.accounts import Account
from services.gateway.identity.onward import send_to, to_sign_in
from services.gateway.identity.tools import tools

View = Callable[..., Any]
OWN_PAGE, FACTOR_PAGE = "/account", "/account/second-factor"
BY_PASSWORD, BY_PROVIDER = "password", "provider"


def signed_in() -> Account | None:
    """Whose session this is, if it is still worth something."""
    name = session.get("account")
    account = tools().accounts.find(name) if name else None
    if account is None or account.disabled or account.generation != session.get("generation"):
        return None
    return account


def begin(account: Account, by: str) -> None:
    """From here on the session is the account's."""
    session.renew(account=account.name, generation=account.generation, by=by)  # type: ignore[attr-defined]  # ours


def go_on(name: str) -> None:
    """The account was changed by its own person: this session stays, every other ends."""
    account = tools().accounts.find(name)
    if account is not None:
        begin(account, session.get("by", BY_PASSWORD))


def owed(account: Account) -> str:
    """The page where somebody has to do something before any other, "" when nothing is owed.

    Who came by the identity provider showed there what was asked of them.
    """
    if session.get("by") == BY_PROVIDER:
        return ""
    if account.must_change:
        return OWN_PAGE
    lacks = account.role in tools().second_factor and not account.factor
    return FACTOR_PAGE if lacks else ""


def page_allowed(roles: frozenset[str], *, unfinished: bool = False) -> Callable[[View], View]:
    """Let a page be opened by these roles only; who that is stands in `g.actor` and `g.account`.

    `unfinished` pages are also for who still owes a password of their own or a second factor.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            account = signed_in()
            if account is None:
                return to_sign_in()
            first = "" if unfinished else owed(account)
            if first:
                return send_to(first)
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
