"""The pages of signing in and out."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, session

from services.gateway.identity.accounts import Account
from services.gateway.identity.entering import entered
from services.gateway.identity.guard import accounts, signed_in
from services.gateway.identity.onward import own_address, send_to

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def ask() -> Response | str:
    """The form; who is signed in goes on."""
    onward = own_address(request.args.get("next"))
    return send_to(onward) if signed_in() else _form(onward)


@blueprint.post("/sign-in")
def enter() -> Response | str | tuple[str, int]:
    """Begin a session, or say that name and password do not fit."""
    onward = own_address(request.form.get("next"))
    name = request.form.get("account", "").strip().lower()
    account = entered(accounts(), name, request.form.get("password", ""))
    if account is None:
        return _form(onward, name, refused=True), 422
    return begin(account, onward)


def begin(account: Account, onward: str) -> Response:
    """From here on the session is the account's."""
    session.begin(account.name, account.generation)  # type: ignore[attr-defined]  # ours
    return send_to(onward)


@blueprint.post("/sign-out")
def leave() -> Response:
    """End the session."""
    session.end()  # type: ignore[attr-defined]  # ours
    return send_to("/sign-in")


def _form(onward: str, name: str = "", *, refused: bool = False) -> str:
    return render_template("sign_in.html", onward=onward, account=name, refused=refused)
