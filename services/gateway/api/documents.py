"""Papers of requests and objections: which there are, and each as PDF or DOCX. Reading the applicant is written down."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify, url_for
from marshmallow import Schema, fields

from contracts.fields import choice
from contracts.roles import STAFF
from services.gateway.auth import allowed
from services.gateway.body import read_query
from services.gateway.documents.kinds import OBJECTION, REQUEST
from services.gateway.documents.papers import (
    FORMS,
    LANGUAGES,
    READERS,
    as_file,
    listed,
    paper,
)

blueprint = Blueprint("papers", __name__, url_prefix="/api/v1")


class PaperQuery(Schema):
    """In which language, and about which event where there are several of a kind; the newest if left out."""

    lang = choice(LANGUAGES, optional=True)
    event = fields.String(load_default="")


@blueprint.get("/requests/<id_>/documents")
@allowed(STAFF)
def of_request(id_: str) -> Response:
    """Every paper that a request has by now."""
    return _listed(REQUEST, id_)


@blueprint.get("/objections/<id_>/documents")
@allowed(STAFF)
def of_objection(id_: str) -> Response:
    """Every paper that an objection has by now."""
    return _listed(OBJECTION, id_)


@blueprint.get("/requests/<id_>/documents/<kind>.<form>")
@allowed(READERS[REQUEST])
def request_paper(id_: str, kind: str, form: str) -> Response:
    """A paper of a request, as PDF to print or as DOCX to edit."""
    return _printed(REQUEST, id_, kind, form)


@blueprint.get("/objections/<id_>/documents/<kind>.<form>")
@allowed(READERS[OBJECTION])
def objection_paper(id_: str, kind: str, form: str) -> Response:
    """A paper of an objection, as PDF to print or as DOCX to edit."""
    return _printed(OBJECTION, id_, kind, form)


def _listed(about: str, id_: str) -> Response:
    items = [
        {**each, **{form: _address(about, id_, each, form) for form in FORMS}}
        for each in listed(f"{about}/{id_}")
    ]
    return jsonify({"items": items, "next_cursor": None})


def _address(about: str, id_: str, each: dict[str, str], form: str) -> str:
    route = f"papers.{about}_paper"
    return url_for(route, id_=id_, kind=each["kind"], form=form, event=each["event"])


def _printed(about: str, id_: str, kind: str, form: str) -> Response:
    asked = read_query(PaperQuery())
    lang = asked.get("lang") or LANGUAGES[0]
    return as_file(kind, form, paper(f"{about}/{id_}", kind, form, lang, g.actor, asked["event"]))
