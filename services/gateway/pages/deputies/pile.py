"""Handing over everything that somebody has, with one note: who leaves, moves, or is away for long."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from marshmallow import Schema

from contracts.fields import prose, text
from services.gateway.identity.guard import page_allowed
from services.gateway.identity.tools import tools
from services.gateway.orders import services
from services.gateway.pages.assignment import MOST, ORDER, colleagues, hand, tell
from services.gateway.pages.complaints import InWords
from services.gateway.pages.deputies.faults import fault
from services.gateway.pages.form import Body, Form, Page, filled

blueprint = Blueprint("pile", __name__)


class PileForm(Schema):
    """Whose open cases go to whom. `whose` is any name that stands at a case, also of a closed account."""

    whose = text(100)
    receiver = text(100)
    note = prose(optional=True)


@blueprint.route("/cases/hand-over", methods=["GET", "POST"])
@page_allowed(ORDER.roles)
def handed_over() -> Page:
    """Ask whose pile goes to whom, and give every case of it."""
    whose = request.args.get("whose", g.account.name)
    form = Form(
        schema=PileForm(),
        title=_("Serahkan seluruh pekerjaan"),
        send=_("Serahkan semua"),
        template="deputies/pile.html",
        back=url_for("cases.listed", assignee=whose),
        about={"everybody": tools().accounts.everybody(), "colleagues": colleagues()},
    )
    return filled(form, _handed_over, {"whose": whose})


def _handed_over(body: Body) -> Page:
    whose, receiver = body["whose"], body["receiver"]
    cases = _require_pile(whose, receiver)
    wished = {"assignee": receiver, "note": body.get("note")}
    tell(hand(cases, wished), len(cases))
    if _open_cases(whose, 1):
        flash(_("Masih ada permohonan terbuka atas nama itu. Ulangi untuk sisanya."), "warning")
    return redirect(url_for("cases.listed", assignee=receiver))


def _require_pile(whose: str, receiver: str) -> list[str]:
    """The open cases that are handed over. Raises Rejected at a field."""
    if receiver == whose:
        raise fault("receiver", InWords(_("Pekerjaan ini sudah miliknya.")))
    if receiver not in {each.name for each in colleagues()}:
        raise fault(
            "receiver", InWords(_("Tidak ada akun terbuka dengan peran untuk pekerjaan ini."))
        )
    found = _open_cases(whose, MOST)
    if not found:
        raise fault("whose", InWords(_("Tidak ada permohonan terbuka atas nama itu.")))
    return found


def _open_cases(whose: str, most: int) -> list[str]:
    found = services().ask("register", "requests", {"assignee": whose}, "", most)
    return [each["_id"].partition("/")[2] for each in found]
