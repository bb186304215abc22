"""The two books of a year: how each is asked for, what it is called, and how all of it is handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from services.gateway.book import csv_book
from services.gateway.orders import services
from services.gateway.registers import objections, printed, requests, sheet
from services.gateway.registers.columns import Column, Line
from services.gateway.registers.people import opened

AT_ONCE = 200
Lines = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Book:
    """`question` is the register's, `file` what a copy of the book is called, `plain` the columns of its CSV."""

    question: str
    file: str
    title: LazyString
    columns: Callable[..., tuple[Column, ...]]
    plain: tuple[str, ...]

    def after(self, year: int, serial: int, limit: int = AT_ONCE) -> Lines:
        """The lines behind a serial."""
        found: Lines = services().ask("register", self.question, year, serial, limit)
        return found

    def lines(self, year: int, purpose: str = "") -> Iterator[Line]:
        """Every line, asked for page by page; with a purpose the people too, whose reading is written down."""
        serial = 0
        while found := self.after(year, serial):
            yield from opened(found, purpose) if purpose else found
            serial = found[-1]["serial"]

    def csv(self, year: int) -> Response:
        """All of it as CSV, by the names that programs know."""
        return csv_book(self.plain, lambda serial: self.after(year, serial))

    def xlsx(self, year: int, purpose: str = "") -> Response:
        """All of it as a spreadsheet, as the standard form has it; with a purpose the people too."""
        return sheet.sent(
            f"{self.file}-{year}",
            f"{self.title} {year}",
            self.columns(people=bool(purpose)),
            self.lines(year, purpose),
        )

    def pdf(self, year: int, purpose: str = "") -> Response:
        """All of it to print, in the columns of the standard form; with a purpose the people too."""
        return printed.sent(
            f"{self.file}-{year}",
            f"{self.title} {year}",
            self.columns(people=bool(purpose)),
            self.lines(year, purpose),
        )


REQUESTS = Book(
    "book",
    "register-permohonan",
    _("Register permohonan informasi publik"),
    requests.columns,
    requests.PLAIN,
)
OBJECTIONS = Book(
    "objection_book",
    "register-keberatan",
    _("Register keberatan"),
    objections.columns,
    objections.PLAIN,
)
