"""Objections: filing one, every step until the court's last word, looking at them, and their register."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from marshmallow import Schema

from contracts.commands import COMMANDS
from contracts.local import local_day
from contracts.roles import STAFF
from services.gateway import forms
from services.gateway.auth import allowed
from services.gateway.body import read_body, read_query
from services.gateway.book import serial
from services.gateway.orders import answered, follow, give, seen_by_caller, services, showing
from services.gateway.registers.books import OBJECTIONS
from services.gateway.shown import from_cursor, page, public

blueprint = Blueprint("objections", __name__, url_prefix="/api/v1")
SHOWING = showing("register", "objection_showing")
STEPS = {
    "answer": "AnswerObjection",
    "reaction": "RecordReaction",
    "delivery": "RecordObjectionDelivery",
    "dispute": "OpenDispute",
    "settlement": "SettleDispute",
    "court-case": "OpenCourtCase",
    "ruling": "RecordRuling",
}
_EMPTY: dict[str, Any] = {"grounds": []}


@blueprint.post("/objections")
@allowed(COMMANDS["FileObjection"].roles)
def file() -> Response:
    """Enter an objection. 201 with its number and the day on which the superior's answer is due."""
    body = read_body(file_body())
    data = {**_EMPTY, **body, "objector": known_objector(body)}
    outcome = follow(give("FileObjection", data, body), SHOWING)
    return answered(
        outcome, public(outcome.shown) if outcome.shown else None, 201, _location(outcome.subject)
    )


def file_body() -> Schema:
    """What callers send for a new objection. How intake knows who objects is not theirs to say."""
    return COMMANDS["FileObjection"].schema(partial=tuple(_EMPTY), exclude=("objector",))


def known_objector(body: dict[str, Any]) -> str | None:
    """How intake knows who objects; None where nobody is named, which escalation refuses."""
    who, about_ = body.get("applicant_id"), body.get("request")
    known: str | None = services().ask("intake", "objector", who, about_) if who or about_ else None
    return known


@blueprint.get("/objections")
@allowed(STAFF)
def listed() -> Response:
    """Objections by filter; overdue are those whose answer was due."""
    return jsonify(found(read_query(forms.ObjectionFilters())))


def found(filters: dict[str, Any]) -> dict[str, Any]:
    """One page of the list by checked filters, in the order that they wish."""
    cursor, limit = from_cursor(filters.pop("cursor", None)), filters.pop("limit")
    if "overdue" in filters:
        filters["today"] = local_day(datetime.now(UTC)).isoformat()
    documents = services().ask("register", "objections", filters, cursor, limit)
    return page(documents, limit, _by_due_date if filters.get("sort") == "due" else "_id")


def _by_due_date(document: dict[str, Any]) -> str:
    return f"{document['due_on']} {document['_id']}"


@blueprint.get("/objections/<id_>")
@allowed(STAFF)
def shown(id_: str) -> Response:
    """One objection as it stands."""
    document = services().ask("register", "objection", f"objection/{id_}")
    response = jsonify(public(document))
    response.headers["ETag"] = f'"{document["version"]}"'
    return response


@blueprint.get("/requests/<id_>/objections")
@allowed(STAFF)
def about(id_: str) -> Response:
    """The objections to a request, which grounds are open today, and until when an objection is in time."""
    document = services().ask("register", "request", f"request/{id_}")
    open_ = services().ask("escalation", "grounds", id_)
    return jsonify({"items": document["objections"], "next_cursor": None, **open_})


def _add_step(path: str, name: str) -> None:
    contract = COMMANDS[name]

    @allowed(contract.roles)
    def step(id_: str) -> Response:
        body = read_body(contract.schema())
        return _step(id_, name, body)

    step.__doc__ = contract.meaning
    blueprint.add_url_rule(f"/objections/<id_>/{path}", f"step-{path}", step, methods=["POST"])


def _step(id_: str, name: str, body: dict[str, Any]) -> Response:
    """Give an order about an objection that the caller has read, and show it as it is then."""
    subject = f"objection/{id_}"
    seen = seen_by_caller(services().ask("register", "objection", subject), "escalation")
    outcome = follow(give(name, body, body, subject, seen), SHOWING)
    return answered(
        outcome, public(outcome.shown) if outcome.shown else None, 200, _location(subject)
    )


for _path, _name in STEPS.items():
    _add_step(_path, _name)


@blueprint.get("/objection-register/<int(fixed_digits=4):year>")
@allowed(STAFF)
def book(year: int) -> Response:
    """The objection register of a year, by its numbers; JSON in pages, or all of it as CSV."""
    if request.accept_mimetypes.best_match(["application/json", "text/csv"]) == "text/csv":
        return OBJECTIONS.csv(year)
    asked = read_query(forms.PageFilters())
    after = serial(asked.get("cursor"))
    found = services().ask("register", "objection_book", year, after, asked["limit"])
    return jsonify(page(found, asked["limit"], "serial"))


@blueprint.get("/objection-register/<int(fixed_digits=4):year>.csv")
@allowed(STAFF)
def book_csv(year: int) -> Response:
    """The objection register of a year as CSV."""
    return OBJECTIONS.csv(year)


@blueprint.get("/objection-register/<int(fixed_digits=4):year>.pdf")
@allowed(STAFF)
def book_pdf(year: int) -> Response:
    """The objection register of a year to print, in the columns of the standard form."""
    return OBJECTIONS.pdf(year)


@blueprint.get("/objection-register/<int(fixed_digits=4):year>.xlsx")
@allowed(STAFF)
def book_xlsx(year: int) -> Response:
    """The objection register of a year as a spreadsheet, in the columns of the standard form."""
    return OBJECTIONS.xlsx(year)


def _location(subject: str) -> str:
    return url_for("objections.shown", id_=subject.partition("/")[2])
