"""The form of the counter, from being opened to the receipt."""

from __future__ import annotations

from time import time
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from contracts.commands import COMMANDS
from contracts.errors import STATUS, Rejected
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import services
from services.gateway.pages import typed
from services.gateway.pages.complaints import complaints
from services.gateway.pages.form import NOT_KNOWN, Trouble
from services.gateway.pages.mail import registering as letters
from services.gateway.pages.receive import keeping
from services.gateway.pages.receive.order import ReceiveForm, ordered, proposed
from services.gateway.pages.receive.page import Page, shown
from services.gateway.receiving import explained, received, tracking
from services.gateway.rpc import Unavailable
from services.gateway.shown import public
from telemetry import metrics

blueprint = Blueprint("receive", __name__)
DESK = COMMANDS["ReceiveRequest"].roles
Answer = Response | tuple[str, int] | str
A_DAY = 24 * 3600


@blueprint.get("/receive")
@page_allowed(DESK)
def opened() -> str:
    """The form: with the draft that was left, else with what is likely."""
    draft = keeping.found()
    if draft is None:
        return shown(proposed(), Page())
    given = typed.body(ReceiveForm(), MultiDict(draft.typed))
    return shown(given, Page(key=draft.key, kept_at=draft.kept_at, restored=True))


@blueprint.post("/receive")
@page_allowed(DESK)
def sent() -> Answer:
    """Have the request received, or show the form again with what is wrong; then what was typed is kept as well."""
    body = typed.body(ReceiveForm(), request.form)
    try:
        return _received(body)
    except Rejected as refused:
        return _refused(body, Trouble(refused.code, refused.detail, complaints(refused.errors)))
    except Unavailable:
        return _refused(body, Trouble("service_unavailable"))


def _received(body: dict[str, Any]) -> Response:
    wrong = ReceiveForm().validate(body)
    if wrong:
        raise Rejected("invalid_fields", "Some fields are missing or wrong.", wrong)
    key = request.form.get("another_key") or request.form.get("key", "")
    request_id = received(ordered(body), key).subject.partition("/")[2]
    keeping.finish(key, request_id)
    letters.received(request.form.get("key", ""), request_id)
    _measure()
    return redirect(url_for("receive.done", id_=request_id), 303)


def _refused(body: dict[str, Any], trouble: Trouble) -> tuple[str, int]:
    keeping.put_aside()
    status = NOT_KNOWN if trouble.code == "service_unavailable" else STATUS[trouble.code]
    return shown(body, Page(trouble)), status


def _measure() -> None:
    """How long it took at the counter, unless the form lay open for a day or says nonsense."""
    begun = request.form.get("opened", "")
    seconds = time() - int(begun) if begun.isascii() and begun.isdigit() else -1.0
    if 0 <= seconds < A_DAY:
        metrics.REGISTERED.observe(seconds)


@blueprint.get("/receive/<id_>/done")
@page_allowed(DESK)
def done(id_: str) -> str:
    """The receipt: number, due date, what the applicant follows it with, what is odd about it."""
    try:
        document = services().ask("register", "request", f"request/{id_}")
    except Rejected as refused:
        if refused.code != "not_found":
            raise
        return render_template("received.html", id=id_, case=None)
    similar = services().ask("register", "some_requests", list(document["similar_to"]))
    return render_template(
        "received.html",
        id=id_,
        case=public(document),
        tracking=tracking(id_, document),
        similar=[public(each) for each in similar],
        declined=explained(document) if document.get("declined") else None,
    )
