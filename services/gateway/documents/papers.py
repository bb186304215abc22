"""Which papers a request or an objection has, and printing one: asks the services for what it is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app

from contracts.command import Actor
from contracts.errors import Rejected
from contracts.roles import DESK_WORK, SUPERIOR
from contracts.rules import Rules, rules_of
from services.gateway.documents import as_docx, as_pdf
from services.gateway.documents.content import content_of
from services.gateway.documents.drawing import html_of
from services.gateway.documents.kinds import KINDS, OBJECTION, REQUEST, Kind, papers_in
from services.gateway.documents.sources import Sources
from services.gateway.documents.story import Story, told, until
from services.gateway.identity.visitor import note_reading
from services.gateway.orders import services
from services.gateway.tracking import tracking_secret

Shown = dict[str, Any]
LANGUAGES = ("id", "en")
# Browsers draw a PDF with a small page of their own round it.
_VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
# Whoever may read a person may print what names one; the superior signs what answers an objection.
READERS = {REQUEST: DESK_WORK, OBJECTION: DESK_WORK | {SUPERIOR}}


@dataclass(frozen=True, slots=True)
class Form:
    """A form that a paper can have."""

    content_type: str
    write: Callable[[str], bytes]


FORMS: Mapping[str, Form] = {
    "pdf": Form("application/pdf", as_pdf.draw),
    "docx": Form(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx.write
    ),
}


def papers_of(shown: Mapping[str, Any]) -> list[str]:
    """The kinds of papers that a request or an objection of the register has, each once."""
    return list(dict.fromkeys(each["kind"] for each in listed(shown["_id"])))


def listed(subject: str) -> list[Shown]:
    """Every paper there is: its kind and title, and the event it is about. Raises Rejected where nothing is known."""
    return in_timeline(services().ask("register", "timeline", subject))


def in_timeline(timeline: Sequence[Mapping[str, Any]]) -> list[Shown]:
    """The papers of a timeline that somebody has asked for already."""
    return [
        {
            "kind": kind.name,
            "title": dict(kind.title),
            "event": story.event.id,
            "at": story.event.time,
            "names_applicant": kind.names,
        }
        for kind, story in papers_in(told(timeline))
    ]


def paper(subject: str, kind: str, form: str, lang: str, actor: Actor, event: str = "") -> bytes:
    """A paper as a file: the newest of its kind, or the one about an event.

    Reading the applicant is written down. Raises Rejected where there is no such paper.
    """
    if form not in FORMS:
        raise Rejected("not_found", "Papers have no such form.")
    found, story = _find(subject, kind, event)
    content = content_of(found, _sources(found, story, lang, actor))
    return FORMS[form].write(html_of(content, story.day))


def as_file(kind: str, form: str, content: bytes) -> Response:
    """A paper as a browser gets it: shown where it can be, kept by nobody on the way."""
    response = Response(content, content_type=FORMS[form].content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{kind}.{form}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = _VIEWER
    return response


def _history(subject: str) -> Any:
    return told(services().ask("register", "timeline", subject))


def _find(subject: str, kind: str, event: str) -> tuple[Kind, Story]:
    about = subject.partition("/")[0]
    if kind in KINDS and KINDS[kind].about == about:
        for found, story in reversed(papers_in(_history(subject))):
            if found.name == kind and event in ("", story.event.id):
                return found, story
    raise Rejected("not_found", "There is no such paper.")


def _sources(kind: Kind, story: Story, lang: str, actor: Actor) -> Sources:
    request = _request_of(story) if kind.about == OBJECTION else story
    return Sources(
        story=story,
        request=request,
        person=_person(kind, story, request, actor) if kind.names else {},
        rules=_rules(story),
        lang=lang,
        status_page=f"{current_app.config['PUBLIC_ADDRESS']}/status",
        secret=_secret(story),
    )


def _request_of(story: Story) -> Story | None:
    """The request that an objection is about, as it stood then."""
    id_ = story.said("ObjectionFiled").get("request")
    return until(_history(f"{REQUEST}/{id_}"), story.event.time) if id_ else None


def _person(kind: Kind, story: Story, request: Story | None, actor: Actor) -> Shown:
    """Who asked, as they were known then."""
    filed, received = (
        story.said("ObjectionFiled"),
        request.said("RequestReceived") if request else {},
    )
    applicant = filed.get("applicant_id") or received.get("applicant_id")
    purpose = f"{kind.id} ({story.event.subject})"
    note_reading([str(applicant)], purpose)
    sealed = services().ask("intake", "applicant", applicant, purpose, str(actor), story.event.time)
    person: Shown = current_app.config["SEAL"].open(sealed)
    return person


def _rules(story: Story) -> Rules:
    rows = services().ask("escalation", "rules", "", story.day.isoformat(), story.event.time)
    return rules_of(rows)


def _secret(story: Story) -> str:
    return tracking_secret(story.event.subject.partition("/")[2], current_app.config["PEPPER"])
