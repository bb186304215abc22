"""The wording of letters: what the office says on each kind of paper, since when and by whom, and a new version after a preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from flask_babel import gettext as _
from marshmallow import Schema

from contracts import wording
from contracts.commands import COMMANDS
from contracts.commands.law import LONGEST_BASIS
from contracts.errors import Rejected
from contracts.fields import day, text
from contracts.roles import STAFF
from contracts.rules import SUBJECT
from services.gateway import labels
from services.gateway.documents import previews
from services.gateway.documents.kinds import KINDS, Kind
from services.gateway.documents.papers import FORMS, as_file
from services.gateway.identity.guard import page_allowed
from services.gateway.labels.wordings import FIXED, PLACES
from services.gateway.orders import services
from services.gateway.pages import typed
from services.gateway.pages.confirming import LawOrder, confirmed, owners
from services.gateway.pages.form import Body, Form, Page, acted
from services.gateway.pages.near import near
from services.gateway.pages.settings.letters import parts
from services.gateway.pages.settings.standing import standing, standing_order

blueprint = Blueprint("settings_wordings", __name__)
Shown = dict[str, Any]
# The buttons of the preview that show the paper as a file: its language and its form.
_FILES = {f"{lang}.{form}": (lang, form) for lang in wording.LANGUAGES for form in FORMS}


@blueprint.get("/settings/letters/templates")
@page_allowed(STAFF)
def listed() -> str:
    """Every kind of paper, with the wording in force and the next one."""
    today, known = near(())["today"], _periods()
    papers = [_line(kind, known, today) for kind in KINDS.values()]
    return render_template("settings/wordings.html", papers=papers)


def _periods() -> list[Shown]:
    found: list[Shown] = services().ask("escalation", "rules", wording.KIND, "")
    return found


def _line(kind: Kind, known: Sequence[Shown], today: str) -> Shown:
    own = [each for each in known if each["key"] == kind.key]
    by_standing = {standing(each, today): each for each in reversed(own)}
    return {"kind": kind.key, "now": by_standing.get("now"), "coming": by_standing.get("coming")}


@blueprint.get("/settings/letters/templates/<kind>")
@page_allowed(STAFF)
def shown(kind: str) -> str:
    """The wording of one kind of paper, in force, to come and of before."""
    paper = _known(kind)
    return render_template(
        "settings/wording.html",
        kind=paper.key,
        fixed=FIXED[paper.key],
        versions=versions(_own(paper), _changes(paper), near(())["today"]),
        may_change=g.actor.role in owners("EnactRule"),
    )


def _known(kind: str) -> Kind:
    """Raises Rejected for what is no kind of paper."""
    found = next((each for each in KINDS.values() if each.key == kind), None)
    if found is None:
        raise Rejected("not_found", "There is no such kind of paper.")
    return found


def _own(paper: Kind) -> list[Shown]:
    return [each for each in _periods() if each["key"] == paper.key]


def _changes(paper: Kind) -> list[Shown]:
    """Who put which wording in force, the newest first."""
    found = services().ask("escalation", "rule_changes", wording.KIND, paper.key)
    return list(reversed(found))


def versions(periods: Sequence[Shown], changes: Sequence[Shown], today: str) -> list[Shown]:
    """Every wording there ever was, with who recorded it; `gone` is what was replaced before anything of it is left."""
    left = [{**each, "standing": standing(each, today), **_by(each, changes)} for each in periods]
    gone = [
        {**each, "standing": "gone"}
        for each in changes
        if not any(_same(period, each) for period in periods)
    ]
    return sorted([*left, *gone], key=standing_order)


def _by(period: Shown, changes: Sequence[Shown]) -> Shown:
    """Who recorded it and when; nothing for what was there from the first."""
    found = next((each for each in changes if _same(period, each)), {"by": "", "at": ""})
    return {"by": found["by"], "at": found["at"]}


def _same(period: Shown, change: Shown) -> bool:
    alike = all(period[name] == change[name] for name in ("value", "legal_basis"))
    return alike and change["valid_from"] <= period["valid_from"]


@blueprint.route("/settings/letters/templates/<kind>/write", methods=["GET", "POST"])
@page_allowed(COMMANDS["EnactRule"].roles)
def write(kind: str) -> Page:
    """Word a paper anew from a day on. Shown as the letter it would be before a second press records it."""
    paper = _known(kind)
    form = _form(paper)
    wanted = request.form.get("confirm", "")
    if wanted in _FILES:
        return acted(form, typed.body(form.schema, request.form), lambda body: _file(paper, body))
    newest = _own(paper)[-1]["value"]
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
