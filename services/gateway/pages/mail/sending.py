"""Sending a paper by e-mail: which, then to whom; only then it goes into the outbox.

The address is read from the vault for a purpose, shown, and travels sealed through the form that confirms it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import Schema
from werkzeug.wrappers import Response

from contracts import words
from contracts.errors import Rejected
from contracts.fields import choice, text
from contracts.roles import DESK_WORK
from services.gateway.documents.kinds import KINDS, OBJECTION, REQUEST
from services.gateway.documents.papers import LANGUAGES, listed
from services.gateway.identity.guard import page_allowed
from services.gateway.mail.cipher import Unreadable
from services.gateway.mail.installing import cipher, outbox, sender
from services.gateway.mail.message import BadAddress, Sender, checked, message_id
from services.gateway.mail.outbox import Letter
from services.gateway.orders import checked_key
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.mail.about import About, of_case, of_objection
from services.gateway.pages.people import opened, private

blueprint = Blueprint("sending", __name__)
ITEMS = {REQUEST: words.SENDABLE, OBJECTION: words.OBJECTION_SENDABLE}
PURPOSE = _l("Mengirim surat kepada pemohon lewat surel")


@blueprint.route("/cases/<id_>/send", methods=["GET", "POST"])
@page_allowed(DESK_WORK)
def choose(id_: str) -> Page:
    """Which paper of a request is sent, in which language, and what the address is read for."""
    return _chosen(of_case(id_))


@blueprint.route("/objections/<id_>/send", methods=["GET", "POST"])
@page_allowed(DESK_WORK)
def choose_of_objection(id_: str) -> Page:
    """The same of an objection."""
    return _chosen(of_objection(id_))


@blueprint.post("/cases/<id_>/send/confirmed")
@page_allowed(DESK_WORK)
def send(id_: str) -> Response:
    """Put a request's letter into the outbox, once a form."""
    return _put(of_case(id_))


@blueprint.post("/objections/<id_>/send/confirmed")
@page_allowed(DESK_WORK)
def send_of_objection(id_: str) -> Response:
    """The same for an objection."""
    return _put(of_objection(id_))


def _chosen(about: About) -> Page:
    papers = sendable(about.subject)
    form = Form(
        schema=_schema(tuple(papers)),
        title=_("Kirim surat lewat surel"),
        send=_("Buka alamat dan periksa"),
        template="mail/send.html",
        back=about.page,
        about={**about.beside, "papers": papers, "office": sender()},
    )
    first = {"paper": next(iter(papers), ""), "lang": LANGUAGES[0], "need": str(PURPOSE)}
    return filled(form, lambda body: _checked(form, about, papers, body), first)


def sendable(subject: str) -> dict[str, Body]:
    """The newest paper of each kind that goes to applicants, the newest first."""
    items = ITEMS[subject.partition("/")[0]]
    found = {paper["kind"]: paper for paper in listed(subject)}
    newest = sorted(found.values(), key=lambda paper: str(paper["at"]), reverse=True)
    return {each["kind"]: each for each in newest if KINDS[each["kind"]].key in items}


def _schema(kinds: tuple[str, ...]) -> Schema:
    fields: dict[str, Any] = {
        "paper": choice(kinds),
        "lang": choice(LANGUAGES),
        "need": text(),
    }
    return Schema.from_dict(fields)()


def _checked(form: Form, about: About, papers: dict[str, Body], body: Body) -> Response:
    """The page that shows to whom it goes."""
    _office()
    address = _address(about.applicant, body["need"])
    paper = papers[body["paper"]]
    told = {"paper": paper["kind"], "event": paper["event"], "lang": body["lang"]}
    token = cipher().token({**told, "address": address}, _place(about))
    page = render_template(
        "mail/confirm.html",
        form=form,
        about=about,
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


def _put(about: About) -> Response:
    told = _told(about)
    key = checked_key(request.form.get("key", ""))
    letter_id = str(uuid5(NAMESPACE_URL, f"terbuka:letter:{g.actor.account}:{key}"))
    letter = Letter(
        letter_id,
        paper=told["paper"],
        event=told["event"],
        lang=told["lang"],
        message_id=message_id(letter_id, _office()),
        account=g.actor.account,
        role=g.actor.role,
        ordered_at=datetime.now(UTC),
        request=about.id if about.kind == REQUEST else "",
        objection=about.id if about.kind == OBJECTION else "",
    )
    outbox().put(letter, told["address"])
    flash(_("Surat menunggu dikirim"), "done")
    return redirect(about.page, 303)


def _told(about: About) -> Body:
    """What the confirmed page said: sealed, so that nobody can have it sent elsewhere."""
    try:
        told: Body = cipher().content_of(request.form.get("token", ""), _place(about))
    except Unreadable:
        raise Rejected("form_expired", "This page is too old.") from None
    return told


def _place(about: About) -> str:
    return f"send/{about.subject}/{g.actor.account}"
