"""Opening a case of personal data, and entering that it was answered."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for

from contracts.commands import COMMANDS
from services.gateway import labels
from services.gateway.api.privacy import SHOWING, require_known
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import follow, give
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.now import typed_now
from services.gateway.pages.privacy.one import current
from services.gateway.pages.recording import Kind, key, recorded, told

blueprint = Blueprint("privacy_orders", __name__)
OPEN, SETTLE = "OpenPrivacyCase", "SettlePrivacyCase"
_CASE = Kind("privacy", "privacy_case", SHOWING)


@blueprint.route("/privacy/new", methods=["GET", "POST"])
@page_allowed(COMMANDS[OPEN].roles)
def new() -> Page:
    """The form of a new case; it runs from the hour that is typed."""
    form = _form(OPEN, back=url_for("privacy_list.listed"))
    given = {"opened_at": typed_now(), "applicant_id": request.args.get("applicant", "")}
    return filled(form, _open, given)


@blueprint.route("/privacy/<id_>/settlement", methods=["GET", "POST"])
@page_allowed(COMMANDS[SETTLE].roles)
def settle(id_: str) -> Page:
    """The form of an answered case."""
    case = current(id_)
    form = _form(SETTLE, version=case["version"], back=url_for("privacy_case.shown", id_=id_))
    return filled(form, lambda body: _settled(id_, body), {"settled_at": typed_now()})


def _form(name: str, *, back: str, version: str = "") -> Form:
    return Form(
        schema=COMMANDS[name].schema(),
        title=labels.order(name),
        send=labels.order(name),
        version=version,
        back=back,
    )


def _open(body: Body) -> Page:
    require_known(body.get("applicant_id"))
    outcome = told(OPEN, follow(give(OPEN, body, body, key=key()), SHOWING))
    if outcome.shown is None:
        return redirect(url_for("privacy_list.listed"))
    return redirect(url_for("privacy_case.shown", id_=outcome.subject.partition("/")[2]))


def _settled(id_: str, body: Body) -> Page:
    recorded(_CASE, id_, SETTLE, body, body)
    return redirect(url_for("privacy_case.shown", id_=id_))
