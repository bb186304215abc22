"""The files of a case: kept with a form, opened for a purpose, dropped for a reason. The list stands on the case's page."""

from __future__ import annotations

from typing import IO

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from marshmallow import Schema
from werkzeug.wrappers import Response

from contracts.attachments import MOST_BYTES
from contracts.commands import COMMANDS
from contracts.commands.intake import DropAttachment
from contracts.errors import Rejected
from contracts.roles import DESK_WORK
from services.gateway import forms, labels, refusal_texts
from services.gateway.attachments import sending
from services.gateway.attachments.fetching import fetched
from services.gateway.attachments.limits import takes_files
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import seen_at, services
from services.gateway.pages.case import current
from services.gateway.pages.complaints import InWords
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.near import near
from services.gateway.pages.recording import Kind, key, recorded, told

blueprint = Blueprint("case_files", __name__)
FIELD = "file"
KEEP, DROP = "KeepAttachment", "DropAttachment"
# What is wrong with the file itself, and not with the case it comes to.
_OF_THE_FILE = ("file_too_large", "file_type_not_allowed", "file_infected", "upload_broken")
_REQUEST = Kind("request", "request", sending.SHOWING)


@blueprint.route("/cases/<id_>/attachments", methods=["GET", "POST"])
@takes_files(MOST_BYTES)
@page_allowed(COMMANDS[KEEP].roles)
def keep(id_: str) -> Page:
    """Keep a file with the case."""
    case = current(id_)
    form = _form(case, KEEP, forms.AttachmentQuery(), "attach.html")
    return filled(form, lambda body: _kept(id_, body))


def _kept(id_: str, told_of: Body) -> Page:
    shown = services().ask("register", "request", f"request/{id_}")
    seen = seen_at(request.form.get("version", ""), shown, COMMANDS[KEEP].service)
    try:
        outcome, _file = sending.keep(id_, told_of, _sent(), seen, key())
    except Rejected as refused:
        raise _at_its_field(refused) from refused
    told(KEEP, outcome)
    return _back(id_)


def _sent() -> IO[bytes]:
    file = request.files.get(FIELD)
    if file is None or not file.filename:
        raise Rejected("invalid_fields", "", {FIELD: [InWords(_("Pilih berkasnya."))]})
    return file.stream


def _at_its_field(refused: Rejected) -> Rejected:
    """The refusal, told where the file is chosen if it is about the file."""
    if refused.code not in _OF_THE_FILE:
        return refused
    why = InWords(refusal_texts.text(refused.code))
    return Rejected(refused.code, refused.detail, {FIELD: [why]})


@blueprint.post("/cases/<id_>/attachments/<attachment>")
@page_allowed(DESK_WORK)
def fetch(id_: str, attachment: str) -> Response:
    """A file, as a download, for a purpose that is written down."""
    return fetched(id_, attachment, request.form.get("purpose", ""))


@blueprint.route("/cases/<id_>/attachments/<attachment>/drop", methods=["GET", "POST"])
@page_allowed(COMMANDS[DROP].roles)
def drop(id_: str, attachment: str) -> Page:
    """Destroy a file, for a reason."""
    case = current(id_)
    form = _form(case, DROP, DropAttachment(only=("reason",)), "step.html")

    def dropped(body: Body) -> Page:
        order = {"attachment": attachment, **body}
        recorded(_REQUEST, id_, DROP, order, order)
        return _back(id_)

    return filled(form, dropped)


def _form(case: Body, order: str, schema: Schema, template: str) -> Form:
    return Form(
        schema=schema,
        title=labels.order(order),
        send=labels.order(order),
        template=template,
        version=case["version"],
        back=url_for("case.shown", id_=case["id"]),
        about={"case": case, "order": order, "near": near([case["due_on"]])},
    )


def _back(id_: str) -> Response:
    return redirect(url_for("case.shown", id_=id_, _anchor="files"))


@blueprint.app_context_processor
def _who_may() -> Body:
    """For the list on the page of a case."""
    return {"keeps_files": COMMANDS[KEEP].roles, "reads_files": DESK_WORK}
