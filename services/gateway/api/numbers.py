"""The numbers of a year: reserving blocks for paper forms, voiding spoilt ones, and what became of each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, url_for
from marshmallow import Schema

from contracts.commands import COMMANDS
from contracts.roles import STAFF
from services.gateway.auth import allowed
from services.gateway.body import read_body
from services.gateway.orders import answered, follow, give, services, showing

blueprint = Blueprint("numbers", __name__, url_prefix="/api/v1/numbers")
SHOWING = showing("register", "numbers_showing")
Shown = dict[str, Any]


@blueprint.get("/<int(fixed_digits=4):year>")
@allowed(STAFF)
def shown(year: int) -> Response:
    """The reserved blocks of a year, and which of their serials were used, are void, or are open."""
    found = services().ask("register", "numbers", year)
    told = {name: [_public(line) for line in found[name]] for name in ("blocks", "void")}
    return jsonify({**found, **told})


@blueprint.post("/<int(fixed_digits=4):year>/reservations")
@allowed(COMMANDS["ReserveNumbers"].roles)
def reserve(year: int) -> Response:
    """Reserve the next serials of a year for paper forms. 201 with the first and the last."""
    return _order("ReserveNumbers", year, "blocks")


@blueprint.post("/<int(fixed_digits=4):year>/voids")
@allowed(COMMANDS["VoidNumber"].roles)
def void(year: int) -> Response:
    """Say that a reserved number was spoilt. 201 with the number, which will never be given again."""
    return _order("VoidNumber", year, "void")


def order_body(name: str) -> Schema:
    """What callers send; the address says of which year."""
    return COMMANDS[name].schema(exclude=("year",))


def _order(name: str, year: int, told: str) -> Response:
    body = read_body(order_body(name))
    data = {**body, "year": year}
    command = give(name, data, data, f"numbers/{year}")
    outcome = follow(command, SHOWING)
    lines: list[Shown] = outcome.shown[told] if outcome.shown else []
    done = next((_public(line) for line in lines if line["order"] == command.id), None)
    return answered(outcome, done, 201, url_for("numbers.shown", year=year))


def _public(line: Shown) -> Shown:
    return {name: value for name, value in line.items() if name != "order"}
