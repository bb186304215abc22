"""The lists of public information (DIP) and of exempt information (DIK)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, url_for
from marshmallow import Schema

from contracts.commands import COMMANDS
from contracts.errors import Rejected
from contracts.roles import STAFF
from services.gateway import forms
from services.gateway.api.requests import lenient
from services.gateway.auth import allowed
from services.gateway.body import read_body, read_query
from services.gateway.orders import answered, follow, give, seen_by_caller, services, showing
from services.gateway.shown import from_cursor, page, public

blueprint = Blueprint("lists", __name__, url_prefix="/api/v1/lists")
SHOWING = showing("register", "entry_showing")
LISTS = ("public", "exempt")
_EMPTY: dict[str, Any] = {"grounds": [], "forms": []}


@blueprint.post("/<kind>")
@allowed(COMMANDS["PublishListEntry"].roles)
def publish(kind: str) -> Response:
    """Put an entry on a list."""
    _require_list(kind)
    body = read_body(entry_body())
    outcome = follow(
        give("PublishListEntry", {**_EMPTY, **body, "list": kind}, {**body, "list": kind}), SHOWING
    )
    return answered(
        outcome,
        public(outcome.shown) if outcome.shown else None,
        201,
        _location(kind, outcome.subject),
    )


def entry_body() -> Schema:
    """What callers send for a new entry; the address says on which list it stands."""
    return lenient(COMMANDS["PublishListEntry"].schema, {**_EMPTY, "list": ""})


@blueprint.get("/<kind>")
@allowed(STAFF)
def listed(kind: str) -> Response:
    """The entries of a list."""
    _require_list(kind)
    asked = read_query(forms.PageFilters())
    found = services().ask(
        "register", "entries", kind, from_cursor(asked.get("cursor")), asked["limit"]
    )
    return jsonify(page(found, asked["limit"]))


@blueprint.get("/<kind>/<id_>")
@allowed(STAFF)
def shown(kind: str, id_: str) -> Response:
    """One entry."""
    document = _entry(kind, id_)
    response = jsonify(public(document))
    response.headers["ETag"] = f'"{document["version"]}"'
    return response


@blueprint.post("/<kind>/<id_>/revocation")
@allowed(COMMANDS["RevokeListEntry"].roles)
def revoke(kind: str, id_: str) -> Response:
    """Take an entry off its list."""
    body = read_body(COMMANDS["RevokeListEntry"].schema())
    subject = f"list-entry/{id_}"
    seen = seen_by_caller(_entry(kind, id_), "classification")
    outcome = follow(give("RevokeListEntry", body, body, subject, seen), SHOWING)
    return answered(
        outcome, public(outcome.shown) if outcome.shown else None, 200, _location(kind, subject)
    )


def _entry(kind: str, id_: str) -> dict[str, Any]:
    document: dict[str, Any] = services().ask("register", "entry", f"list-entry/{id_}")
    if document["list"] != kind:
        raise Rejected("not_found", "There is no such entry on this list.")
    return document


def _require_list(kind: str) -> None:
    if kind not in LISTS:
        raise Rejected("not_found", "There are two lists: public and exempt.")


def _location(kind: str, subject: str) -> str:
    return url_for("lists.shown", kind=kind, id_=subject.partition("/")[2])
