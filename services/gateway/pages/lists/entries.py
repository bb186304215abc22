"""The entries of a list: looked through page by page, published, revoked with a reason."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contracts.commands import COMMANDS
from contracts.errors import Rejected
from contracts.roles import STAFF
from services.gateway.api.lists import SHOWING
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import follow, give, services
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.lists.kinds import EMPTY, entry_schema, require_list
from services.gateway.pages.near import near
from services.gateway.pages.recording import Kind, key, recorded, told
from services.gateway.shown import from_cursor, page, public

blueprint = Blueprint("list_entries", __name__, url_prefix="/lists")
Shown = dict[str, Any]
PAGE = 50
_ENTRY = Kind("list-entry", "entry", SHOWING)


@blueprint.get("/<kind>")
@page_allowed(STAFF)
def listed(kind: str) -> str:
    """A list in the columns of the law, the oldest entry first; those that say a word with `q`."""
    require_list(kind)
    q, cursor = request.args.get("q", "").strip(), request.args.get("cursor", "")
    found = services().ask("register", "entries", kind, from_cursor(cursor), PAGE, q)
    shown = page(found, PAGE)
    today = near(())["today"]
    return render_template(
        "lists/list.html",
        kind=kind,
        q=q,
        cursor=cursor,
        first=request.args.get("no", 1, type=int),
        entries=[{**each, "standing": standing(each, today)} for each in shown["items"]],
        more=shown["next_cursor"],
        may_change=_may("PublishListEntry"),
    )


def standing(entry: Shown, today: str) -> str:
    """Whether an entry counts: `standing`, `revoked`, or `ended` where its time is over; days compare as written."""
    if entry["revoked_at"]:
        return "revoked"
    return "ended" if entry.get("valid_to") and entry["valid_to"] < today else "standing"


def _may(name: str) -> bool:
    return g.actor.role in COMMANDS[name].roles


@blueprint.route("/<kind>/new", methods=["GET", "POST"])
@page_allowed(COMMANDS["PublishListEntry"].roles)
def publish(kind: str) -> Page:
    """Put an entry on a list."""
    require_list(kind)
    title = _("Tambah entri DIP") if kind == "public" else _("Tambah entri DIK")
    back = url_for("list_entries.listed", kind=kind)
    form = Form(entry_schema(kind), title, _("Tambahkan"), back=back)
    return filled(form, lambda body: _published(kind, body))


def _published(kind: str, body: Body) -> Response:
    unsaid = dict.fromkeys(COMMANDS["PublishListEntry"].schema().fields)
    sent = {**body, "list": kind}
    command = give("PublishListEntry", {**unsaid, **EMPTY, **sent}, sent, key=key())
    outcome = told("PublishListEntry", follow(command, SHOWING))
    return redirect(
        url_for("list_entries.shown", kind=kind, id_=outcome.subject.partition("/")[2])
        if outcome.shown
        else url_for("list_entries.listed", kind=kind)
    )


@blueprint.get("/<kind>/<id_>")
@page_allowed(STAFF)
def shown(kind: str, id_: str) -> str:
    """One entry with all that is known of it."""
    entry = _entry(kind, id_)
    counts = standing(entry, near(())["today"])
    may_revoke = counts != "revoked" and _may("RevokeListEntry")
    return render_template(
        "lists/entry.html", kind=kind, entry=entry, standing=counts, may_revoke=may_revoke
    )


@blueprint.route("/<kind>/<id_>/revoke", methods=["GET", "POST"])
@page_allowed(COMMANDS["RevokeListEntry"].roles)
def revoke(kind: str, id_: str) -> Page:
    """Take an entry off its list from now on."""
    entry = _entry(kind, id_)
    back = url_for("list_entries.shown", kind=kind, id_=id_)
    form = Form(
        COMMANDS["RevokeListEntry"].schema(),
        title=_("Cabut entri: %(title)s", title=entry["title"]),
        send=_("Cabut"),
        version=entry["version"],
        back=back,
    )

    def act(body: Body) -> Response:
        recorded(_ENTRY, id_, "RevokeListEntry", body, body)
        return redirect(back)

    return filled(form, act)


def _entry(kind: str, id_: str) -> Shown:
    found: Shown = services().ask("register", "entry", f"list-entry/{id_}")
    if found["list"] != require_list(kind):
        raise Rejected("not_found", "There is no such entry on this list.")
    return public(found)
