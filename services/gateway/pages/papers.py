"""Papers printed from the pages: a request's and an objection's, each as PDF or DOCX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, g, request

from contracts.errors import Rejected
from services.gateway.documents.kinds import OBJECTION, REQUEST
from services.gateway.documents.papers import LANGUAGES, READERS, as_file, in_timeline, paper
from services.gateway.identity.guard import page_allowed

blueprint = Blueprint("printing", __name__)


@blueprint.get("/cases/<id_>/papers/<kind>.<form>")
@page_allowed(READERS[REQUEST])
def request_paper(id_: str, kind: str, form: str) -> Response:
    """A paper of a request."""
    return _printed(f"{REQUEST}/{id_}", kind, form)


@blueprint.get("/objections/<id_>/papers/<kind>.<form>")
@page_allowed(READERS[OBJECTION])
def objection_paper(id_: str, kind: str, form: str) -> Response:
    """A paper of an objection."""
    return _printed(f"{OBJECTION}/{id_}", kind, form)


def _printed(subject: str, kind: str, form: str) -> Response:
    lang = request.args.get("paper", LANGUAGES[0])
    if lang not in LANGUAGES:
        raise Rejected("not_found", "Papers are not written in this language.")
    content = paper(subject, kind, form, lang, g.actor, request.args.get("event", ""))
    return as_file(kind, form, content)


def printable(about: str, timeline: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The papers of a page's timeline that whoever looks at it may print."""
    return in_timeline(timeline) if g.actor.role in READERS[about] else []
