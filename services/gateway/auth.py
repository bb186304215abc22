"""Who is calling: bearer tokens, each of one account in one role. Only their hashes are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import current_app, g, request

from contracts.command import Actor
from contracts.errors import Rejected

Accounts = Mapping[str, Actor]


def accounts(tokens: bytes) -> Accounts:
    """The accounts of a tokens file: {sha256 of the token: {account, role}}."""
    return {digest: Actor(**actor) for digest, actor in json.loads(tokens).items()}


def authenticate() -> Actor:
    """The caller. Raises Rejected without a known token."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Rejected("token_missing", "Send an Authorization header with a bearer token.")
    known: Accounts = current_app.config["ACCOUNTS"]
    actor = known.get(sha256(token.strip().encode("utf-8", "surrogateescape")).hexdigest())
    if actor is None:
        raise Rejected("token_unknown", "This token is not known.")
    return actor


def allowed(roles: frozenset[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a view be called by these roles only; the caller is then `g.actor`."""

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            g.actor = authenticate()
            if g.actor.role not in roles:
                raise Rejected("role_not_allowed", f"The role {g.actor.role} may not do this.")
            return view(*args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # for the API's description
        return guarded

    return guard
