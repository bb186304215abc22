"""Setting up somebody's own second factor: a QR code, a first code that proves it was read, and codes on paper."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, g, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contracts.roles import STAFF
from services.gateway.identity import factor, trail
from services.gateway.identity.guard import FACTOR_PAGE, OWN_PAGE, go_on, page_allowed
from services.gateway.identity.onward import send_to
from services.gateway.identity.own import knows_password
from services.gateway.identity.tools import tools
from services.gateway.identity.visitor import address

blueprint = Blueprint("second_factor", __name__, url_prefix=FACTOR_PAGE)
_REFUSED = 422


@blueprint.get("")
@page_allowed(STAFF, unfinished=True)
def shown() -> ResponseReturnValue:
    """The QR code of a new secret; it is worth something only once it was confirmed."""
    if g.account.must_change:
        return send_to(OWN_PAGE)
    return _page({})


@blueprint.post("")
@page_allowed(STAFF, unfinished=True)
def confirm() -> ResponseReturnValue:
    """Begin to ask for the second factor, and show the recovery codes once."""
    secret = _secret()
    step = factor.step_of(secret, factor.cleaned(request.form.get("code", "")), tools().now())
    if step is None:
        return _page(
            {"code": _("Kode tidak cocok. Periksa jam telepon, lalu ketik kode yang baru.")}
        ), _REFUSED
    if not knows_password(request.form.get("current", "")):
        return _page({"current": _("Kata sandi sekarang tidak cocok.")}), _REFUSED
    codes = factor.recovery_codes()
    digests = [tools().keys.digest(code) for code in codes]
    tools().accounts.set_factor(g.account.name, tools().keys.seal(secret), step, digests)
    _changed(trail.FACTOR_SET)
    return render_template("recovery_codes.html", codes=codes)


@blueprint.post("/removal")
@page_allowed(STAFF, unfinished=True)
def remove() -> ResponseReturnValue:
    """Go back to the password alone, where the role allows it."""
    if g.account.role in tools().second_factor:
        return _page({"removal": _("Peran Anda harus memakai kode kedua.")}), _REFUSED
    if not knows_password(request.form.get("current_removal", "")):
        return _page({"current_removal": _("Kata sandi sekarang tidak cocok.")}), _REFUSED
    tools().accounts.clear_factor(g.account.name)
    _changed(trail.FACTOR_REMOVED)
    return send_to("/account?done=removal")


def _changed(kind: str) -> None:
    name = g.account.name
    tools().sessions.end_all(name)
    tools().trail.add(kind, name, by=name, address=address())
    go_on(name)


def _secret() -> str:
    """The secret that is being set up in this session."""
    sealed = session.get("enrolling")
    if sealed:
        return tools().keys.open(sealed)
    secret = factor.new_secret()
    session["enrolling"] = tools().keys.seal(secret)
    return secret


def _page(faults: Mapping[str, str]) -> str:
    secret = _secret()
    return render_template(
        "second_factor.html",
        account=g.account,
        faults=faults,
        needed=g.account.role in tools().second_factor,
        picture=factor.picture(secret, g.account.name),
        secret=factor.readable(secret),
    )
