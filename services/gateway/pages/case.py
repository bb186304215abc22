"""One case: its facts, its clock, everything that happened, and what can be done now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Blueprint, current_app, flash, g, render_template, request, url_for
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from contracts.errors import Rejected
from contracts.roles import DESK_WORK, STAFF
from services.gateway import forms
from services.gateway.documents.kinds import REQUEST
from services.gateway.documents.story import told as events_of
from services.gateway.identity.guard import page_allowed
from services.gateway.mail.installing import outbox
from services.gateway.orders import services
from services.gateway.pages import typed
from services.gateway.pages.assignment import ORDER as ASSIGN
from services.gateway.pages.assignment import colleagues
from services.gateway.pages.happened import steps
from services.gateway.pages.near import near
from services.gateway.pages.offers import offers
from services.gateway.pages.papers import printable
from services.gateway.pages.people import Who, told
from services.gateway.pages.presence import Presence
from services.gateway.shown import public

blueprint = Blueprint("case", __name__)
Shown = dict[str, Any]


@blueprint.get("/cases/<id_>")
@page_allowed(STAFF)
def shown(id_: str) -> str:
    """A request as it stands, or as it stood at a time."""
    return page_of(id_)


@blueprint.post("/cases/<id_>/person")
@page_allowed(DESK_WORK)
def person(id_: str) -> Response:
    """Show who asks, for a purpose that is written down."""
    case = current(id_)
    return told(_who(id_), case["applicant_id"], lambda who: page_of(id_, who))


@blueprint.get("/cases/<id_>/clock")
@page_allowed(STAFF)
def clock(id_: str) -> str:
    """Why the request falls due when it does, day by day."""
    explained = services().ask("escalation", "explain", f"request/{id_}")
    return render_template("clock.html", case=current(id_), explained=explained)


def page_of(id_: str, who: Who | None = None) -> str:
    """The page of a case; with the person when they were asked for."""
    then = _as_of()
    case = _then(id_, then) if then else current(id_)
    timeline = _timeline(id_, then)
    return render_template(
        "case.html",
        case=case,
        near=near([case["due_on"]]),
        offers=() if then else offers(case, g.actor.role),
        grounds=_grounds(case) if not then else {},
        happened=steps(events_of(timeline)),
        papers=printable(REQUEST, timeline),
        papers_at=f"/cases/{id_}/papers",
        letters=() if then else outbox().of(f"{REQUEST}/{id_}"),
        may_send=not then and g.actor.role in DESK_WORK,
        as_of=then,
        who=who or _who(id_),
        colleagues=colleagues() if g.actor.role in ASSIGN.roles else [],
        others=_others(id_),
        key=str(uuid4()),
    )


def _who(id_: str) -> Who:
    return Who(url_for("case.person", id_=id_))


def current(id_: str) -> Shown:
    """A request as it stands, with its versions for the next order. Raises Rejected where there is none."""
    document = services().ask("register", "request", f"request/{id_}")
    return {**public(document), "version": document["version"]}


def _others(id_: str) -> list[str]:
    """Who else has the case open just now."""
    presence: Presence = current_app.config["PRESENCE"]
    return presence.enter(id_, g.account.name, g.account.full_name)


def _then(id_: str, moment: str) -> Shown:
    return public(services().ask("register", "request_as_of", f"request/{id_}", moment))


def _as_of() -> str:
    """The time in the address, in UTC; "" for now. What cannot be read is said, and now is shown."""
    asked = request.args.get("as_of", "").strip()
    if not asked:
        return ""
    schema = forms.AsOf()
    try:
        moment: datetime = schema.load(typed.body(schema, request.args))["as_of"]
    except (ValidationError, KeyError):
        flash(_("Waktu itu tidak dapat dibaca. Yang tampak adalah keadaan sekarang."), "error")
        return ""
    return moment.astimezone(UTC).isoformat()


def _timeline(id_: str, then: str) -> list[Shown]:
    events = services().ask("register", "timeline", f"request/{id_}")
    return [event for event in events if not then or event["time"] <= then]


def _grounds(case: Shown) -> Shown:
    """Which grounds of an objection are open today; none while nobody knows of a clock."""
    try:
        found: Shown = services().ask("escalation", "grounds", case["id"])
    except Rejected:
        return {}
    return found
