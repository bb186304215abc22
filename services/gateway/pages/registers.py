"""Register: the books of a year, to be read, printed and taken along as files."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from contracts.roles import STAFF
from services.gateway.book import serial
from services.gateway.identity.guard import page_allowed
from services.gateway.pages.near import near
from services.gateway.registers.books import OBJECTIONS, REQUESTS, Book
from services.gateway.registers.columns import text
from services.gateway.shown import to_cursor

blueprint = Blueprint("registers", __name__)
BOOKS = {"requests": REQUESTS, "objections": OBJECTIONS}
_BOOK = "/registers/<any(requests, objections):name>/<int(fixed_digits=4):year>"
ON_A_PAGE = 50
YEARS_BACK = 5


@blueprint.get("/registers")
@page_allowed(STAFF)
def index() -> Answer | str:
    """The books of this year and the last ones; a year that was typed leads to its book."""
    wanted = request.args.get("year", "").strip()
    name = request.args.get("book", "requests")
    if name in BOOKS and wanted.isascii() and wanted.isdigit() and len(wanted) == len("2026"):
        return redirect(url_for("registers.book", name=name, year=int(wanted)))
    this_year = int(near(())["today"][:4])
    years = range(this_year, this_year - YEARS_BACK, -1)
    return render_template("registers/index.html", books=BOOKS, years=years, wanted=wanted)


@blueprint.get(_BOOK)
@page_allowed(STAFF)
def book(name: str, year: int) -> str:
    """A page of a book."""
    one, cursor = BOOKS[name], request.args.get("cursor")
    lines = one.after(year, serial(cursor), ON_A_PAGE)
    full = len(lines) == ON_A_PAGE
    return render_template(
        "registers/book.html",
        name=name,
        year=year,
        book=one,
        columns=one.columns(),
        lines=[(_address(one, line), line) for line in lines],
        text=text,
        cursor=cursor,
        next_cursor=to_cursor(lines[-1]["serial"]) if full else None,
    )


def _address(one: Book, line: dict[str, str]) -> str:
    """Where the line's own page is; a spoilt form has none."""
    kind, _, id_ = line["_id"].partition("/")
    if kind == "void":
        return ""
    return url_for("objection.shown" if one is OBJECTIONS else "case.shown", id_=id_)


@blueprint.get(f"{_BOOK}.csv")
@page_allowed(STAFF)
def book_csv(name: str, year: int) -> Response:
    """All of a book as CSV."""
    return BOOKS[name].csv(year)


@blueprint.get(f"{_BOOK}.xlsx")
@page_allowed(STAFF)
def book_xlsx(name: str, year: int) -> Response:
    """All of a book as a spreadsheet."""
    return BOOKS[name].xlsx(year)
