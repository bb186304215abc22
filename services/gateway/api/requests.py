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
from services.gateway.orders import (
    Outcome,
    answered,
    follow,
    give,
    seen_by_caller,
    services,
    showing,
)
from services.gateway.shown import Shown, from_cursor, page, public
from services.gateway.tracking import tracking_secret

blueprint = Blueprint("requests", __name__, url_prefix="/api/v1/requests")
SHOWING = showing("register", "request_showing")

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
    "closing": "CloseRequest",
    "reopening": "ReopenRequest",
    "withdrawal": "WithdrawRequest",
}
# How a request is after it was entered, by what was recorded.
_ARRIVED = {
    "RequestSubmitted": "submitted",
    "IncompletenessNotified": "incomplete",
    "RequestDeclined": "declined",
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
    body = read_body(forms.ReceiveBody())
    command = give("ReceiveRequest", _received(body), body)
    outcome = follow(command, SHOWING, also=_awaited)
    return answered(outcome, _receipt(outcome), 201, _location(outcome.subject))


def _awaited(events: tuple[str, ...]) -> Mapping[str, int]:
    """Escalation sets the due date, which belongs to the receipt; of what is declined it never hears."""
    return {} if "RequestDeclined" in events else {"escalation": 1}


def _received(body: Shown) -> Shown:
    kept = (
        "channel", "received_at", "information", "purpose", "obtain", "copy_format", "delivery", "topic",
        "paper_serial",
    )  # fmt: skip
    return {
        **{name: body.get(name) for name in kept},
        "category": body["applicant"]["category"],
        "indonesian": body["applicant"].get("indonesian"),
        "documents": forms.kinds(body.get("documents")),
        "applicant": current_app.config["SEAL"].close(forms.person(body)),
    }


def _receipt(outcome: Outcome) -> Shown | None:
    shown = outcome.shown
    if shown is None:
        return None
    request_id = outcome.subject.partition("/")[2]
    secret = tracking_secret(request_id, current_app.config["PEPPER"])
    return {
        "id": request_id,
        "state": next(state for name, state in _ARRIVED.items() if name in outcome.events),
        **{
            name: shown[name]
            for name in ("number", "missing", "due_on", "warnings", "version", "applicant_id")
        },
        "similar_to": [similar.partition("/")[2] for similar in shown["similar_to"]],
        "tracking": {"number": shown["number"] or request_id, "secret": secret},
        **({"declined": _explained(shown)} if shown.get("declined") else {}),
    }


def _explained(shown: Shown) -> Shown:
    """Why a request is declined, in words for the applicant, and where what is published stands."""
    on = local_day(shown["received_at"]).isoformat()
    texts = services().ask("escalation", "rules", "text", on)
    told = next((rule["value"] for rule in texts if rule["key"] == "applicant.not_eligible"), None)
    return {**shown["declined"], "text": told, "published": url_for("lists.listed", kind="public")}


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
