"""Letters that did not go: sent anew, or given up because they go another way; and letters that came back."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contracts.roles import ADMINISTRATOR, DESK_WORK
from services.gateway.identity.guard import page_allowed
from services.gateway.mail.installing import outbox, sender
from services.gateway.mail.outbox import FAILED, QUEUED, RETURNED, SENDING
from services.gateway.orders import services

blueprint = Blueprint("letters", __name__)
KEEPERS = DESK_WORK | {ADMINISTRATOR}


@blueprint.get("/settings/letters")
@page_allowed(KEEPERS)
def shown() -> str:
    """Those that failed, those that came back, and those under way."""
    failed, returned = outbox().in_state(FAILED), outbox().in_state(RETURNED)
    under_way = [*outbox().in_state(SENDING), *outbox().in_state(QUEUED)]
    subjects = sorted({letter.subject for letter in (*failed, *returned, *under_way)})
    return render_template(
        "mail/letters.html",
        failed=failed,
        returned=returned,
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


@blueprint.post("/settings/letters/<id_>/done")
@page_allowed(DESK_WORK)
def done(id_: str) -> Response:
    """Take one that came back off the list: somebody saw to it."""
    outbox().deal_with(id_, datetime.now(UTC))
    flash(_("Surat yang kembali sudah diurus"), "done")
    return _back()


def _back() -> Response:
    return redirect(url_for("letters.shown"), 303)
