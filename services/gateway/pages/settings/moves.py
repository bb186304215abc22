"""Due dates that moved: which, from when to when, and what moved them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from marshmallow import ValidationError

from contracts.roles import STAFF
from services.gateway import forms
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import services
from services.gateway.pages import typed
from services.gateway.pages.confirming import named
from services.gateway.shown import from_cursor, to_cursor

blueprint = Blueprint("settings_moves", __name__)
PAGE = 50


@blueprint.get("/settings/calendar/moves")
@page_allowed(STAFF)
def shown() -> str:
    """The newest first; since a time with `after`."""
    since = _since()
    cursor = request.args.get("cursor", "")
    found: list[dict[str, Any]] = services().ask(
        "escalation", "moves", since, from_cursor(cursor), PAGE
    )
    more = to_cursor(found[-1]["_id"]) if len(found) == PAGE else ""
    return render_template(
        "settings/moves.html", moves=named(found, "stream"), since=since, cursor=cursor, more=more
    )


def _since() -> str:
    """The time in the address, in UTC; "" for all there ever were."""
    asked = request.args.get("after", "").strip()
    schema = forms.MovesQuery(only=("after",))
    try:
        moment: datetime | None = schema.load(typed.body(schema, request.args)).get("after")
    except ValidationError:
        flash(_("Waktu itu tidak dapat dibaca. Yang tampak adalah semua."), "error")
        return ""
    return moment.astimezone(UTC).isoformat() if asked and moment else ""
