"""Register: the books of a year, to be read, printed and taken along as files."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from contracts.errors import STATUS
from contracts.roles import DESK_WORK, STAFF
from services.gateway.book import serial
from services.gateway.identity.guard import page_allowed
from services.gateway.pages.near import near
from services.gateway.pages.people import private
from services.gateway.registers.books import OBJECTIONS, REQUESTS, Book
from services.gateway.registers.columns import Line, text
from services.gateway.registers.people import opened
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
    return _page(name, year, request.args.get("cursor"))


@blueprint.post(_BOOK)
@page_allowed(DESK_WORK)
def with_people(name: str, year: int) -> Answer | tuple[str, int]:
    """The page, or all of the book as a spreadsheet, with who the applicants are, for a purpose that is written down."""
    purpose = request.form.get("purpose", "").strip()
    cursor = request.form.get("cursor")
    if not purpose:
        return _page(name, year, cursor, wrong=_("Isi bagian ini.")), STATUS["purpose_missing"]
    if request.form.get("as") in ("xlsx", "pdf"):
        whole = BOOKS[name]
        made = whole.pdf if request.form["as"] == "pdf" else whole.xlsx
        answer: Answer = made(year, purpose)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return private(_page(name, year, cursor, purpose))


def _page(name: str, year: int, cursor: str | None, purpose: str = "", wrong: str = "") -> str:
    one = BOOKS[name]
    lines: Sequence[Line] = one.after(year, serial(cursor), ON_A_PAGE)
    full = len(lines) == ON_A_PAGE
    shown = opened(lines, purpose) if purpose else lines
    return render_template(
        "registers/book.html",
        name=name,
        year=year,
        book=one,
        columns=one.columns(people=bool(purpose)),
        lines=[(_address(one, line), line) for line in shown],
        text=text,
        cursor=cursor,
        next_cursor=to_cursor(lines[-1]["serial"]) if full else None,
        may_read=g.actor.role in DESK_WORK,
        purpose=purpose,
        wrong=wrong,
    )


def _address(one: Book, line: Line) -> str:
    """Where the line's own page is; a spoilt form has none."""
    kind, _sep, id_ = line["_id"].partition("/")
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


@blueprint.get(f"{_BOOK}.pdf")
@page_allowed(STAFF)
def book_pdf(name: str, year: int) -> Response:
    """All of a book to print."""
    return BOOKS[name].pdf(year)
