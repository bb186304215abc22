"""What the office owes by itself: the yearly and the monthly report, and the update of periodic information."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify

from contracts import roles
from contracts.local import local_day
from services.gateway import forms
from services.gateway.auth import allowed
from services.gateway.body import read_query
from services.gateway.orders import services

blueprint = Blueprint("duties", __name__, url_prefix="/api/v1/duties")
READERS = frozenset({roles.OFFICER, roles.HEAD, roles.ADMINISTRATOR, roles.AUDITOR})


@blueprint.get("")
@allowed(READERS)
def listed() -> Response:
    """The duties of the office as they stand on a day, today unless told: when each is due, and whether it is done."""
    asked = read_query(forms.DutiesQuery()).get("on") or local_day(datetime.now(UTC))
    on = asked.isoformat()
    return jsonify(
        {"on": on, "items": services().ask("escalation", "duties", on), "next_cursor": None}
    )
