"""One objection: what is objected to, its clock, everything that happened, and what can be done now."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template, url_for
from werkzeug.wrappers import Response

from contracts.errors import Rejected
from contracts.roles import DESK_WORK, STAFF
from services.gateway.api.objections import STEPS
from services.gateway.documents.kinds import OBJECTION
from services.gateway.documents.story import told as events_of
from services.gateway.identity.guard import page_allowed
from services.gateway.mail.installing import outbox
from services.gateway.orders import services
from services.gateway.pages.happened import steps
from services.gateway.pages.near import near
from services.gateway.pages.objections.clocks import running
from services.gateway.pages.offers import objection_offers
from services.gateway.pages.papers import printable
from services.gateway.pages.people import Who, told
from services.gateway.shown import public

blueprint = Blueprint("objection", __name__)
Shown = dict[str, Any]
PATH_OF = {name: path for path, name in STEPS.items()}


@blueprint.get("/objections/<id_>")
@page_allowed(STAFF)
def shown(id_: str) -> str:
    """An objection as it stands."""
    return page_of(id_)


@blueprint.post("/objections/<id_>/person")
@page_allowed(DESK_WORK)
def person(id_: str) -> Response:
    """Show who objects, for a purpose that is written down."""
    return told(_who(id_), current(id_)["applicant_id"], lambda who: page_of(id_, who))


def page_of(id_: str, who: Who | None = None) -> str:
    """The page of an objection; with the person when they were asked for."""
    objection = current(id_)
    timeline = services().ask("register", "timeline", f"objection/{id_}")
    return render_template(
        "objections/one.html",
        **beside(objection),
        offers=[(name, PATH_OF[name]) for name in objection_offers(objection, g.actor.role)],
        happened=steps(events_of(timeline)),
        papers=printable(OBJECTION, timeline),
        papers_at=f"/objections/{id_}/papers",
        letters=outbox().of(f"{OBJECTION}/{id_}"),
        may_send=g.actor.role in DESK_WORK,
        who=who or _who(id_),
    )


def _who(id_: str) -> Who:
    return Who(url_for("objection.person", id_=id_))


def beside(objection: Shown) -> Shown:
    """An objection with its running clock and its request, as every page about it shows them."""
    clock = running(objection)
    return {
        "objection": objection,
        "running": clock,
        "case": about(objection["request"]) if objection["request"] else None,
        "near": near([clock["due_on"]]),
    }


def current(id_: str) -> Shown:
    """An objection as it stands, with its versions for the next order. Raises Rejected where there is none."""
    document = services().ask("register", "objection", f"objection/{id_}")
    return {**public(document), "version": document["version"]}


def about(request_: str) -> Shown | None:
    """The request that is objected to; None while the register has not heard of it."""
    try:
        document = services().ask("register", "request", f"request/{request_}")
    except Rejected:
        return None
    return public(document)
