"""The list of cases of personal data, the newest first, in pages that go by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from contracts.commands import COMMANDS
from contracts.roles import STAFF
from services.gateway.body import read_query
from services.gateway.forms import PrivacyFilters
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import services
from services.gateway.shown import from_cursor, page

blueprint = Blueprint("privacy_list", __name__)
# What can be chosen, as it stands in the address.
CHOICES: Mapping[str, dict[str, Any]] = {
    "": {},
    "open": {"state": "open"},
    "overdue": {"overdue": "true"},
    "settled": {"state": "settled"},
}


@blueprint.get("/privacy")
@page_allowed(STAFF)
def listed() -> str:
    """Cases by filter; overdue are those that wait longer than the law allows."""
    filters = read_query(PrivacyFilters())
    cursor, limit = from_cursor(filters.pop("cursor", None)), filters.pop("limit")
    found = page(services().ask("register", "privacy_cases", filters, cursor, limit), limit)
    asked: dict[str, Any] = {
        name: request.args[name] for name in ("state", "overdue") if name in request.args
    }
    return render_template(
        "privacy/list.html",
        cases=found["items"],
        choices=[
            (name, url_for("privacy_list.listed", **each), each == asked)
            for name, each in CHOICES.items()
        ],
        next=found["next_cursor"]
        and url_for("privacy_list.listed", **asked, cursor=found["next_cursor"]),
        first=cursor and url_for("privacy_list.listed", **asked),
        may_open=g.actor.role in COMMANDS["OpenPrivacyCase"].roles,
    )
