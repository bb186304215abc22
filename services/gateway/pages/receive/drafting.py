"""Keeping the form's draft: by a script while somebody types, by a button without one; and throwing it away."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from pymongo.errors import PyMongoError
from werkzeug.wrappers import Response

from services.gateway.identity.guard import page_allowed
from services.gateway.languages import clock
from services.gateway.pages import typed
from services.gateway.pages.form import NOT_KNOWN, Trouble
from services.gateway.pages.form import Page as Answer
from services.gateway.pages.receive import keeping
from services.gateway.pages.receive.order import ReceiveForm
from services.gateway.pages.receive.page import Page, shown
from services.gateway.pages.receive.views import DESK

blueprint = Blueprint("receive_drafting", __name__)


@blueprint.post("/receive/draft")
@page_allowed(DESK)
def keep() -> Answer:
    """Keep the draft; say when, or that it cannot be kept just now."""
    try:
        at = keeping.keep()
    except PyMongoError:
        return _out_of_reach()
    if not _by_script():
        return redirect(url_for("receive.opened"), 303)
    said = _("Konsep tersimpan pukul %(at)s.", at=clock(at)) if at else ""
    return jsonify({"said": said})


def _out_of_reach() -> Answer:
    if _by_script():
        answer = jsonify({"said": _("Konsep belum tersimpan. Dicoba lagi.")})
        answer.status_code = NOT_KNOWN
        return answer
    body = typed.body(ReceiveForm(), request.form)
    return shown(body, Page(Trouble("service_unavailable"))), NOT_KNOWN


@blueprint.post("/receive/discard")
@page_allowed(DESK)
def discard() -> Response:
    """Throw the draft away and begin anew."""
    keeping.drop()
    return redirect(url_for("receive.opened"), 303)


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"
