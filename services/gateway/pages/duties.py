"""Kewajiban: what the office owes by itself, when each is due, and whether it is done."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from contracts.roles import STAFF
from services.gateway import forms
from services.gateway.api.duties import READERS
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import services
from services.gateway.pages import typed
from services.gateway.pages.complaints import complaints
from services.gateway.pages.near import near
from services.gateway.pages.reports.calling import called

blueprint = Blueprint("duties_pages", __name__)
_REPORTS = {"monthly_report": "monthly", "annual_report": "annual"}


@blueprint.get("/duties")
@page_allowed(READERS & STAFF)
def listed() -> str:
    """The duties as they stand on a day, today unless told, the earliest due first."""
    schema = forms.DutiesQuery()
    asked = typed.body(schema, request.args)
    wrong = complaints(schema.validate(asked))
    today = near(())["today"]
    on = asked["on"] if asked.get("on") and not wrong else today
    duties = services().ask("escalation", "duties", on)
    return render_template(
        "duties.html",
        duties=[{**each, "report": _REPORTS.get(each["duty"]), "of": _of(each)} for each in duties],
        on=on,
        today=today,
        asked=asked,
        wrong=wrong,
    )


def _of(duty: dict[str, str]) -> str:
    """Of which period: a month or a year; what is published periodically is owed since the last time."""
    if duty["duty"] in _REPORTS:
        return called(duty["period"])
    return str(_("sejak pemutakhiran terakhir"))
