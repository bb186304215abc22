"""The officer's daily supervision and the monthly report."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from contracts.commands import COMMANDS
from contracts.roles import STAFF
from services.gateway.auth import allowed
from services.gateway.body import read_body
from services.gateway.orders import answered, follow, give, services, showing
from services.gateway.shown import public

blueprint = Blueprint("reports", __name__, url_prefix="/api/v1/reports")


@blueprint.get("/daily/<date>")
@allowed(STAFF)
def day(date: str) -> Response:
    """A day's figures, the requests behind them, and its supervision."""
    found = services().ask("reporting", "day", date)
    return jsonify({**found, "lines": [public(line) for line in found["lines"]]})


@blueprint.get("/monthly/<period>")
@allowed(STAFF)
def month(period: str) -> Response:
    """A month's figures, and the report as it was issued."""
    return jsonify(services().ask("reporting", "month", period))


@blueprint.post("/daily/<date>/supervision")
@allowed(COMMANDS["SuperviseDay"].roles)
def supervise(date: str) -> Response:
    """Record that the officer looked at the day."""
    return _order("SuperviseDay", f"day/{date}", "day_showing")


@blueprint.post("/monthly/<period>/issue")
@allowed(COMMANDS["IssueReport"].roles)
def issue(period: str) -> Response:
    """Issue the report of a month that is over."""
    return _order("IssueReport", f"report/{period}", "report_showing")


@blueprint.post("/monthly/<period>/acknowledgement")
@allowed(COMMANDS["AcknowledgeReport"].roles)
def acknowledge(period: str) -> Response:
    """Take note of an issued report."""
    return _order("AcknowledgeReport", f"report/{period}", "report_showing")


def _order(name: str, subject: str, method: str) -> Response:
    body = read_body(COMMANDS[name].schema())
    outcome = follow(give(name, body, body, subject), showing("reporting", method))
    shown: dict[str, Any] | None = public(outcome.shown) if outcome.shown else None
    return answered(outcome, shown, 201, request.path.rpartition("/")[0])
