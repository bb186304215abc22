"""The wording of letters: what the office says on each kind of paper, in force, to come and of before, since when and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g, render_template

from contracts import wording
from contracts.errors import Rejected
from contracts.roles import STAFF
from services.gateway.documents.kinds import KINDS, Kind
from services.gateway.identity.guard import page_allowed
from services.gateway.labels.wordings import FIXED
from services.gateway.orders import services
from services.gateway.pages.confirming import owners
from services.gateway.pages.near import near
from services.gateway.pages.settings.standing import standing, standing_order

blueprint = Blueprint("settings_wordings", __name__)
Shown = dict[str, Any]


@blueprint.get("/settings/letters/templates")
@page_allowed(STAFF)
def listed() -> str:
    """Every kind of paper, with the wording in force and the next one."""
    today, known = near(())["today"], _periods()
    papers = [_line(kind, known, today) for kind in KINDS.values()]
    return render_template("settings/wordings.html", papers=papers)


def _periods() -> list[Shown]:
    found: list[Shown] = services().ask("escalation", "rules", wording.KIND, "")
    return found


def _line(kind: Kind, known: Sequence[Shown], today: str) -> Shown:
    own = [each for each in known if each["key"] == kind.key]
    by_standing = {standing(each, today): each for each in reversed(own)}
    return {"kind": kind.key, "now": by_standing.get("now"), "coming": by_standing.get("coming")}


@blueprint.get("/settings/letters/templates/<kind>")
@page_allowed(STAFF)
def shown(kind: str) -> str:
    """The wording of one kind of paper, in force, to come and of before."""
    paper = paper_of(kind)
    return render_template(
        "settings/wording.html",
        kind=paper.key,
        fixed=FIXED[paper.key],
        versions=versions(periods_of(paper), _changes(paper), near(())["today"]),
        may_change=g.actor.role in owners("EnactRule"),
    )


def paper_of(kind: str) -> Kind:
    """The kind of paper that an address names. Raises Rejected for none."""
    found = next((each for each in KINDS.values() if each.key == kind), None)
    if found is None:
        raise Rejected("not_found", "There is no such kind of paper.")
    return found


def periods_of(paper: Kind) -> list[Shown]:
    """Its wordings that are in force on some day, the last one last."""
    return [each for each in _periods() if each["key"] == paper.key]


def _changes(paper: Kind) -> list[Shown]:
    """Who put which wording in force, the newest first."""
    found = services().ask("escalation", "rule_changes", wording.KIND, paper.key)
    return list(reversed(found))


def versions(periods: Sequence[Shown], changes: Sequence[Shown], today: str) -> list[Shown]:
    """Every wording there ever was, with who recorded it; `gone` is what was replaced before anything of it is left."""
    left = [{**each, "standing": standing(each, today), **_by(each, changes)} for each in periods]
    gone = [
        {**each, "standing": "gone"}
        for each in changes
        if not any(_same(period, each) for period in periods)
    ]
    return sorted([*left, *gone], key=standing_order)


def _by(period: Shown, changes: Sequence[Shown]) -> Shown:
    """Who recorded it and when; nothing for what was there from the first."""
    found = next((each for each in changes if _same(period, each)), {"by": "", "at": ""})
    return {"by": found["by"], "at": found["at"]}


def _same(period: Shown, change: Shown) -> bool:
    alike = all(period[name] == change[name] for name in ("value", "legal_basis"))
    return alike and change["valid_from"] <= period["valid_from"]
