"""The page of the system's health. It is shown also when the database is away, where nobody's session can be read."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, g, render_template
from pymongo.errors import ConnectionFailure

from contracts.roles import ADMINISTRATOR, STAFF
from services.gateway.identity.guard import page_allowed
from services.gateway.pages.health.judging import judged, worst
from services.gateway.pages.health.looking import System, look

blueprint = Blueprint("health", __name__)
UNAVAILABLE = 503


@page_allowed(STAFF)
def _for_staff() -> str:
    groups = judged(look(_system()), datetime.now(UTC))
    return render_template(
        "health.html",
        parts=groups,
        worst=worst(groups),
        at=datetime.now(UTC),
        may_see_parked=g.actor.role == ADMINISTRATOR,
    )


def shown() -> Response | str:
    """Every part in words. Without the database, what everybody may know: which servers and services answer."""
    try:
        page: Response | str = _for_staff()
    except ConnectionFailure:
        groups = judged(look(_system()), datetime.now(UTC))[:1]
        alone = render_template("health_alone.html", parts=groups, at=datetime.now(UTC))
        return Response(alone, UNAVAILABLE)
    return page


shown.roles = STAFF  # type: ignore[attr-defined]  # for the navigation, as page_allowed marks it
blueprint.add_url_rule("/services-health", view_func=shown)


def _system() -> System:
    system: System = current_app.config["SYSTEM"]
    return system
