"""Looking an entry up and choosing it, from a form that asks for one: with a script as one types, without by a button.

A form shows the part `entry_choice` (templates/parts/entries.html) for its field `list_entry`, with what `offered`
answers. Its button sends the form as a look, which records nothing (see pages/form.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request

from contracts.errors import Rejected
from contracts.roles import STAFF
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import services
from services.gateway.pages.lists.kinds import require_list
from services.gateway.pages.near import near
from services.gateway.shown import public

blueprint = Blueprint("list_choosing", __name__)
Shown = dict[str, Any]
MOST = 10
# Which list an order chooses from.
LIST_OF: Mapping[str, str] = {"ClassifyInformation": "public", "FlagExemption": "exempt"}


@blueprint.get("/lists/choose")
@page_allowed(STAFF)
def choices() -> str:
    """The part of the form that holds the entries to choose from, for htmx."""
    kind = require_list(request.args.get("list", ""))
    return render_template("parts/entries.html", entries=offered(kind, request.args))


def offered(kind: str, asked: Mapping[str, Any], chosen: str = "") -> Shown:
    """The entry that is chosen, and those that can be: standing today, and saying what was looked for."""
    q = str(asked.get("entry_q", "")).strip()
    chosen = str(asked.get("list_entry", "")).strip() or chosen
    found = services().ask("register", "entries", kind, "", MOST, q, near(())["today"])
    others = [public(each) for each in found]
    return {
        "list": kind,
        "q": q,
        "chosen": _entry(chosen) if chosen else None,
        "found": [each for each in others if each["id"] != chosen],
        "full": len(found) == MOST,
    }


def _entry(id_: str) -> Shown:
    """An entry that was named; without a title when there is none, so that the form can say so."""
    try:
        return public(services().ask("register", "entry", f"list-entry/{id_}"))
    except Rejected:
        return {"id": id_, "title": ""}
