"""The rules of the desk: which are in force, putting one in force, ending one."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, url_for

from contracts.commands import COMMANDS
from contracts.roles import STAFF
from services.gateway import forms
from services.gateway.auth import allowed
from services.gateway.body import read_body, read_query
from services.gateway.orders import answered, follow, give, services, showing
from services.gateway.preview import previewed

blueprint = Blueprint("rules", __name__, url_prefix="/api/v1/rules")
SUBJECT = "rules/office"
SHOWING = showing("escalation", "law_counted")


@blueprint.get("")
@allowed(STAFF)
def listed() -> Response:
    """Every period of every rule; of one kind, or in force on a day, if asked."""
    asked = read_query(forms.RuleFilters())
    on = asked["on"].isoformat() if "on" in asked else ""
    found = services().ask("escalation", "rules", asked.get("kind", ""), on)
    return jsonify({"items": found, "next_cursor": None})


@blueprint.post("")
@allowed(COMMANDS["EnactRule"].roles)
def enact() -> Response:
    """Put a rule in force for a time, or in place of others. 201 with how many open clocks it moved."""
    return _order("EnactRule", 201)


@blueprint.post("/ending")
@allowed(COMMANDS["EndRule"].roles)
def end() -> Response:
    """Let one period of a rule end on a day."""
    return _order("EndRule", 200)


def _order(name: str, status: int) -> Response:
    preview = read_query(forms.PreviewQuery())["preview"]
    body = read_body(COMMANDS[name].schema())
    if preview:
        return previewed(name, SUBJECT, body)
    outcome = follow(give(name, body, body, SUBJECT), SHOWING)
    shown = {**body, **outcome.shown} if outcome.shown else None
    return answered(outcome, shown, status, url_for("rules.listed"))
