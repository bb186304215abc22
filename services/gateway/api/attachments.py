"""Files of a request: kept, listed, fetched for a purpose, dropped."""

from __future__ import annotations

from typing import IO, Any

from flask import Blueprint, Response, jsonify, request, url_for

from contracts.attachments import MOST_BYTES
from contracts.commands import COMMANDS
from contracts.errors import Rejected
from contracts.roles import DESK_WORK, STAFF
from services.gateway import forms
from services.gateway.attachments import sending
from services.gateway.attachments.fetching import fetched
from services.gateway.attachments.limits import takes_files
from services.gateway.auth import allowed
from services.gateway.body import read_query
from services.gateway.orders import answered, checked_key, follow, give, seen_by_caller, services
from services.gateway.shown import public

blueprint = Blueprint("attachments", __name__, url_prefix="/api/v1/requests/<id_>/attachments")
FIELD = "file"


@blueprint.post("")
@takes_files(MOST_BYTES)
@allowed(COMMANDS["KeepAttachment"].roles)
def keep(id_: str) -> Response:
    """Keep a file: the body itself, or the field `file` of a form. 201 with what is known of it."""
    told = read_query(forms.AttachmentQuery())
    checked_key(request.headers.get("Idempotency-Key", ""))
    shown = services().ask("register", "request", f"request/{id_}")
    seen = seen_by_caller(shown, COMMANDS["KeepAttachment"].service)
    outcome, kept = sending.keep(id_, told, _file(), seen)
    body = (
        {**kept, "request": id_, "version": outcome.shown["version"]}
        if kept and outcome.shown
        else None
    )
    location = (
        url_for("attachments.fetch", id_=id_, attachment=kept["id"])
        if kept
        else url_for("attachments.listed", id_=id_)
    )
    return answered(outcome, body, 201, location)


def _file() -> IO[bytes]:
    """What was sent: a form's file, or the body."""
    if request.mimetype != "multipart/form-data":
        return request.stream
    file = request.files.get(FIELD)
    if file is None:
        raise Rejected(
            "invalid_fields", "The form has no file.", {FIELD: ["Missing data for required field."]}
        )
    return file.stream


@blueprint.get("")
@allowed(STAFF)
def listed(id_: str) -> Response:
    """What is known of the files of a request, without their content."""
    shown = services().ask("register", "request", f"request/{id_}")
    return jsonify({"items": shown.get("attachments", []), "next_cursor": None})


@blueprint.get("/<attachment>")
@allowed(DESK_WORK)
def fetch(id_: str, attachment: str) -> Response:
    """A file, for a purpose that is written down."""
    return fetched(id_, attachment, read_query(forms.PurposeQuery())["purpose"])


@blueprint.delete("/<attachment>")
@allowed(COMMANDS["DropAttachment"].roles)
def drop(id_: str, attachment: str) -> Response:
    """Destroy a file, for a reason."""
    reason = read_query(forms.ReasonQuery())["reason"].strip()
    subject, sent = f"request/{id_}", {"attachment": attachment, "reason": reason}
    shown = services().ask("register", "request", subject)
    seen = seen_by_caller(shown, COMMANDS["DropAttachment"].service)
    outcome = follow(give("DropAttachment", sent, sent, subject, seen), sending.SHOWING)
    body: dict[str, Any] | None = public(outcome.shown) if outcome.shown else None
    return answered(outcome, body, 200, url_for("requests.shown", id_=id_))
