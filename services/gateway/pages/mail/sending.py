"""Sending a paper by e-mail: which, then to whom; only then it goes into the outbox.

The address is read from the vault for a purpose, shown, and travels sealed through the form that confirms it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import Schema
from werkzeug.wrappers import Response

from contracts import words
from contracts.errors import Rejected
from contracts.fields import choice, text
from contracts.roles import DESK_WORK
from services.gateway.documents.kinds import REQUEST
from services.gateway.documents.papers import LANGUAGES, listed
from services.gateway.identity.guard import page_allowed
from services.gateway.mail.cipher import Unreadable
from services.gateway.mail.installing import cipher, outbox, sender
from services.gateway.mail.message import BadAddress, Sender, checked, message_id
from services.gateway.mail.outbox import Letter
from services.gateway.mail.recording import item_of
from services.gateway.orders import checked_key
from services.gateway.pages.case import current
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.near import near
from services.gateway.pages.people import opened, private

blueprint = Blueprint("sending", __name__)
PURPOSE = _l("Mengirim surat kepada pemohon lewat surel")


@blueprint.route("/cases/<id_>/send", methods=["GET", "POST"])
@page_allowed(DESK_WORK)
def choose(id_: str) -> Page:
    """Which paper is sent, in which language, and what the address is read for."""
    case, papers = current(id_), sendable(f"{REQUEST}/{id_}")
    form = Form(
        schema=_schema(tuple(papers)),
        title=_("Kirim surat lewat surel"),
        send=_("Buka alamat dan periksa"),
        template="mail/send.html",
        back=url_for("case.shown", id_=id_),
        about={
            "case": case,
            "papers": papers,
            "near": near([case["due_on"]]),
            "office": sender(),
        },
    )
    first = {"paper": next(iter(papers), ""), "lang": LANGUAGES[0], "need": str(PURPOSE)}
    return filled(form, lambda body: _checked(form, id_, papers, body), first)


def sendable(subject: str) -> dict[str, Body]:
    """The newest paper of each kind that goes to applicants, the newest first."""
    found = {paper["kind"]: paper for paper in listed(subject)}
    newest = sorted(found.values(), key=lambda paper: str(paper["at"]), reverse=True)
    return {each["kind"]: each for each in newest if item_of(each["kind"]) in words.SENDABLE}


def _schema(kinds: tuple[str, ...]) -> Schema:
    fields: dict[str, Any] = {
        "paper": choice(kinds),
        "lang": choice(LANGUAGES),
        "need": text(),
    }
    return Schema.from_dict(fields)()


def _checked(form: Form, id_: str, papers: dict[str, Body], body: Body) -> Response:
    """The page that shows to whom it goes."""
    _office()
    address = _address(form.about["case"]["applicant_id"], body["need"])
    paper = papers[body["paper"]]
    told = {"paper": paper["kind"], "event": paper["event"], "lang": body["lang"]}
    token = cipher().token({**told, "address": address}, _place(id_))
    page = render_template(
        "mail/confirm.html",
        form=form,
        case=form.about["case"],
        paper=paper,
        lang=body["lang"],
        address=address,
        token=token,
        key=request.form.get("key", ""),
    )
    return private(page)


def _address(applicant: str, purpose: str) -> str:
    try:
        return checked(str(opened(applicant, purpose).get("email") or ""))
    except BadAddress:
        raise Rejected(
            "email_missing", "The applicant has no address that mail can go to."
        ) from None


def _office() -> Sender:
    found = sender()
    if found is None:
        raise Rejected("mail_not_set_up", "No mail server is set for this office.")
    return found


@blueprint.post("/cases/<id_>/send/confirmed")
@page_allowed(DESK_WORK)
def send(id_: str) -> Response:
    """Put the letter into the outbox, once a form."""
    told = _told(id_)
    key = checked_key(request.form.get("key", ""))
    letter_id = str(uuid5(NAMESPACE_URL, f"terbuka:letter:{g.actor.account}:{key}"))
    letter = Letter(
        letter_id,
        request=id_,
        paper=told["paper"],
        event=told["event"],
        lang=told["lang"],
        message_id=message_id(letter_id, _office()),
        account=g.actor.account,
        role=g.actor.role,
        ordered_at=datetime.now(UTC),
    )
    outbox().put(letter, told["address"])
    flash(_("Surat menunggu dikirim"), "done")
    return redirect(url_for("case.shown", id_=id_), 303)


def _told(id_: str) -> Body:
    """What the confirmed page said: sealed, so that nobody can have it sent elsewhere."""
    try:
        told: Body = cipher().content_of(request.form.get("token", ""), _place(id_))
    except Unreadable:
        raise Rejected("form_expired", "This page is too old.") from None
    return told


def _place(id_: str) -> str:
    return f"send/{id_}/{g.actor.account}"
