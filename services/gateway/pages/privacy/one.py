"""One case of personal data: what was asked or happened, by which hour it is due, and what was done."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template, url_for
from werkzeug.wrappers import Response

from contracts.commands import COMMANDS
from contracts.roles import DESK_WORK, STAFF
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import services
from services.gateway.pages.people import Who, told
from services.gateway.shown import public

blueprint = Blueprint("privacy_case", __name__)
Shown = dict[str, Any]


@blueprint.get("/privacy/<id_>")
@page_allowed(STAFF)
def shown(id_: str) -> str:
    """A case as it stands."""
    return page_of(id_)


@blueprint.post("/privacy/<id_>/person")
@page_allowed(DESK_WORK)
def person(id_: str) -> Response:
    """Show whose data it is about, for a purpose that is written down."""
    return told(_who(id_), current(id_)["applicant_id"] or "", lambda who: page_of(id_, who))


def page_of(id_: str, who: Who | None = None) -> str:
    """The page of a case; with the person when they were asked for."""
    case = current(id_)
    waits = case["state"] == "open"
    return render_template(
        "privacy/one.html",
        case=case,
        timeline=services().ask("register", "timeline", f"privacy/{id_}"),
        may_settle=waits and g.actor.role in COMMANDS["SettlePrivacyCase"].roles,
        who=who or _who(id_),
    )


def _who(id_: str) -> Who:
    return Who(url_for("privacy_case.person", id_=id_))


def current(id_: str) -> Shown:
    """A case with its versions for the next order. Raises Rejected where there is none."""
    document = services().ask("register", "privacy_case", f"privacy/{id_}")
    return {**public(document), "version": document["version"]}
