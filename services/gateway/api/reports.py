"""The officer's daily supervision, the monthly and the yearly report."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from contracts.commands import COMMANDS
from contracts.errors import Rejected
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
    return jsonify(services().ask("reporting", "period", _month(period)))


@blueprint.get("/annual/<year>")
@allowed(STAFF)
def year(year: str) -> Response:
    """A year's figures, and the report as it was issued."""
    return jsonify(services().ask("reporting", "period", _year(year)))


@blueprint.post("/daily/<date>/supervision")
@allowed(COMMANDS["SuperviseDay"].roles)
def supervise(date: str) -> Response:
    """Record that the officer looked at the day."""
    return _order("SuperviseDay", f"day/{date}", "day_showing")


@blueprint.post("/monthly/<period>/issue")
@allowed(COMMANDS["IssueReport"].roles)
def issue(period: str) -> Response:
    """Issue the report of a month that is over."""
    return _order("IssueReport", f"report/{_month(period)}", "report_showing")


@blueprint.post("/annual/<year>/issue")
@allowed(COMMANDS["IssueReport"].roles)
def issue_year(year: str) -> Response:
    """Issue the report of a year that is over."""
    return _order("IssueReport", f"report/{_year(year)}", "report_showing")


@blueprint.post("/monthly/<period>/acknowledgement")
@allowed(COMMANDS["AcknowledgeReport"].roles)
def acknowledge(period: str) -> Response:
    """Take note of an issued report."""
    return _order("AcknowledgeReport", f"report/{_month(period)}", "report_showing")


@blueprint.post("/annual/<year>/acknowledgement")
@allowed(COMMANDS["AcknowledgeReport"].roles)
def acknowledge_year(year: str) -> Response:
    """Take note of an issued report of a year."""
    return _order("AcknowledgeReport", f"report/{_year(year)}", "report_showing")


def _month(period: str) -> str:
    """A period that may be a month; reporting says whether there is such a one."""
    if len(period) != len("2026-08"):
        raise Rejected("not_found", "There is no such month.")
    return period


def _year(year: str) -> str:
    """A period that may be a year."""
    if len(year) != len("2026") or not (year.isascii() and year.isdigit()):
        raise Rejected("not_found", "There is no such year.")
    return year


def _order(name: str, subject: str, method: str) -> Response:
    body = read_body(COMMANDS[name].schema())
    outcome = follow(give(name, body, body, subject), showing("reporting", method))
    shown: dict[str, Any] | None = public(outcome.shown) if outcome.shown else None
    return answered(outcome, shown, 201, request.path.rpartition("/")[0])
