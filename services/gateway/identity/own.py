"""Somebody's own account: who they are here, their password, and when it was used."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contracts.roles import STAFF
from services.gateway.identity import passwords, trail
from services.gateway.identity.entering import entered
from services.gateway.identity.guard import go_on, owed, page_allowed
from services.gateway.identity.onward import send_to
from services.gateway.identity.rules import weakness
from services.gateway.identity.tools import tools
from services.gateway.identity.visitor import address

blueprint = Blueprint("own", __name__, url_prefix="/account")
RECENT = 10
_REFUSED = 422


@blueprint.get("")
@page_allowed(STAFF, unfinished=True)
def shown() -> ResponseReturnValue:
    """The account, with the form for another password."""
    return _page({})


@blueprint.post("/password")
@page_allowed(STAFF, unfinished=True)
def change_password() -> ResponseReturnValue:
    """Choose another password. Every other session of the account ends; this one goes on."""
    faults = _faults()
    if faults:
        return _page(faults), _REFUSED
    name = g.account.name
    tools().accounts.set_password(name, request.form["password"], must_change=False)
    tools().sessions.end_all(name)
    tools().trail.add(trail.PASSWORD_CHANGED, name, by=name, address=address())
    go_on(name)
    return send_to("/" if g.account.must_change else "/account?done=password")


def _faults() -> dict[str, str]:
    """What is wrong with the form, a sentence a field."""
    password, again = request.form.get("password", ""), request.form.get("again", "")
    weak = weakness(password, g.account.name)
    if weak:
        return {"password": told(weak)}
    if password != again:
        return {"again": _("Kedua kata sandi tidak sama.")}
    if not knows_password(request.form.get("current", "")):
        return {"current": _("Kata sandi sekarang tidak cocok.")}
    if passwords.matches(password, g.account.password):
        return {"password": _("Kata sandi baru harus berbeda dari yang sekarang.")}
    return {}


def knows_password(typed: str) -> bool:
    """Whether who sits here is whose session it is; guessed wrong too often, the account waits as at signing in."""
    return entered(tools(), g.account.name, typed, address()) is not None


def told(weak: str) -> str:
    """What to do about a password that is not good enough."""
    sentences = {
        "too_short": _("Kata sandi sekurang-kurangnya %(count)s tanda.", count=passwords.SHORTEST),
        "too_long": _("Kata sandi paling panjang %(count)s tanda.", count=passwords.LONGEST),
        "too_plain": _("Kata sandi ini terlalu mudah ditebak."),
    }
    return str(sentences[weak])


def _page(faults: Mapping[str, str]) -> str:
    return render_template(
        "account.html",
        account=g.account,
        faults=faults,
        owed=owed(g.account),
        needed=g.account.role in tools().second_factor,
        lines=tools().trail.page(RECENT, account=g.account.name),
        shortest=passwords.SHORTEST,
    )
