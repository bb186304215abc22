"""Laporan: the way to a day, to the months of a year, and to the years."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from marshmallow import Schema
from werkzeug.wrappers import Response

from contracts.fields import day, whole
from contracts.roles import STAFF
from services.gateway.api.duties import READERS
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import services
from services.gateway.pages import typed
from services.gateway.pages.complaints import complaints
from services.gateway.pages.near import near
from services.gateway.pages.reports.calling import called

blueprint = Blueprint("report_index", __name__)
Shown = dict[str, Any]
DECEMBER = 12
YEARS_BACK = 5


class Wanted(Schema):
    """The day whose page is wanted, or the year whose months are."""

    date = day(optional=True)
    year = whole(2000, 2999, optional=True)


@blueprint.get("/reports")
@page_allowed(STAFF)
def shown() -> Response | str:
    """Where every report is found, and which of them are owed."""
    schema = Wanted()
    asked = typed.body(schema, request.args)
    wrong = complaints(schema.validate(asked))
    if asked.get("date") and not wrong:
        return redirect(url_for("report_days.shown", date=asked["date"]))
    today = near(())["today"]
    this_year = int(today[:4])
    year = asked["year"] if asked.get("year") and not wrong else this_year
    return render_template(
        "reports/index.html",
        today=today,
        year=year,
        months=[(period, called(period)) for period in _months(year, today)],
        years=range(this_year, this_year - YEARS_BACK, -1),
        owed=_owed(today),
        asked=asked,
        wrong=wrong,
    )


def _months(year: int, today: str) -> list[str]:
    """The months of a year that have begun, the latest first."""
    months = (f"{year}-{month:02}" for month in range(DECEMBER, 0, -1))
    return [month for month in months if month <= today]


def _owed(today: str) -> dict[str, Shown]:
    """What is owed of each report, for those who see the office's duties."""
    if g.actor.role not in READERS:
        return {}
    return {each["period"]: each for each in services().ask("escalation", "duties", today)}
