"""Letters that did not go: sent anew, or given up because they go another way."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contracts.roles import ADMINISTRATOR, DESK_WORK
from services.gateway.identity.guard import page_allowed
from services.gateway.mail.installing import outbox, sender
from services.gateway.mail.outbox import FAILED, QUEUED, SENDING
from services.gateway.orders import services

blueprint = Blueprint("letters", __name__)
KEEPERS = DESK_WORK | {ADMINISTRATOR}


@blueprint.get("/settings/letters")
@page_allowed(KEEPERS)
def shown() -> str:
    """Those that failed, and those under way."""
    failed = outbox().in_state(FAILED)
    under_way = [*outbox().in_state(SENDING), *outbox().in_state(QUEUED)]
    subjects = sorted({f"request/{letter.request}" for letter in (*failed, *under_way)})
    return render_template(
        "mail/letters.html",
        failed=failed,
        under_way=under_way,
        numbers=services().ask("register", "named", subjects) if subjects else {},
        office=sender(),
        may_send=g.actor.role in DESK_WORK,
    )


@blueprint.post("/settings/letters/<id_>/again")
@page_allowed(DESK_WORK)
def again(id_: str) -> Response:
    """Have a letter that failed sent anew."""
    outbox().again(id_, datetime.now(UTC))
    flash(_("Surat menunggu dikirim"), "done")
    return _back()


@blueprint.post("/settings/letters/<id_>/drop")
@page_allowed(DESK_WORK)
def drop(id_: str) -> Response:
    """Give a letter up: its address is destroyed."""
    outbox().drop(id_, datetime.now(UTC))
    flash(_("Surat tidak dikirim lagi lewat surel"), "done")
    return _back()


def _back() -> Response:
    return redirect(url_for("letters.shown"), 303)
