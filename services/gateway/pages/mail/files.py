"""The files of a letter that came in, and the letter as it came: given out as files, and kept with its request.

What was sent by anybody is never shown by the browser, only saved; and never given out where a scanner finds it harmful.
"""

from __future__ import annotations

from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response as AnyResponse

from contracts import words
from contracts.attachments import INFECTED, SCANNED
from contracts.commands import COMMANDS
from contracts.errors import Rejected
from contracts.roles import DESK_WORK
from services.gateway.attachments import sending
from services.gateway.identity.guard import page_allowed
from services.gateway.mail.incoming import REGISTERED
from services.gateway.mail.installing import incoming
from services.gateway.mail.reading import File, Unreadable
from services.gateway.orders import seen_at, services
from services.gateway.pages.mail.letter_reading import ORIGINAL, note

blueprint = Blueprint("letter_files", __name__)
_ANY = "application/octet-stream"
# What a file of a letter may be kept as: no paper of the office comes in signed this way.
KINDS = tuple(kind for kind in words.ATTACHMENT_KINDS if kind != "signed_paper")


@blueprint.post("/incoming/<id_>/original")
@page_allowed(DESK_WORK)
def original(id_: str) -> Response:
    """The message as it came, for a mail program."""
    letter = incoming().find(id_)
    note(letter, ORIGINAL)
    raw = incoming().raw(id_)
    if letter.forgotten or not raw:
        raise Rejected("not_found", "Its content was destroyed.")
    return _saved(raw, f"surat-{id_}.eml")


@blueprint.post("/incoming/<id_>/files/<int:number>")
@page_allowed(DESK_WORK)
def file(id_: str, number: int) -> Response:
    """One of its files."""
    note(incoming().find(id_), f"file {number + 1}")
    found = _file(id_, number)
    return _saved(found.content, secure_filename(found.name) or f"lampiran-{number}")


def _saved(content: bytes, name: str) -> Response:
    """Given out as a file. One that no scanner looked at says so in its name, wherever it is saved."""
    scanned = current_app.config["SCAN"](BytesIO(content)).scanned
    if scanned == INFECTED:
        raise Rejected("file_infected", "Something harmful was found in it.")
    mark = "" if scanned == SCANNED else _("belum-dipindai-")
    marked = secure_filename(f"{mark}{name}")
    response = Response(content, content_type=_ANY)
    response.headers["Content-Disposition"] = f'attachment; filename="{marked}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/incoming/<id_>/files/<int:number>/keep")
@page_allowed(COMMANDS["KeepAttachment"].roles)
def keep(id_: str, number: int) -> AnyResponse:
    """Keep a file of a letter with the request that it became. The same file is kept once."""
    letter = incoming().find(id_)
    if letter.state != REGISTERED:
        raise Rejected("wrong_phase", "The letter is not registered yet.")
    found, kind = _file(id_, number), request.form.get("kind", "")
    if kind not in KINDS:
        raise Rejected("invalid_fields", "Say what the file is.", {"kind": ["Must be one of: ..."]})
    shown = services().ask("register", "request", f"request/{letter.request}")
    seen = seen_at("*", shown, COMMANDS["KeepAttachment"].service)
    key = str(uuid5(NAMESPACE_URL, f"terbuka:incoming:{id_}:{number}"))
    sending.keep(letter.request, {"kind": kind}, BytesIO(found.content), seen, key)
    flash(_("Berkas disimpan bersama permohonannya"), "done")
    return redirect(url_for("incoming.shown", id_=id_), 303)


def _file(id_: str, number: int) -> File:
    incoming().find(id_)
    try:
        return incoming().message(id_).files[number]
    except (Unreadable, IndexError):
        raise Rejected("not_found", "It has no such file.") from None
