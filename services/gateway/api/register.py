"""The register's book of a year, and the feed of events for other systems."""

from __future__ import annotations

from threading import BoundedSemaphore
from time import monotonic, sleep
from typing import Any

from flask import Blueprint, Response, jsonify, request

from contracts.roles import INTEGRATION, STAFF
from services.gateway import forms
from services.gateway.auth import allowed
from services.gateway.body import read_query
from services.gateway.book import serial
from services.gateway.orders import services
from services.gateway.registers.books import REQUESTS
from services.gateway.shown import page

blueprint = Blueprint("register", __name__, url_prefix="/api/v1")
LOOK_SECONDS = 0.2
# Callers who wait must leave lines free for those who work.
_waiting = BoundedSemaphore(4)


@blueprint.get("/register/<int(fixed_digits=4):year>")
@allowed(STAFF)
def book(year: int) -> Response:
    """The register of a year, by its numbers; JSON in pages, or all of it as CSV."""
    if request.accept_mimetypes.best_match(["application/json", "text/csv"]) == "text/csv":
        return REQUESTS.csv(year)
    asked = read_query(forms.PageFilters())
    found = services().ask("register", "book", year, serial(asked.get("cursor")), asked["limit"])
    return jsonify(page(found, asked["limit"], "serial"))


@blueprint.get("/register/<int(fixed_digits=4):year>.csv")
@allowed(STAFF)
def book_csv(year: int) -> Response:
    """The register of a year as CSV."""
    return REQUESTS.csv(year)


@blueprint.get("/register/<int(fixed_digits=4):year>.pdf")
@allowed(STAFF)
def book_pdf(year: int) -> Response:
    """The register of a year to print, in the columns of the standard form."""
    return REQUESTS.pdf(year)


@blueprint.get("/register/<int(fixed_digits=4):year>.xlsx")
@allowed(STAFF)
def book_xlsx(year: int) -> Response:
    """The register of a year as a spreadsheet, in the columns of the standard form."""
    return REQUESTS.xlsx(year)


@blueprint.get("/events")
@allowed(STAFF | {INTEGRATION})
def feed() -> Response:
    """Events behind a position, without what may name people; with `wait`, until there is one."""
    asked = read_query(forms.FeedFilters())
    found = _feed(asked)
    if not found and asked["wait"] and _waiting.acquire(blocking=False):
        try:
            found = _feed_when_new(asked)
        finally:
            _waiting.release()
    position = found[-1]["position"] if found else asked["after"]
    return jsonify({"items": found, "next_cursor": position})


def _feed(asked: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = services().ask("register", "feed", asked["after"], asked["limit"])
    return found


def _feed_when_new(asked: dict[str, Any]) -> list[dict[str, Any]]:
    deadline = monotonic() + asked["wait"]
    while not (found := _feed(asked)) and monotonic() < deadline:
        sleep(LOOK_SECONDS)
    return found
