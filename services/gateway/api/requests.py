"""Requests: entering one, every step until it is closed, and looking at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, url_for
from marshmallow import Schema

from contracts.commands import COMMANDS
from contracts.local import local_day
from contracts.roles import STAFF
from services.gateway import forms
from services.gateway.auth import allowed
from services.gateway.body import read_body, read_query
from services.gateway.orders import answered, follow, give, seen_by_caller, services
from services.gateway.receiving import SHOWING, receipt, received
from services.gateway.shown import from_cursor, page, public

blueprint = Blueprint("requests", __name__, url_prefix="/api/v1/requests")

# The steps whose body is the order itself.
STEPS = {
    "escalation": "EscalateRequest",
    "disposition": "GiveDisposition",
    "extension": "ExtendDeadline",
    "regime": "CorrectRegime",
    "consequence-test": "RecordConsequenceTest",
    "decision": "DecideRequest",
    "notification": "NotifyApplicant",
    "handover": "HandOverInformation",
    "delivery": "RecordDelivery",
    "closing": "CloseRequest",
    "assignment": "AssignRequest",
    "reopening": "ReopenRequest",
    "withdrawal": "WithdrawRequest",
}
# Fields that people may leave out where an empty list is meant.
EMPTY: Mapping[str, Mapping[str, Any]] = {
    "RecordConsequenceTest": {"grounds": []},
    "DecideRequest": {"grounds": [], "blackened": []},
    "HandOverInformation": {"received_by": "applicant"},
}


@blueprint.post("")
@allowed(COMMANDS["ReceiveRequest"].roles)
def receive() -> Response:
    """Enter a request. 201 with number, due date and tracking secret; with missing papers; or with why it is declined."""
    outcome = received(read_body(forms.ReceiveBody()))
    return answered(outcome, receipt(outcome), 201, _location(outcome.subject))


@blueprint.post("/<id_>/documents")
@allowed(COMMANDS["CompleteRequest"].roles)
def complete(id_: str) -> Response:
    """Enter papers that were missing."""
    body = read_body(forms.CompleteBody())
    numbers = forms.numbers(body["documents"])
    data = {
        "documents": forms.kinds(body["documents"]),
        "received_at": body.get("received_at") or datetime.now(UTC).isoformat(),
        "numbers": current_app.config["SEAL"].close(numbers) if numbers else None,
    }
    return _step(id_, "CompleteRequest", data, body)


@blueprint.post("/<id_>/classification")
@allowed(COMMANDS["ClassifyInformation"].roles)
def classify(id_: str) -> Response:
    """Say what kind of information is asked for."""
    body = read_body(forms.ClassificationBody())
    if body["outcome"] == "exempt":
        flag = {"grounds": body.get("grounds") or [], "list_entry": body.get("list_entry")}
        return _step(id_, "FlagExemption", {**flag, "consequence": body.get("consequence")}, body)
    held = body.get("held")
    data = {
        "outcome": body["outcome"],
        "held": True if held is None else held,
        "held_form": body.get("held_form") or [],
        "list_entry": body.get("list_entry"),
    }
    return _step(id_, "ClassifyInformation", data, body)


def _step(id_: str, name: str, data: Mapping[str, Any], sent: Mapping[str, Any]) -> Response:
    """Give an order about a request that the caller has read, and show the request as it is then."""
    subject = f"request/{id_}"
    shown = services().ask("register", "request", subject)
    seen = seen_by_caller(shown, COMMANDS[name].service)
    outcome = follow(give(name, data, sent, subject, seen), SHOWING)
    return answered(
        outcome, public(outcome.shown) if outcome.shown else None, 200, _location(subject)
    )


def _add_step(path: str, name: str) -> None:
    contract = COMMANDS[name]

    @allowed(contract.roles)
    def step(id_: str) -> Response:
        body = read_body(step_body(name))
        return _step(id_, name, {**EMPTY.get(name, {}), **body}, body)

    step.__doc__ = contract.meaning
    blueprint.add_url_rule(f"/<id_>/{path}", f"step-{path}", step, methods=["POST"])


def step_body(name: str) -> Schema:
    """What callers send with a step."""
    return lenient(COMMANDS[name].schema, EMPTY.get(name, {}))


def lenient(schema: type[Schema], given: Mapping[str, Any]) -> Schema:
    """A schema that does not ask for what has a plain meaning when it is left out."""
    return schema(partial=tuple(given))


for _path, _name in STEPS.items():
    _add_step(_path, _name)


@blueprint.get("")
@allowed(STAFF)
def listed() -> Response:
    """Requests, the newest receipt first, by filter."""
    filters = read_query(forms.RequestFilters())
    cursor, limit = from_cursor(filters.pop("cursor", None)), filters.pop("limit")
    if "due_before" in filters:
        filters["due_before"] = filters["due_before"].isoformat()
    if "overdue" in filters:
        filters["today"] = local_day(datetime.now(UTC)).isoformat()
    return jsonify(page(services().ask("register", "requests", filters, cursor, limit), limit))


@blueprint.get("/<id_>")
@allowed(STAFF)
def shown(id_: str) -> Response:
    """One request as it stands, or as it stood."""
    as_of = read_query(forms.AsOf()).get("as_of")
    if as_of:
        then = as_of.astimezone(UTC).isoformat()
        return jsonify(public(services().ask("register", "request_as_of", f"request/{id_}", then)))
    document = services().ask("register", "request", f"request/{id_}")
    response = jsonify(public(document))
    response.headers["ETag"] = f'"{document["version"]}"'
    return response


@blueprint.get("/<id_>/timeline")
@allowed(STAFF)
def timeline(id_: str) -> Response:
    """Everything that happened to a request, causes before effects."""
    return jsonify(
        {"items": services().ask("register", "timeline", f"request/{id_}"), "next_cursor": None}
    )


def _location(subject: str) -> str:
    return url_for("requests.shown", id_=subject.partition("/")[2])
