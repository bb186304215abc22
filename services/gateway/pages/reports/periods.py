"""The report of a month (SOP 8) and of a year: its figures, its charts, and its way from the officer to the head of division."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for

from contracts.commands import COMMANDS
from contracts.errors import Rejected
from contracts.roles import STAFF
from services.gateway import labels
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import follow, give, services, showing
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.form import shown as form_shown
from services.gateway.pages.near import near
from services.gateway.pages.recording import key, told
from services.gateway.pages.reports import figures, workbook
from services.gateway.pages.reports.calling import KINDS, called

blueprint = Blueprint("report_periods", __name__)
Shown = dict[str, Any]
ISSUE, ACKNOWLEDGE = "IssueReport", "AcknowledgeReport"
_STEPS = {"issue": ISSUE, "acknowledgement": ACKNOWLEDGE}
_REPORT = "/reports/<any(monthly, annual):kind>/<period>"


@blueprint.get(_REPORT)
@page_allowed(STAFF)
def shown(kind: str, period: str) -> Page:
    """A report as it was issued; before that, or where it is wished, its figures as they are counted now."""
    return form_shown(_form(kind, period), {})


@blueprint.get(f"{_REPORT}.xlsx")
@page_allowed(STAFF)
def xlsx(kind: str, period: str) -> Response:
    """The figures as a spreadsheet."""
    found = _found(kind, period)
    return workbook.sent(f"laporan-{period}", _title(kind, period), figures.tables(_wanted(found)))


@blueprint.post(f"{_REPORT}/issue")
@page_allowed(COMMANDS[ISSUE].roles)
def issue(kind: str, period: str) -> Page:
    """Issue a report whose period is over."""
    return _step(ISSUE, kind, period)


@blueprint.post(f"{_REPORT}/acknowledgement")
@page_allowed(COMMANDS[ACKNOWLEDGE].roles)
def acknowledge(kind: str, period: str) -> Page:
    """Take note of an issued report."""
    return _step(ACKNOWLEDGE, kind, period)


def _step(name: str, kind: str, period: str) -> Page:
    return filled(_form(kind, period, name), lambda body: _given(name, kind, period, body))


def _given(name: str, kind: str, period: str, body: Body) -> Page:
    command = give(name, body, body, f"report/{period}", key=key())
    told(name, follow(command, showing("reporting", "report_showing")))
    return redirect(url_for("report_periods.shown", kind=kind, period=period))


def _found(kind: str, period: str) -> Shown:
    if len(period) != KINDS[kind]:
        raise Rejected("not_found", "There is no such period.")
    found: Shown = services().ask("reporting", "period", period)
    return found


def _wanted(found: Shown) -> Shown:
    """The figures that were frozen, unless those of now are wished or there are no others."""
    frozen = found["report"] and found["report"]["figures"]
    wanted: Shown = (
        found["figures"] if request.args.get("figures") == "now" or not frozen else frozen
    )
    return wanted


def _form(kind: str, period: str, name: str = "") -> Form:
    found = _found(kind, period)
    report = found["report"]
    wanted = _wanted(found)
    order = name or _next(report, period)
    return Form(
        schema=COMMANDS[order or ISSUE].schema(),
        title=_title(kind, period),
        send=labels.order(order),
        template="reports/period.html",
        about={
            "kind": kind,
            "period": period,
            "report": report,
            "changed": bool(report) and report["figures"] != found["figures"],
            "as_issued": bool(report) and wanted is report["figures"],
            "tables": figures.tables(wanted),
            "charts": figures.drawn(wanted),
            "charted": figures.CHARTED,
            "order": order,
            "step": next((path for path, each in _STEPS.items() if each == order), ""),
        },
    )


def _title(kind: str, period: str) -> str:
    return f"{labels.word(f'{kind}_report')} {called(period)}"


def _next(report: Shown | None, period: str) -> str:
    """What this role can do with the report now; "" for nothing."""
    issued = bool(report)
    taken_note = (
        issued and report is not None and report["steps"][-1]["step"] == "ReportAcknowledged"
    )
    over = period < near(())["today"][: len(period)]
    possible = {ISSUE: over and (not issued or taken_note), ACKNOWLEDGE: issued and not taken_note}
    role = g.actor.role
    return next(
        (name for name, can in possible.items() if can and role in COMMANDS[name].roles), ""
    )
