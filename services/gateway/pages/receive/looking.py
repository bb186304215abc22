"""What the form looks up while somebody types: who came before, and what is public already.

The person travels sealed and never in an address, where logs would keep it. A script gets a piece of the page; without
one the whole form comes back with what was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, current_app, g, render_template, request

from contracts.local import local_day
from services.gateway.identity.guard import page_allowed
from services.gateway.identity.visitor import note_reading
from services.gateway.orders import services
from services.gateway.pages import typed
from services.gateway.pages.receive.order import ReceiveForm, with_person
from services.gateway.pages.receive.page import Page, shown
from services.gateway.pages.receive.views import DESK
from services.gateway.shown import public

blueprint = Blueprint("receive_looking", __name__)
Body = dict[str, Any]
# Why a clerk opens what is kept of somebody who stands before them; it is written down with every read.
PURPOSE = "Mencatat permohonan baru dari pemohon yang sama"
_FOUND_BY = ("nik", "entity_approval_number")
SHORTEST = 6  # signs of a number worth looking for
LONGEST = 10_000


@blueprint.post("/receive/earlier")
@page_allowed(DESK)
def earlier() -> str:
    """The earlier requests of whoever has this NIK or entity number; nothing of the person."""
    body = typed.body(ReceiveForm(), request.form)
    found = _earlier(body.get("applicant") or {})
    if _wants_piece():
        return render_template("parts/receive_earlier.html", earlier=found)
    return shown(body, Page(earlier=found))


def _earlier(applicant: Mapping[str, Any]) -> tuple[Body, ...]:
    known = {
        name: applicant[name] for name in _FOUND_BY if len(applicant.get(name, "")) >= SHORTEST
    }
    if not known:
        return ()
    found = services().ask("intake", "earlier", current_app.config["SEAL"].close(known))
    by_request = {each["request"]: each["applicant"] for each in found}
    requests = services().ask("register", "some_requests", list(by_request)) if found else []
    return tuple({**public(each), "applicant": by_request[each["_id"]]} for each in requests)


@blueprint.post("/receive/known")
@page_allowed(DESK)
def known() -> str:
    """The form with what is kept of somebody who came before: read for this purpose, and written down."""
    body = typed.body(ReceiveForm(), request.form)
    case = services().ask("register", "request", f"request/{request.form.get('earlier', '')}")
    note_reading([case["applicant_id"]], PURPOSE)
    sealed = services().ask("intake", "applicant", case["applicant_id"], PURPOSE, str(g.actor))
    person = current_app.config["SEAL"].open(sealed)
    return shown(with_person(body, person, case["category"]), Page(known=True))


@blueprint.post("/receive/published")
@page_allowed(DESK)
def published() -> str:
    """Entries of the public list that read like what is asked for."""
    body = typed.body(ReceiveForm(), request.form)
    text = str(body.get("information", ""))[:LONGEST]
    today = local_day(datetime.now(UTC)).isoformat()
    found = services().ask("register", "published_like", text, today) if text else []
    entries = tuple(public(each) for each in found)
    if _wants_piece():
        return render_template("parts/receive_published.html", published=entries)
    return shown(body, Page(published=entries))


def _wants_piece() -> bool:
    return "HX-Request" in request.headers
