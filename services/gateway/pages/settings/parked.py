"""Messages that no service could handle: what they are and why, put back once the fault is mended, or dropped with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from marshmallow import Schema
from werkzeug.wrappers import Response

from contracts.errors import Rejected
from contracts.fields import prose
from contracts.roles import ADMINISTRATOR
from eventlog import lot
from eventlog.broker import BROKEN
from eventlog.parking import Parking, Reasons
from services.gateway.identity.guard import page_allowed
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.health.looking import System
from services.gateway.rpc import Unavailable

blueprint = Blueprint("settings_parked", __name__, url_prefix="/settings/parked")
MOST = 100
LAST_TRACES = 20
_KEEPERS = frozenset({ADMINISTRATOR})


class DropForm(Schema):
    """Why a message may be lost."""

    reason = prose()


@blueprint.get("")
@page_allowed(_KEEPERS)
def shown() -> str:
    """What is parked, by queue, and what was done about messages lately."""
    only = request.args.get("queue", "")
    queues = (only,) if only in lot.QUEUES else lot.QUEUES
    reasons = _reasons()
    with _opened(reasons) as parking:
        found = lot.messages(parking, queues, MOST)
    traces = lot.traces(reasons, queues)[-LAST_TRACES:]
    return render_template(
        "settings/parked.html", messages=found, traces=list(reversed(traces)), only=only
    )


@blueprint.post("/show")
@page_allowed(_KEEPERS)
def message() -> str:
    """One message with its content; that it was shown is written down."""
    queue, key = _named(request.form)
    with _opened(_reasons()) as parking:
        found = parking.show(queue, key, str(g.actor))
    if found is None:
        raise Rejected("not_found", "There is no such message any more.")
    content = json.dumps(found.content(), indent=2, ensure_ascii=False)
    return render_template("settings/parked_message.html", message=found, content=content)


@blueprint.post("/retry")
@page_allowed(_KEEPERS)
def retry() -> Response:
    """Put a message back into its queue."""
    queue, key = _named(request.form)
    done = _("Pesan dikembalikan ke antreannya")
    return _settled(lambda parking: parking.retry(queue, key, str(g.actor)), done)


@blueprint.route("/drop", methods=["GET", "POST"])
@page_allowed(_KEEPERS)
def drop() -> Page:
    """Take a message out for good, with a reason."""
    queue, key = _named(request.args)
    title = _("Buang pesan %(key)s", key=key)
    form = Form(DropForm(), title, _("Buang"), back=url_for("settings_parked.shown"))

    def act(body: Body) -> Response:
        def gone(parking: Parking) -> bool:
            return parking.drop(queue, key, str(g.actor), body["reason"])

        return _settled(gone, _("Pesan dibuang"))

    return filled(form, act)


def _settled(act: Callable[[Parking], bool], done: str) -> Response:
    """Do it, and go back to the list. A message that somebody else has settled meanwhile is said to be gone."""
    with _opened(_reasons()) as parking:
        settled = act(parking)
    if settled:
        flash(done, "done")
    else:
        flash(_("Pesan itu sudah tidak diparkir."), "warning")
    return redirect(url_for("settings_parked.shown"))


def _named(sent: Mapping[str, str]) -> tuple[str, str]:
    """The queue and the key of a message. Keys are what others sent: they stand in no path."""
    queue, key = sent.get("queue", ""), sent.get("key_of", "")
    if queue not in lot.QUEUES:
        raise Rejected("not_found", "There is no such queue.")
    return queue, key


def _reasons() -> dict[str, Reasons]:
    system = _system()
    return lot.reasons_of(system.client, system.prefix)


@contextmanager
def _opened(reasons: dict[str, Reasons]) -> Iterator[Parking]:
    """The parking queues. Raises Unavailable where the broker does not answer."""
    try:
        with lot.parking(_system().amqp_uri, reasons) as parking:
            yield parking
    except BROKEN as error:
        raise Unavailable(str(error), "broker") from error


def _system() -> System:
    system: System = current_app.config["SYSTEM"]
    return system
