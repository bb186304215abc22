"""Keberatan: the list, filtered by what stands in the address, in pages that go by key."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from marshmallow import ValidationError

from contracts.commands import COMMANDS
from contracts.roles import STAFF
from services.gateway import forms
from services.gateway.api.objections import found
from services.gateway.identity.guard import page_allowed
from services.gateway.pages.complaints import complaints
from services.gateway.pages.controls import controls
from services.gateway.pages.near import near
from services.gateway.pages.objections.clocks import running

blueprint = Blueprint("objection_list", __name__)
_FILTERS = ("sort", "state", "overdue", "year")
_OWN = (*_FILTERS, "request", "cursor", "limit")


@blueprint.get("/objections")
@page_allowed(STAFF)
def listed() -> str:
    """Objections by filter, the newest first, or those that wait for their answer by their due date."""
    asked = {name: request.args[name] for name in _OWN if request.args.get(name)}
    schema = forms.ObjectionFilters()
    try:
        filters, wrong = schema.load(asked), {}
    except ValidationError as error:
        filters, wrong = schema.load({}), complaints(error.messages_dict)
    shown = found(dict(filters))
    items = [{**each, "running": running(each)} for each in shown["items"]]
    return render_template(
        "objections/list.html",
        items=items,
        next_cursor=shown["next_cursor"],
        near=near(each["running"]["due_on"] for each in items),
        controls=controls(forms.ObjectionFilters(only=_FILTERS), asked, wrong),
        asked=asked,
        without_cursor={name: value for name, value in asked.items() if name != "cursor"},
        may_file=g.actor.role in COMMANDS["FileObjection"].roles,
        complaints=list(wrong.items()),
    )
