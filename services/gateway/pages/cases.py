"""Permohonan: the work list, filtered by what stands in the address, in pages that go by key."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Blueprint, g, redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from contracts.local import local_day
from contracts.roles import STAFF
from services.gateway import forms
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import services
from services.gateway.pages.assignment import ORDER as ASSIGN
from services.gateway.pages.assignment import colleagues
from services.gateway.pages.complaints import complaints
from services.gateway.pages.controls import controls
from services.gateway.pages.deputies.together import stood_in_for, whose_work
from services.gateway.pages.near import near
from services.gateway.shown import from_cursor, page

blueprint = Blueprint("cases", __name__)
Shown = dict[str, Any]
_FILTERS = ("q", "state", "channel", "assignee", "unit", "year", "due_before", "overdue")
_OWN = (*_FILTERS, "cursor", "limit")


@blueprint.get("/cases")
@page_allowed(STAFF)
def listed() -> Response | str:
    """Requests by filter, the newest receipt first. A search that finds one leads straight to it."""
    asked = {name: request.args[name] for name in _OWN if request.args.get(name)}
    schema = forms.RequestFilters()
    try:
        filters, wrong = schema.load(asked), {}
    except ValidationError as error:
        filters, wrong = schema.load({}), complaints(error.messages_dict)
    found = _found(dict(filters))
    only = found["items"][0] if len(found["items"]) == 1 and set(asked) == {"q"} else None
    if only and not request.headers.get("HX-Request"):
        return redirect(url_for("case.shown", id_=only["id"]))
    return render_template(
        "cases.html",
        found=found,
        near=near(each["due_on"] for each in found["items"]),
        controls=controls(forms.RequestFilters(only=_FILTERS), asked, wrong),
        asked=asked,
        with_those_of=stood_in_for(filters.get("assignee", "")),
        complaints=list(wrong.items()),
        colleagues=colleagues() if g.actor.role in ASSIGN.roles else [],
        key=str(uuid4()),
    )


def _found(filters: Shown) -> Shown:
    cursor, limit = from_cursor(filters.pop("cursor", None)), filters.pop("limit")
    if "assignee" in filters:
        filters["assignee"] = _only_one(whose_work(filters["assignee"]))
    if "due_before" in filters:
        filters["due_before"] = filters["due_before"].isoformat()
    if "overdue" in filters:
        filters["today"] = local_day(datetime.now(UTC)).isoformat()
    return page(services().ask("register", "requests", filters, cursor, limit), limit)


def _only_one(names: list[str]) -> str | list[str]:
    return names if len(names) > 1 else names[0]
