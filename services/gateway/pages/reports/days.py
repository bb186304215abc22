"""The daily supervision (SOP 7): what moved and what is late, and that the officer looked at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, redirect, url_for

from contracts.commands import COMMANDS
from contracts.roles import STAFF
from services.gateway import labels
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import follow, give, services, showing
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.form import shown as form_shown
from services.gateway.pages.near import near
from services.gateway.pages.recording import key, told
from services.gateway.pages.reports import figures
from services.gateway.shown import public

blueprint = Blueprint("report_days", __name__)
Shown = dict[str, Any]
_ORDER = "SuperviseDay"
# Who is looked at by name; the rest is counted, and stands in the work list.
MOST_LINES = 100


@blueprint.get("/reports/daily/<date>")
@page_allowed(STAFF)
def shown(date: str) -> Page:
    """A day's figures, the requests behind them, and its supervision."""
    return form_shown(_form(date), {})


@blueprint.post("/reports/daily/<date>/supervision")
@page_allowed(COMMANDS[_ORDER].roles)
def supervise(date: str) -> Page:
    """Record that the officer looked at the day."""
    return filled(_form(date), lambda body: _supervised(date, body))


def _supervised(date: str, body: Body) -> Page:
    command = give(_ORDER, body, body, f"day/{date}", key=key())
    told(_ORDER, follow(command, showing("reporting", "day_showing")))
    return redirect(url_for("report_days.shown", date=date))


def _form(date: str) -> Form:
    found = services().ask("reporting", "day", date)
    lines = [public(line) for line in found["lines"]]
    today = near(line["due_on"] for line in lines)
    return Form(
        schema=COMMANDS[_ORDER].schema(),
        title=labels.order(_ORDER),
        send=labels.order(_ORDER),
        template="reports/day.html",
        about={
            "date": date,
            "near": today,
            "counts": figures.counts(found["figures"]),
            "tables": figures.tables(found["figures"])[1:],
            "sections": [
                (name, each[:MOST_LINES], len(each)) for name, each in _groups(lines, date)
            ],
            "supervision": found["supervision"],
            "may_supervise": g.actor.role in COMMANDS[_ORDER].roles and date <= today["today"],
        },
    )


def _groups(lines: list[Shown], date: str) -> list[tuple[str, list[Shown]]]:
    """The requests behind the figures, what is most pressing first; each stands in one group."""
    left, groups = lines, []
    for name, belongs in _GROUPS.items():
        groups.append((name, [line for line in left if belongs(line, date)]))
        left = [line for line in left if not belongs(line, date)]
    return [(name, each) for name, each in groups if each]


def _due(line: Shown) -> str:
    return line["due_on"] or "9999" if line["open"] else "9999"


_GROUPS: dict[str, Callable[[Shown, str], bool]] = {
    "overdue": lambda line, date: _due(line) < date,
    "due_today": lambda line, date: _due(line) == date,
    "moved": lambda line, date: date in line["days"],
    "open": lambda line, _: bool(line["open"]),
}
