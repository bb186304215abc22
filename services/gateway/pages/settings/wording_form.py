"""Wording a letter anew from a day on: shown as the letter it would be before a second press records it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from marshmallow import Schema

from contracts import wording
from contracts.commands import COMMANDS
from contracts.commands.law import LONGEST_BASIS
from contracts.errors import Rejected
from contracts.fields import day, text
from contracts.rules import SUBJECT
from services.gateway import labels
from services.gateway.documents import previews
from services.gateway.documents.kinds import Kind
from services.gateway.documents.papers import FORMS, as_file
from services.gateway.identity.guard import page_allowed
from services.gateway.labels.wordings import FIXED, PLACES
from services.gateway.pages import typed
from services.gateway.pages.confirming import LawOrder, confirmed
from services.gateway.pages.form import Body, Form, Page, acted
from services.gateway.pages.settings.letters import parts
from services.gateway.pages.settings.wordings import paper_of, periods_of

blueprint = Blueprint("settings_wording_form", __name__)
# The buttons of the preview that show the paper as a file: its language and its form.
_FILES = {f"{lang}.{form}": (lang, form) for lang in wording.LANGUAGES for form in FORMS}


@blueprint.route("/settings/letters/templates/<kind>/write", methods=["GET", "POST"])
@page_allowed(COMMANDS["EnactRule"].roles)
def write(kind: str) -> Page:
    """The form, its preview, and the order."""
    paper = paper_of(kind)
    form = _form(paper)
    wanted = request.form.get("confirm", "")
    if wanted in _FILES:
        return acted(form, typed.body(form.schema, request.form), lambda body: _file(paper, body))
    newest = periods_of(paper)[-1]["value"]
    return confirmed(form, lambda body: _ordered(paper, body), newest, _at_its_field)


def _form(paper: Kind) -> Form:
    questions = {
        **parts(paper.key),
        "legal_basis": text(LONGEST_BASIS),
        "valid_from": day(),
        "valid_to": day(optional=True),
    }
    return Form(
        schema=Schema.from_dict(questions, name="WordingForm")(),
        title=_("Redaksi baru: %(paper)s", paper=labels.word(paper.key)),
        send=_("Lihat pratinjau"),
        template="settings/wording_form.html",
        back=url_for("settings_wordings.shown", kind=paper.key),
        about={
            "kind": paper.key,
            "fixed": FIXED[paper.key],
            "needed": wording.NEEDED.get(paper.key, ()),
            "places": [(name, PLACES[name]) for name in wording.places(paper.key)],
        },
    )


def _value(body: Body) -> Body:
    return {name: body.get(name) for name in wording.FIELDS}


def _ordered(paper: Kind, body: Body) -> LawOrder:
    dated = {name: body.get(name) for name in ("legal_basis", "valid_from", "valid_to")}
    own = {"kind": wording.KIND, "key": paper.key, "value": _value(body), "replaces": True}
    return LawOrder(
        "EnactRule",
        SUBJECT,
        {**dated, **own},
        [(_("Surat"), labels.word(paper.key))],
        template="settings/wording_preview.html",
        about={"reads": _reads(paper, body), "files": sorted(_FILES, reverse=True)},
        done=url_for("settings_wordings.shown", kind=paper.key),
    )


def _reads(paper: Kind, body: Body) -> Mapping[str, Mapping[str, str]]:
    """How it reads in the sample case, by language. Raises Rejected for what cannot be printed."""
    on = date.fromisoformat(body["valid_from"])
    return {
        lang: previews.content(paper, lang, _value(body), on)["wording"]
        for lang in wording.LANGUAGES
    }


def _file(paper: Kind, body: Body) -> Page:
    lang, form = _FILES[request.form["confirm"]]
    on = date.fromisoformat(body["valid_from"])
    try:
        return as_file(paper.name, form, previews.drawn(paper, form, lang, _value(body), on))
    except Rejected as refused:
        raise _at_its_field(refused) from refused


def _at_its_field(refused: Rejected) -> Rejected:
    """What is wrong with the value is wrong with the questions that it is made of."""
    value = refused.errors.get("value")
    errors = {name: wrong for name, wrong in refused.errors.items() if name != "value"}
    within = value if isinstance(value, Mapping) else {}
    return Rejected(refused.code, refused.detail, {**errors, **within})
