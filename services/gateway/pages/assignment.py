"""Whose work a case is: claimed, given to a colleague with a note, given back; one at a time or many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, g, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from contracts.commands import COMMANDS
from contracts.errors import Rejected
from services.gateway.identity.accounts import Account
from services.gateway.identity.guard import page_allowed
from services.gateway.identity.onward import own_address
from services.gateway.identity.tools import tools
from services.gateway.orders import follow, give
from services.gateway.receiving import SHOWING
from services.gateway.refusal_texts import text

blueprint = Blueprint("assignment", __name__)
ORDER = COMMANDS["AssignRequest"]
# More than one page of the list cannot be ticked.
MOST = 200
Show = Callable[[str, Mapping[str, int], float], Any]


@blueprint.post("/cases/assign")
@page_allowed(ORDER.roles)
def assign() -> Response:
    """Give every ticked case to somebody; what is refused is told, the others are done."""
    wished = {
        "assignee": request.form.get("assignee") or None,
        "note": request.form.get("note") or None,
    }
    cases = request.form.getlist("case")[:MOST]
    if not cases:
        flash(_("Centang paling sedikit satu permohonan."), "error")
    tell(hand(cases, wished), len(cases))
    return redirect(own_address(request.form.get("back")))


def tell(refused: Sequence[str], asked: int) -> None:
    """Say how many of the cases changed hands, and why the others did not."""
    done = asked - len(refused)
    if done:
        flash(
            ngettext("%(num)d permohonan diserahkan.", "%(num)d permohonan diserahkan.", done),
            "done",
        )
    for code in sorted(set(refused)):
        told = _("%(count)s tidak diserahkan: %(why)s", count=refused.count(code), why=text(code))
        flash(told, "error")


def hand(cases: Sequence[str], wished: Mapping[str, Any]) -> list[str]:
    """Give cases to somebody; the codes with which some were refused.

    Each has its own order, so that sending the form twice is harmless. Views show orders one after the other: only the
    last is waited for.
    """
    return [
        code
        for number, id_ in enumerate(cases, 1)
        for code in _refused(id_, wished, SHOWING if number == len(cases) else _unseen)
    ]


def _refused(id_: str, wished: Mapping[str, Any], show: Show) -> Iterator[str]:
    key = request.form.get("key", "")
    try:
        follow(give(ORDER.name, wished, wished, f"request/{id_}", key=f"{key}:{id_}"), show)
    except Rejected as no:
        yield no.code


def _unseen(*_: Any) -> None:
    """Wait for no view."""


def colleagues() -> list[Account]:
    """Who may be given a case, oneself first."""
    able = [
        each
        for each in tools().accounts.everybody()
        if each.role in ORDER.roles and not each.disabled
    ]
    return sorted(able, key=lambda each: (each.name != g.actor.account, each.full_name))
