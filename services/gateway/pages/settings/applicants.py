"""Somebody's data: who read them, correcting and erasing them. Found by the number of a request, or by the applicant's id."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from marshmallow import Schema
from werkzeug.wrappers import Response

from contracts.applicant import Person
from contracts.commands import COMMANDS
from contracts.errors import Rejected
from contracts.fields import choices, prose
from contracts.roles import ADMINISTRATOR, AUDITOR, DESK_WORK
from services.gateway import labels
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import follow, give, services
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.form import shown as form_shown
from services.gateway.pages.people import Who, opened, told
from services.gateway.pages.recording import key

blueprint = Blueprint("settings_applicants", __name__, url_prefix="/settings/applicants")
Shown = dict[str, Any]
_OVERSEERS = frozenset({ADMINISTRATOR, AUDITOR})
_READERS = DESK_WORK | _OVERSEERS
UNDERSTOOD = "cannot_be_undone"


@blueprint.after_request
def forget(response: Response) -> Response:
    """Whoever stands on these pages is kept by no browser."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("")
@page_allowed(_READERS)
def looked_up() -> Response | str:
    """Find somebody by the number of one of their requests, or by their id."""
    q = request.args.get("q", "").strip()
    found = _found(q) if q else ""
    if found:
        return redirect(url_for("settings_applicants.shown", id_=found))
    return render_template("settings/applicants.html", q=q)


def _found(q: str) -> str:
    asked = services().ask("register", "tracked", q)
    if asked:
        return str(asked["applicant_id"])
    try:
        return str(UUID(q))
    except ValueError:
        return ""


@blueprint.get("/<id_>")
@page_allowed(_READERS)
def shown(id_: str) -> str:
    """Who read the person, and what may be done about their data."""
    return _page(id_, _who(id_))


@blueprint.post("/<id_>/person")
@page_allowed(DESK_WORK)
def person(id_: str) -> Response:
    """Show who it is, for a purpose that is written down."""
    return told(_who(id_), id_, lambda who: _page(id_, who))


def _who(id_: str) -> Who:
    return Who(url_for("settings_applicants.person", id_=id_))


def _page(id_: str, who: Who) -> str:
    sees_reads = g.actor.role in _OVERSEERS
    reads = services().ask("intake", "applicant_reads", id_) if sees_reads else []
    return render_template(
        "settings/applicant.html",
        id=id_,
        who=who,
        reads=list(reversed(reads)),
        sees_reads=sees_reads,
        may_correct=g.actor.role in COMMANDS["CorrectApplicant"].roles,
        may_erase=g.actor.role in COMMANDS["EraseApplicant"].roles,
    )


@blueprint.route("/<id_>/correct", methods=["GET", "POST"])
@page_allowed(COMMANDS["CorrectApplicant"].roles)
def correct(id_: str) -> Page:
    """Replace the person's data: first read for a purpose, then changed."""
    back = url_for("settings_applicants.shown", id_=id_)
    form = Form(Person(), labels.order("CorrectApplicant"), _("Simpan"), back=back)
    if "key" in request.form:
        return filled(form, lambda body: _corrected(id_, body))
    purpose = request.form.get("purpose", "").strip()
    if not purpose:
        who = Who(request.path, wrong=str(_("Isi bagian ini.")) if request.form else "")
        return render_template("settings/applicant_purpose.html", form=form, who=who)
    known = opened(id_, purpose)
    return form_shown(form, {name: known.get(name) for name in form.schema.fields})


def _corrected(id_: str, body: Body) -> Response:
    """What stands in the form is the person now; a number that was taken out is gone."""
    person = {"documents": {}, **body}
    data = {"applicant": current_app.config["SEAL"].close(person)}
    _give("CorrectApplicant", id_, data, body)
    return redirect(url_for("settings_applicants.shown", id_=id_))


class EraseForm(Schema):
    """Why somebody's data are destroyed, and that whoever does it knows what it means."""

    reason = prose()
    understood = choices((UNDERSTOOD,))


@blueprint.route("/<id_>/erase", methods=["GET", "POST"])
@page_allowed(COMMANDS["EraseApplicant"].roles)
def erase(id_: str) -> Page:
    """Destroy the person's key: nobody can read them any more, ever."""
    back = url_for("settings_applicants.shown", id_=id_)
    name = "EraseApplicant"
    form = Form(
        EraseForm(), labels.order(name), labels.order(name), "settings/erase.html", back=back
    )
    return filled(form, lambda body: _erased(id_, body))


def _erased(id_: str, body: Body) -> Response:
    if not body["understood"]:
        missing = {"understood": ["Missing data for required field."]}
        raise Rejected("invalid_fields", "Erasing cannot be undone.", missing)
    data = {"reason": body["reason"]}
    _give("EraseApplicant", id_, data, data)
    return redirect(url_for("settings_applicants.shown", id_=id_))


def _give(name: str, id_: str, data: Body, sent: Body) -> None:
    """Applicants stand in no view: the order is durable, and there is nothing to wait for."""
    try:
        follow(give(name, data, sent, f"applicant/{id_}", key=key()), lambda *_: None)
    except Rejected as refused:
        faults = refused.errors.get("applicant")
        raise Rejected(refused.code, refused.detail, faults or refused.errors) from refused
    flash(labels.order(name), "done")
