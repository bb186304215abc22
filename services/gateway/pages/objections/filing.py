"""Filing an objection: about a request, on the grounds that hold today, or by somebody who never asked (35b)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from marshmallow import Schema, fields
from werkzeug.wrappers import Response

from contracts import words
from contracts.commands import COMMANDS
from contracts.errors import Rejected
from contracts.fields import choices, moment, prose
from services.gateway import labels
from services.gateway.api.objections import SHOWING, known_objector
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import follow, give, services
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.near import near
from services.gateway.pages.now import typed_now
from services.gateway.pages.objections.one import about
from services.gateway.pages.recording import key, told

blueprint = Blueprint("objection_filing", __name__)
Shown = dict[str, Any]
_ORDER = "FileObjection"
_FEW = 10


@blueprint.route("/objections/new", methods=["GET", "POST"])
@page_allowed(COMMANDS[_ORDER].roles)
def new() -> Page:
    """The form, about the request or the person in the address; without either, ask which."""
    if request.args.get("request"):
        return _about_request(request.args["request"])
    if request.args.get("applicant"):
        return _by_somebody(request.args["applicant"])
    return _which(request.args.get("number", "").strip())


def _which(number: str) -> Response | str:
    """Ask for the request's number; one that fits leads to its form."""
    found = services().ask("register", "requests", {"q": number}, "", _FEW) if number else []
    ids = [each["_id"].partition("/")[2] for each in found]
    if len(ids) == 1:
        return redirect(url_for("objection_filing.new", request=ids[0]))
    items = [{"id": id_, "number": each["number"]} for id_, each in zip(ids, found, strict=True)]
    return render_template("objections/which.html", number=number, items=items)


def _about_request(id_: str) -> Page:
    case = about(id_)
    if case is None:
        raise Rejected("not_found", "There is no such request.")
    open_ = services().ask("escalation", "grounds", id_)
    grounds = tuple(open_["grounds_open"])
    shown = {"case": case, "grounds": grounds, "until": open_["window_ends_on"], "near": near(())}
    return _form(grounds, shown, {"request": id_}, url_for("case.shown", id_=id_))


def _by_somebody(applicant: str) -> Page:
    grounds = _without_request()
    shown = {"case": None, "applicant": applicant, "grounds": grounds, "until": None}
    return _form(grounds, shown, {"applicant_id": applicant}, url_for("objection_filing.new"))


def _without_request() -> tuple[str, ...]:
    """The grounds that need no request, by the law of today."""
    rules = services().ask("escalation", "rules", "ground", near(())["today"])
    ours = (each for each in rules if each["key"] in words.OBJECTION_GROUNDS)
    return tuple(each["key"] for each in ours if not each["value"]["needs_request"])


def _form(grounds: tuple[str, ...], shown: Shown, about_: Body, back: str) -> Page:
    form = Form(
        schema=_questions(grounds),
        title=labels.order(_ORDER),
        send=labels.order(_ORDER),
        template="objections/new.html",
        back=back,
        about=shown,
    )
    return filled(form, lambda body: _file({**about_, **body}), {"filed_at": typed_now()})


def _questions(grounds: tuple[str, ...]) -> Schema:
    asked: dict[str, fields.Field[Any]] = {
        "grounds": choices(grounds),
        "case_position": prose(),
        "filed_at": moment(),
    }
    return Schema.from_dict(asked)()


def _file(body: Body) -> Response:
    data = {**body, "objector": known_objector(body)}
    outcome = told(_ORDER, follow(give(_ORDER, data, body, key=key()), SHOWING))
    if outcome.shown is None:
        return redirect(url_for("objection_list.listed"))
    for warning in outcome.shown["warnings"]:
        flash(labels.word(warning), "warning")
    if outcome.shown["late"]:
        flash(_("Keberatan ini melewati jangka waktu. Atasan PPID yang memutuskan."), "warning")
    return redirect(url_for("objection.shown", id_=outcome.subject.partition("/")[2]))
