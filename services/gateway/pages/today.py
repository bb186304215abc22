"""Hari ini: who must act on what today, the most pressing first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from contracts import roles
from contracts.roles import STAFF
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import services
from services.gateway.pages.deputies.together import Away, away_one, stood_in_for
from services.gateway.pages.near import near
from services.gateway.shown import public

blueprint = Blueprint("today", __name__)
Shown = dict[str, Any]
_PRESSING = ("overdue", "due_today", "due_soon")
_DESK = (
    "to_classify",
    "to_hand_over",
    "to_notify",
    "to_close",
    "to_escalate",
    "waiting_for_applicant",
)
# The piles of each role, its own work first.
_PILES: Mapping[str, tuple[str, ...]] = {
    roles.DESK: (*_PRESSING, *_DESK),
    roles.OFFICER: (*_PRESSING, "to_decide", *_DESK),
    roles.HEAD: (*_PRESSING, "to_decide"),
}
_OTHERS = (*_PRESSING, "to_decide", *_DESK)
_SHOWN_OBJECTIONS = 8


@dataclass(frozen=True, slots=True)
class StoodIn:
    """Whom the reader stands in for, and the pile of their open cases."""

    away: Away
    pile: Shown


@blueprint.get("/")
@page_allowed(STAFF)
def home() -> Response:
    """The first page of whoever signs in."""
    return redirect(url_for("today.shown"))


@blueprint.get("/today")
@page_allowed(STAFF)
def shown() -> str:
    """What waits, by what has to be done about it."""
    horizon = near(())
    found = services().ask("register", "piles", horizon["today"], horizon["soon_until"])
    wanted = [(name, _pile(found[name])) for name in _PILES.get(g.actor.role, _OTHERS)]
    objections = _objections()
    standing_in = [_stood_in(each) for each in stood_in_for(g.account.name)]
    days = [item["due_on"] for _, pile in wanted for item in pile["items"]]
    days += [each["due_on"] for each in objections]
    days += [item["due_on"] for each in standing_in for item in each.pile["items"]]
    return render_template(
        "today.html",
        standing_in=standing_in,
        own_absence=away_one(g.account.name),
        piles=[(name, pile) for name, pile in wanted if pile["count"]],
        empty=[name for name, pile in wanted if not pile["count"]],
        objections=objections,
        near=near(days),
    )


def _pile(found: Shown) -> Shown:
    return {**found, "items": [public(item) for item in found["items"]]}


def _stood_in(away: Away) -> StoodIn:
    found = services().ask("register", "pile_of", away.absence.account)
    return StoodIn(away, _pile(found))


def _objections() -> list[Shown]:
    """Objections that wait for the superior's answer."""
    found = services().ask("register", "objections", {"state": "filed"}, "", _SHOWN_OBJECTIONS)
    return [public(each) for each in found]
