"""Surat masuk: what came by e-mail, who took it, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from marshmallow import Schema
from werkzeug.wrappers import Response

from contracts.errors import STATUS
from contracts.fields import prose, text
from contracts.roles import DESK_WORK
from services.gateway.identity.guard import page_allowed
from services.gateway.mail.incoming import STATES, WAITING
from services.gateway.mail.installing import incoming
from services.gateway.orders import services
from services.gateway.pages import typed
from services.gateway.pages.complaints import complaints
from services.gateway.pages.mail import registering
from services.gateway.pages.mail.letter_reading import reading_of
from services.gateway.pages.mail.suggesting import suggestion
from services.gateway.pages.people import private

blueprint = Blueprint("incoming", __name__)
Page = Response | tuple[str, int]


class DropForm(Schema):
    """Why a letter becomes no request."""

    reason = prose()


class RegisterForm(Schema):
    """Which request a letter became, or belongs to: its number, or its id."""

    request = text(100)


@blueprint.get("/incoming")
@page_allowed(DESK_WORK)
def listed() -> Response:
    """The letters in a state; those that wait, unless told."""
    wanted = request.args.get("state", WAITING)
    state = wanted if wanted in STATES else WAITING
    letters = incoming().listed(state)
    return private(
        render_template("mail/incoming.html", letters=letters, state=state, states=STATES)
    )


@blueprint.get("/incoming/<id_>")
@page_allowed(DESK_WORK)
def shown(id_: str) -> Response:
    """One letter: what it says and what can be done with it."""
    return private(_page(id_, {}))


@blueprint.post("/incoming/<id_>")
@page_allowed(DESK_WORK)
def read(id_: str) -> Response:
    """One letter that somebody else settled, for a purpose."""
    return private(_page(id_, {}))


def _page(id_: str, wrong: dict[str, Any]) -> str:
    letter = incoming().find(id_)
    reading = reading_of(letter)
    return render_template(
        "mail/letter.html",
        letter=letter,
        reading=reading,
        suggestion=suggestion(letter, reading.message),
        wrong=wrong,
        other_draft=letter.settled_at is None and registering.other_draft(id_),
        given=request.form,
    )


@blueprint.post("/incoming/<id_>/take")
@page_allowed(DESK_WORK)
def take(id_: str) -> Response:
    """Make a form of it. Another draft is given up for it only where that was said."""
    letter = incoming().find(id_)
    incoming().take(id_, g.account.name, datetime.now(UTC))
    if registering.other_draft(id_) and request.form.get("replace") != "yes":
        return redirect(url_for("incoming.shown", id_=id_), 303)
    if not registering.draft(letter):
        flash(_("Formulir dari surat ini sudah dikirim. Sebutkan nomor permohonannya."), "error")
        return redirect(url_for("incoming.shown", id_=id_), 303)
    return redirect(url_for("receive.opened"), 303)


@blueprint.post("/incoming/<id_>/drop")
@page_allowed(DESK_WORK)
def drop(id_: str) -> Page:
    """It becomes no request, for a reason."""
    body = typed.body(DropForm(), request.form)
    wrong = complaints(DropForm().validate(body))
    if wrong:
        return _page(id_, wrong), STATUS["invalid_fields"]
    incoming().drop(id_, body["reason"], g.account.name, datetime.now(UTC))
    flash(_("Surat disisihkan"), "done")
    return redirect(url_for("incoming.listed"), 303)


@blueprint.post("/incoming/<id_>/register")
@page_allowed(DESK_WORK)
def register(id_: str) -> Page:
    """It belongs to a request that is there: one that was entered by hand, or one that it is an answer to."""
    body = typed.body(RegisterForm(), request.form)
    wrong = complaints(RegisterForm().validate(body))
    if not wrong:
        found = _found(body["request"])
        wrong = {} if found else {"request": str(_("Tidak ada permohonan dengan nomor ini."))}
    if wrong:
        return _page(id_, wrong), STATUS["invalid_fields"]
    incoming().register(id_, found, g.account.name, datetime.now(UTC))
    flash(_("Surat disimpan bersama permohonannya"), "done")
    return redirect(url_for("incoming.shown", id_=id_), 303)


def _found(told: str) -> str:
    """The id of the request of that number or id; "" for none."""
    document = services().ask("register", "tracked", told)
    return str(document["_id"]).partition("/")[2] if document else ""
