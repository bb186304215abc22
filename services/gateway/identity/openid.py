"""Signing in by the office's identity provider (OpenID Connect): authorization code with PKCE, state and nonce.

The provider says who somebody is. Whether they may come in, and as what, the account says: nobody gets an account by
having one there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, request, session, url_for
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError

from contracts.errors import Rejected
from eventlog.settings import Settings
from services.gateway.identity import trail
from services.gateway.identity.accounts import Account
from services.gateway.identity.administration import Administration
from services.gateway.identity.claims import Claims, RoleMap, person, role_map
from services.gateway.identity.guard import BY_PROVIDER, begin
from services.gateway.identity.limits import forms, limiter
from services.gateway.identity.onward import own_address, send_to
from services.gateway.identity.tools import tools
from services.gateway.identity.visitor import address

log = structlog.get_logger()
blueprint = Blueprint("openid", __name__, url_prefix="/sign-in/openid")
_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Provider:
    """The identity provider: what people call it, which claim names a person, and which roles are taken from it."""

    name: str
    issuer: str
    claim: str
    roles: RoleMap
    client: Any


def install(app: Flask, given: Settings) -> None:
    """Offer the provider where one is configured."""
    app.config["PROVIDER"] = _provider(app, given) if given["openid_issuer"] else None
    app.jinja_env.globals["identity_provider"] = lambda: app.config["PROVIDER"]
    app.register_blueprint(blueprint)


def _provider(app: Flask, given: Settings) -> Provider:
    issuer = str(given["openid_issuer"])
    client = OAuth(app).register(
        "provider",
        client_id=str(given["openid_client_id"]),
        client_secret=given.secret("openid_client_secret_file").decode(),
        server_metadata_url=issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={
            "scope": str(given["openid_scope"]),
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
        },
    )
    roles = role_map(str(given["openid_roles"]))
    return Provider(str(given["openid_name"]), issuer, str(given["openid_claim"]), roles, client)


@blueprint.get("")
@limiter.limit(forms)
def leave() -> ResponseReturnValue:
    """Go to the provider. A link and no form: browsers let no form lead to other servers."""
    provider = _configured()
    session["onward"] = own_address(request.args.get("next"))
    try:
        there: ResponseReturnValue = provider.client.authorize_redirect(
            url_for("openid.arrive", _external=True)
        )
    except requests.RequestException as error:
        raise _away(error) from error
    return there


@blueprint.get("/back")
@limiter.limit(forms)
def arrive() -> ResponseReturnValue:
    """Come back from the provider."""
    provider = _configured()
    onward = own_address(session.get("onward"))
    claims = _claims(provider)
    account = _account(provider, claims)
    about = {"by": BY_PROVIDER}
    tools().trail.add(
        trail.SIGNED_IN, account.name, by=account.name, address=address(), about=about
    )
    begin(account, BY_PROVIDER)
    return send_to(onward)


def _configured() -> Provider:
    provider: Provider | None = current_app.config["PROVIDER"]
    if provider is None:
        raise Rejected("not_found", "There is no identity provider.")
    return provider


def _claims(provider: Provider) -> Claims:
    """What the provider signed about who came back. Raises Rejected; what exactly was wrong stands in our log."""
    issued_by = {"iss": {"essential": True, "values": [provider.issuer]}}
    try:
        token = provider.client.authorize_access_token(claims_options=issued_by)
    except requests.RequestException as error:
        raise _away(error) from error
    except (AuthlibBaseError, JoseError, ValueError) as error:
        log.warning("provider_refused", error=type(error).__name__)
        raise Rejected("sign_in_failed", "The identity provider did not confirm it.") from None
    claims: Claims = token.get("userinfo") or {}
    return claims


def _away(error: Exception) -> Rejected:
    log.warning("provider_unavailable", error=type(error).__name__)
    return Rejected("provider_unavailable", "The identity provider does not answer.")


def _account(provider: Provider, claims: Claims) -> Account:
    account = tools().accounts.find_linked(person(claims, provider.claim))
    if account is None or account.disabled:
        raise _refused(account, "disabled" if account else "not_linked")
    if not provider.roles:
        return account
    role = provider.roles.role(claims)
    if role is None:
        raise _refused(account, "no_role")
    return account if role == account.role else _in_role(account, role)


def _in_role(account: Account, role: str) -> Account:
    Administration(tools(), BY_PROVIDER, address()).role(account.name, role)
    changed = tools().accounts.find(account.name)
    return changed or account


def _refused(account: Account | None, reason: str) -> Rejected:
    known = account.name if account else ""
    tools().trail.add(
        trail.REFUSED,
        known,
        by=known,
        address=address(),
        about={"reason": reason, "by": BY_PROVIDER},
    )
    return Rejected("account_not_linked", "No account of ours belongs to this person.")
