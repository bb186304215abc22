"""The calendar of working days: a year at a glance, and declaring, importing and revoking days after a preview."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from babel.dates import get_day_names
from flask import Blueprint, flash, g, render_template, request, url_for
from flask_babel import format_date, get_locale
from flask_babel import gettext as _
from marshmallow import Schema, ValidationError

from contracts.commands import COMMANDS
from contracts.local import local_day
from contracts.roles import STAFF
from services.gateway import forms, labels
from services.gateway.api.calendar import SUBJECT, days_in
from services.gateway.dayfile import days_of
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import services
from services.gateway.pages.confirming import LawOrder, confirmed, owners
from services.gateway.pages.form import Body, Form, Page
from services.gateway.pages.settings.dayforms import DeclareForm, ImportForm, at_field
from services.gateway.pages.settings.months import year_of

blueprint = Blueprint("settings_calendar", __name__)
Shown = dict[str, Any]
DAYS_OF_A_WEEK = 7
ESTIMATED = " (estimated)"


@blueprint.get("/settings/calendar")
@page_allowed(STAFF)
def shown() -> str:
    """A year: its months, its days with decree and source, and where they differ from the package."""
    year = _year()
    found = services().ask("escalation", "calendar", year)
    compared = services().ask("escalation", "calendar_compared")
    differences = compared["differences"]
    return render_template(
        "settings/calendar.html",
        year=year,
        days=found["items"],
        months=year_of(year, found["items"]),
        compared=compared,
        here=[each for each in differences if each["date"].startswith(str(year))],
        elsewhere=sorted({each["date"][:4] for each in differences} - {str(year)}),
        may_change=g.actor.role in owners("DeclareHolidays"),
        weekdays=weekdays(),
        month_name=lambda first: format_date(first, "LLLL"),
        said_of_day=said_of_day,
    )


def weekdays() -> list[tuple[str, str]]:
    """The days of a week from Monday on, short and long."""
    short = get_day_names("abbreviated", locale=get_locale())
    long = get_day_names("wide", locale=get_locale())
    return [(short[day], long[day]) for day in range(DAYS_OF_A_WEEK)]


def said_of_day(told: str | None) -> str:
    """One side of a difference, in words."""
    if told is None:
        return str(_("Hari kerja"))
    kind, _sep, name = told.partition(": ")
    sort = labels.word(kind.removesuffix(ESTIMATED), "kind")
    guessed = _("Perkiraan") if kind.endswith(ESTIMATED) else ""
    return f"{name} ({', '.join(filter(None, (sort, guessed)))})"


def _year() -> int:
    this: int = local_day(datetime.now(UTC)).year
    try:
        asked: int = forms.YearQuery().load(request.args.to_dict()).get("year", this)
    except ValidationError:
        flash(_("Tahun itu tidak dapat dibaca. Yang tampak adalah tahun ini."), "error")
        return this
    return asked


@blueprint.route("/settings/calendar/declare", methods=["GET", "POST"])
@page_allowed(COMMANDS["DeclareHolidays"].roles)
def declare() -> Page:
    """Declare one day or all days of a range."""
    form = _form(DeclareForm(), _("Tetapkan hari libur"))
    start = {"from": request.args["date"]} if request.args.get("date") else {}
    return confirmed(form, _declared, start, lambda refused: at_field(refused, "from"))


def _declared(body: Body) -> LawOrder:
    certain = {"estimated": body.get("estimated", False)}
    days = days_in({**body, "to": body.get("to") or body["from"]})
    return _declaration(body, [{**day, **certain} for day in days])


@blueprint.route("/settings/calendar/import", methods=["GET", "POST"])
@page_allowed(COMMANDS["DeclareHolidays"].roles)
def import_() -> Page:
    """Declare the days of a file, or of what was pasted."""
    form = _form(ImportForm(), _("Impor hari libur dari CSV"), "settings/import.html")
    return confirmed(form, _imported, mend=lambda refused: at_field(refused, "csv"))


def _imported(body: Body) -> LawOrder:
    return _declaration(body, days_of(body["csv"]))


def _declaration(body: Body, days: list[Body]) -> LawOrder:
    order = {"days": days, "decree": body["decree"], "source": body["source"]}
    told = [
        (day["date"], f"{day['day_name']} ({labels.word(day['kind'], 'kind')})") for day in days
    ]
    return LawOrder("DeclareHolidays", SUBJECT, order, told)


@blueprint.route("/settings/calendar/<date>/revoke", methods=["GET", "POST"])
@page_allowed(COMMANDS["RevokeHoliday"].roles)
def revoke(date: str) -> Page:
    """Say that the office works on a declared day after all."""
    schema = COMMANDS["RevokeHoliday"].schema(exclude=("date",))
    form = _form(schema, labels.order("RevokeHoliday"), day=date)
    return confirmed(form, lambda body: _revoked(date, body))


def _revoked(date: str, body: Body) -> LawOrder:
    return LawOrder("RevokeHoliday", SUBJECT, {**body, "date": date}, [(date, _("hari kerja"))])


def _form(schema: Schema, title: str, template: str = "settings/law.html", day: str = "") -> Form:
    return Form(
        schema=schema,
        title=title,
        send=_("Lihat akibatnya"),
        template=template,
        back=url_for("settings_calendar.shown"),
        about={"day": day},
    )
