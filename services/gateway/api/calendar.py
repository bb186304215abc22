"""The calendar of working days: what is declared, declaring and revoking days, what that moves or would move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from contracts.commands import COMMANDS
from contracts.local import local_day
from contracts.roles import STAFF
from services.gateway import forms
from services.gateway.auth import allowed
from services.gateway.body import read_body, read_query, read_text
from services.gateway.dayfile import days_of
from services.gateway.orders import answered, follow, give, services, showing
from services.gateway.preview import previewed
from services.gateway.shown import from_cursor, page

blueprint = Blueprint("calendar", __name__, url_prefix="/api/v1")
SUBJECT = "calendar/office"
SHOWING = showing("escalation", "law_counted")
_ADMINISTRATORS = COMMANDS["DeclareHolidays"].roles


@blueprint.get("/calendar")
@allowed(STAFF)
def year() -> Response:
    """The declared days of a year, this one unless told, each with its decree and source."""
    asked = read_query(forms.YearQuery()).get("year") or local_day(datetime.now(UTC)).year
    found = services().ask("escalation", "calendar", asked)
    return jsonify({"year": asked, **found, "next_cursor": None})


@blueprint.post("/calendar")
@allowed(_ADMINISTRATORS)
def declare() -> Response:
    """Declare days, each by itself or as a range, by one decree. 201 with how many open clocks it moved."""
    preview = read_query(forms.PreviewQuery())["preview"]
    body = read_body(forms.DeclareBody())
    order = {"days": days_in(body), "decree": body["decree"], "source": body["source"]}
    return _declared(order, preview=preview)


@blueprint.post("/calendar/import")
@allowed(_ADMINISTRATORS)
def import_() -> Response:
    """Declare the days of a CSV file (date, kind, day_name, and estimated if it has it), by the decree in the address."""
    asked = read_query(forms.ImportQuery())
    preview = asked.pop("preview")
    order = {**asked, "days": days_of(read_text("text/csv"))}
    return _declared(order, preview=preview)


@blueprint.delete("/calendar/<date>")
@allowed(COMMANDS["RevokeHoliday"].roles)
def revoke(date: str) -> Response:
    """Revoke a declared day: the office works after all."""
    asked = read_query(forms.RevokeQuery())
    preview = asked.pop("preview")
    order = {**asked, **read_body(forms.RevokeBody()), "date": date}
    if preview:
        return previewed("RevokeHoliday", SUBJECT, order)
    return _changed("RevokeHoliday", order, 200)


@blueprint.get("/calendar/moves")
@allowed(STAFF)
def moves() -> Response:
    """Due dates that moved, from when to when and why, the newest first; since a time with `after`."""
    asked = read_query(forms.MovesQuery())
    after = asked.get("after")
    since = after.astimezone(UTC).isoformat() if after else ""
    return _told("moves", since, asked)


@blueprint.get("/notices")
@allowed(STAFF)
def notices() -> Response:
    """What those who work on open requests are told: due dates that moved, are near, or have passed."""
    asked = read_query(forms.NoticeQuery())
    return _told("told", asked.get("for", ""), asked)


def _told(method: str, filter_: str, asked: dict[str, Any]) -> Response:
    before, limit = from_cursor(asked.get("cursor")), asked["limit"]
    found = services().ask("escalation", method, filter_, before, limit)
    shown = page(found, limit)
    items = zip(shown["items"], found, strict=True)
    return jsonify({**shown, "items": [_notice(item, document) for item, document in items]})


def _notice(item: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    kind, _, id_ = item.pop("stream").partition("/")
    return {**item, "id": document["_id"], "about": kind, kind: id_}


def days_in(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The days of a body, a range written out."""
    days = [dict(day) for day in body.get("days") or ()]
    if body.get("from"):
        first, last = (datetime.fromisoformat(body[name]) for name in ("from", "to"))
        rest = {"kind": body["kind"], "day_name": body["day_name"]}
        span = range((last - first).days + 1)
        days += [
            {"date": (first + timedelta(days=step)).date().isoformat(), **rest} for step in span
        ]
    return days


def _declared(order: dict[str, Any], *, preview: bool) -> Response:
    if preview:
        return previewed("DeclareHolidays", SUBJECT, order)
    return _changed("DeclareHolidays", order, 201)


def _changed(name: str, order: dict[str, Any], status: int) -> Response:
    sent = {**order, "address": request.path}
    outcome = follow(give(name, order, sent, SUBJECT), SHOWING)
    body = {"days": len(outcome.events), **outcome.shown} if outcome.shown else None
    return answered(outcome, body, status, url_for("calendar.moves"))
