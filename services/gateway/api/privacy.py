"""Cases of personal data: entering one, its answer, and those that wait."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, url_for

from contracts.commands import COMMANDS
from contracts.errors import Rejected
from contracts.roles import STAFF
from services.gateway import forms
from services.gateway.auth import allowed
from services.gateway.body import read_body, read_query
from services.gateway.orders import (
    Outcome,
    answered,
    follow,
    give,
    seen_by_caller,
    services,
    showing,
)
from services.gateway.shown import from_cursor, page, public

blueprint = Blueprint("privacy", __name__, url_prefix="/api/v1/privacy-cases")
SHOWING = showing("register", "privacy_case_showing")


@blueprint.post("")
@allowed(COMMANDS["OpenPrivacyCase"].roles)
def open_() -> Response:
    """Enter a case. 201 with the hour at which it is due."""
    body = read_body(COMMANDS["OpenPrivacyCase"].schema())
    require_known(body.get("applicant_id"))
    return _answer(follow(give("OpenPrivacyCase", body, body), SHOWING), 201)


def require_known(applicant: str | None) -> None:
    """Raises Rejected where an id is nobody's. Who was erased may still ask what is kept of them."""
    if applicant and services().ask("intake", "objector", applicant, None) == "unknown":
        why = "There is no such applicant."
        raise Rejected("not_found", why, {"applicant_id": [why]})


@blueprint.get("")
@allowed(STAFF)
def listed() -> Response:
    """Cases by filter; overdue are those that wait longer than the law allows."""
    filters = read_query(forms.PrivacyFilters())
    cursor, limit = from_cursor(filters.pop("cursor", None)), filters.pop("limit")
    return jsonify(page(services().ask("register", "privacy_cases", filters, cursor, limit), limit))


@blueprint.get("/<id_>")
@allowed(STAFF)
def shown(id_: str) -> Response:
    """One case as it stands."""
    document = services().ask("register", "privacy_case", f"privacy/{id_}")
    response = jsonify(public(document))
    response.headers["ETag"] = f'"{document["version"]}"'
    return response


@blueprint.post("/<id_>/settlement")
@allowed(COMMANDS["SettlePrivacyCase"].roles)
def settle(id_: str) -> Response:
    """Enter that the case was answered."""
    body = read_body(COMMANDS["SettlePrivacyCase"].schema())
    subject = f"privacy/{id_}"
    seen = seen_by_caller(services().ask("register", "privacy_case", subject), "escalation")
    return _answer(follow(give("SettlePrivacyCase", body, body, subject, seen), SHOWING), 200)


def _answer(outcome: Outcome, status: int) -> Response:
    location = url_for("privacy.shown", id_=outcome.subject.partition("/")[2])
    shown_ = public(outcome.shown) if outcome.shown else None
    return answered(outcome, shown_, status, location)
