"""The pages of signing in and out: the password, then the code of the second factor where there is one."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from services.gateway.identity import trail
from services.gateway.identity.accounts import Account
from services.gateway.identity.entering import confirmed, entered
from services.gateway.identity.guard import BY_PASSWORD, begin, signed_in
from services.gateway.identity.limits import forms, limiter, sign_ins, was_refused
from services.gateway.identity.onward import own_address, send_to
from services.gateway.identity.tools import tools
from services.gateway.identity.visitor import address

blueprint = Blueprint("sign_in", __name__)
REFUSED = 422
# How long after the password the code may come.
_CODE_WAIT = timedelta(minutes=5)


@blueprint.get("/sign-in")
@limiter.limit(forms)
def ask() -> ResponseReturnValue:
    """The form; who is signed in goes on."""
    onward = own_address(request.args.get("next"))
    return send_to(onward) if signed_in() else _form(onward)


@blueprint.post("/sign-in")
@limiter.limit(sign_ins, deduct_when=was_refused)
def enter() -> ResponseReturnValue:
    """Begin a session, or ask for the code, or say that name and password do not fit."""
    onward = own_address(request.form.get("next"))
    name = request.form.get("account", "").strip().lower()
    account = entered(tools(), name, request.form.get("password", ""), address())
    if account is None:
        return _form(onward, name, refused=True), REFUSED
    if not account.factor:
        return _arrive(account, onward)
    _wait_for_code(account)
    return send_to(url_for("sign_in.ask_code", next=onward))


@blueprint.get("/sign-in/code")
@limiter.limit(forms)
def ask_code() -> ResponseReturnValue:
    """The form for the code; who did not give a password first does that."""
    onward = own_address(request.args.get("next"))
    return _code_form(onward) if _waiting() else send_to(url_for("sign_in.ask", next=onward))


@blueprint.post("/sign-in/code")
@limiter.limit(sign_ins, deduct_when=was_refused)
def enter_code() -> ResponseReturnValue:
    """Begin the session of who gave the password before, or say that the code does not fit."""
    onward = own_address(request.form.get("next"))
    account = _waiting()
    if account is None:
        return send_to(url_for("sign_in.ask", next=onward))
    if not confirmed(tools(), account, request.form.get("code", ""), address()):
        return _code_form(onward, refused=True), REFUSED
    return _arrive(account, onward)


@blueprint.post("/sign-out")
def leave() -> Response:
    """End the session."""
    account = signed_in()
    if account is not None:
        tools().trail.add(trail.SIGNED_OUT, account.name, by=account.name, address=address())
    session.renew()  # type: ignore[attr-defined]  # ours
    return send_to(url_for("sign_in.ask"))


def _arrive(account: Account, onward: str) -> Response:
    tools().trail.add(trail.SIGNED_IN, account.name, by=account.name, address=address())
    begin(account, BY_PASSWORD)
    return send_to(onward)


def _wait_for_code(account: Account) -> None:
    until = (tools().now() + _CODE_WAIT).timestamp()
    waiting = {"account": account.name, "generation": account.generation, "until": until}
    session.renew(waiting=waiting)  # type: ignore[attr-defined]  # ours


def _waiting() -> Account | None:
    """Who gave the right password a moment ago, and nothing was changed since."""
    waiting = session.get("waiting")
    if waiting is None or waiting["until"] < tools().now().timestamp():
        return None
    account = tools().accounts.find(waiting["account"])
    if account is None or account.disabled or account.generation != waiting["generation"]:
        return None
    return account


def _form(onward: str, name: str = "", *, refused: bool = False) -> str:
    return render_template("sign_in.html", onward=onward, account=name, refused=refused)


def _code_form(onward: str, *, refused: bool = False) -> str:
    return render_template("sign_in_code.html", onward=onward, refused=refused)
