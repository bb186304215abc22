"""The administrator's pages about accounts: who there is, a new one, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contracts.errors import Rejected
from contracts.roles import ADMINISTRATOR, ROLES, STAFF
from services.gateway.identity.accounts import (
    LONGEST_FULL_NAME,
    NAME,
    Account,
    AccountExists,
    LinkedElsewhere,
)
from services.gateway.identity.administration import Administration
from services.gateway.identity.guard import page_allowed
from services.gateway.identity.onward import send_to
from services.gateway.identity.tools import tools
from services.gateway.identity.visitor import address

blueprint = Blueprint("people", __name__, url_prefix="/settings/accounts")
WHO = frozenset({ADMINISTRATOR})
OFFERED = tuple(role for role in ROLES if role in STAFF)
LONGEST_OPENID = 200
_REFUSED = 422


@blueprint.get("")
@page_allowed(WHO)
def listed() -> ResponseReturnValue:
    """Everybody, and the form for one more."""
    return _list({}, {})


@blueprint.post("")
@page_allowed(WHO)
def create() -> ResponseReturnValue:
    """Add an account and show its password once; whoever gets it has to choose another at first."""
    typed = {name: request.form.get(name, "").strip() for name in ("name", "full_name", "role")}
    typed["name"] = typed["name"].lower()
    faults = _faults(typed)
    if not faults:
        try:
            password = administration().create(**typed)
        except AccountExists:
            faults = {"name": _("Nama akun ini sudah dipakai.")}
        else:
            return _password(typed["name"], password)
    return _list(typed, faults), _REFUSED


def _faults(typed: Mapping[str, str]) -> dict[str, str]:
    faults = {}
    if not NAME.fullmatch(typed["name"]):
        faults["name"] = _(
            "Nama akun: 2 sampai 40 huruf kecil, angka, titik, garis bawah atau tanda hubung; diawali huruf atau angka."
        )
    if not 0 < len(typed["full_name"]) <= LONGEST_FULL_NAME:
        faults["full_name"] = _("Tulis nama lengkap, paling panjang 120 tanda.")
    if typed["role"] not in STAFF:
        faults["role"] = _("Pilih satu peran.")
    return faults


@blueprint.get("/<name>")
@page_allowed(WHO)
def shown(name: str) -> ResponseReturnValue:
    """One account and what can be done about it."""
    return _one(_found(name), {})


@blueprint.post("/<name>/password")
@page_allowed(WHO)
def password(name: str) -> ResponseReturnValue:
    """Give somebody who forgot theirs a password for one use."""
    return _password(name, administration().password(_found(name).name))


@blueprint.post("/<name>/role")
@page_allowed(WHO)
def role(name: str) -> ResponseReturnValue:
    """Give an account another role."""
    wanted = request.form.get("role", "")
    if wanted not in STAFF:
        return _one(_found(name), {"role": _("Pilih satu peran.")}), _REFUSED
    return _done(name, lambda: administration().role(name, wanted))


@blueprint.post("/<name>/link")
@page_allowed(WHO)
def link(name: str) -> ResponseReturnValue:
    """Say who the account is at the identity provider."""
    openid = request.form.get("openid", "").strip()
    account = _found(name)
    if len(openid) > LONGEST_OPENID:
        return _one(account, {"openid": _("Paling panjang 200 tanda.")}), _REFUSED
    try:
        administration().link(name, openid)
    except LinkedElsewhere:
        return _one(account, {"openid": _("Sudah dipakai akun lain.")}), _REFUSED
    return send_to(url_for("people.shown", name=name))


@blueprint.post("/<name>/<any(disabling, enabling, factor_reset):change>")
@page_allowed(WHO)
def change(name: str, change: str) -> ResponseReturnValue:
    """Close or open an account, or take a lost second factor away."""
    does: Mapping[str, Callable[[str], None]] = {
        "disabling": administration().disable,
        "enabling": administration().enable,
        "factor_reset": administration().reset_factor,
    }
    return _done(name, lambda: does[change](name))


def _done(name: str, do: Callable[[], None]) -> ResponseReturnValue:
    """Nobody takes their own rights away by a slip: another administrator may."""
    account = _found(name)
    if name == g.account.name:
        return _one(
            account, {"self": _("Akun sendiri hanya dapat diubah oleh administrator lain.")}
        ), _REFUSED
    do()
    return send_to(url_for("people.shown", name=name))


def administration() -> Administration:
    """Changes in the name of who is signed in."""
    return Administration(tools(), g.account.name, address())


def _found(name: str) -> Account:
    account = tools().accounts.find(name)
    if account is None:
        raise Rejected("not_found", "There is no such account.")
    return account


def _list(typed: Mapping[str, Any], faults: Mapping[str, str]) -> str:
    people = tools().accounts.everybody()
    return render_template(
        "accounts.html", people=people, typed=typed, faults=faults, roles=OFFERED
    )


def _one(account: Account, faults: Mapping[str, str]) -> str:
    return render_template(
        "account_of.html",
        account=account,
        faults=faults,
        roles=OFFERED,
        own=account.name == g.account.name,
    )


def _password(name: str, made: str) -> str:
    return render_template("one_time_password.html", name=name, password=made)
