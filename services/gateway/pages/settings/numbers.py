"""The numbers of a year for paper forms: blocks reserved, what became of each serial, and forms to print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from contracts.commands import COMMANDS
from contracts.errors import Rejected
from contracts.local import local_day
from contracts.roles import STAFF
from services.gateway import forms, labels
from services.gateway.api.numbers import SHOWING, order_body
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import follow, give, services
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.near import near
from services.gateway.pages.recording import key, told

blueprint = Blueprint("settings_numbers", __name__, url_prefix="/settings/numbers")
Shown = dict[str, Any]
_YEAR = "<int(fixed_digits=4):year>"


@blueprint.get("")
@page_allowed(STAFF)
def shown() -> str:
    """The blocks of a year, and of each what was used, what is void and what lies in a drawer."""
    year = _year()
    found = services().ask("register", "numbers", year)
    return render_template(
        "settings/numbers.html",
        year=year,
        blocks=list(blocks(found)),
        open_serials=found["open"],
        may_reserve=_may("ReserveNumbers"),
        may_void=_may("VoidNumber"),
    )


def _year() -> int:
    this: int = local_day(datetime.now(UTC)).year
    try:
        asked: int = forms.YearQuery().load(request.args.to_dict()).get("year", this)
    except ValidationError:
        flash(_("Tahun itu tidak dapat dibaca. Yang tampak adalah tahun ini."), "error")
        return this
    return asked


def blocks(found: Shown) -> Iterator[Shown]:
    """Each block with what became of its serials."""
    for block in found["blocks"]:
        ours = range(block["first"], block["last"] + 1)
        yield {
            **block,
            "open": [serial for serial in found["open"] if serial in ours],
            "used": [line for line in found["used"] if line["serial"] in ours],
            "void": [line for line in found["void"] if line["serial"] in ours],
        }


def _may(name: str) -> bool:
    return g.actor.role in COMMANDS[name].roles


@blueprint.route(f"/{_YEAR}/reserve", methods=["GET", "POST"])
@page_allowed(COMMANDS["ReserveNumbers"].roles)
def reserve(year: int) -> Page:
    """Reserve the next serials of a year."""
    return _order("ReserveNumbers", year, {})


@blueprint.route(f"/{_YEAR}/void", methods=["GET", "POST"])
@page_allowed(COMMANDS["VoidNumber"].roles)
def void(year: int) -> Page:
    """Say that a form was spoilt."""
    given = {"serial": request.args["serial"]} if request.args.get("serial") else {}
    return _order("VoidNumber", year, given)


def _order(name: str, year: int, given: Body) -> Page:
    back = url_for("settings_numbers.shown", year=year)
    title = f"{labels.order(name)} ({year})"
    form = Form(order_body(name), title, send=labels.order(name), back=back)

    def act(body: Body) -> Response:
        data = {**body, "year": year}
        told(name, follow(give(name, data, data, f"numbers/{year}", key=key()), SHOWING))
        return redirect(back)

    return filled(form, act, given)


@blueprint.get(f"/{_YEAR}/forms/<int:first>")
@page_allowed(STAFF)
def printable(year: int, first: int) -> str:
    """The open forms of a block, one a sheet, with their numbers printed on them."""
    found = services().ask("register", "numbers", year)
    block = next((each for each in blocks(found) if each["first"] == first), None)
    if block is None:
        raise Rejected("not_found", "No block of this year begins there.")
    return render_template("settings/paper_forms.html", year=year, block=block, days=_lengths())


def _lengths() -> dict[str, int]:
    """How long things take by the rules of today, for what the forms promise."""
    rules = services().ask("escalation", "rules", "days", near(())["today"])
    return {rule["key"]: rule["value"]["count"] for rule in rules}
