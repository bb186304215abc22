"""Naming a deputy for the days on which somebody is away: for oneself, or for anybody by the administrator."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from marshmallow import Schema, validates_schema

from contracts.errors import Rejected
from contracts.fields import day, prose, text
from contracts.roles import ADMINISTRATOR, STAFF
from services.gateway.forms import require_span
from services.gateway.identity.absences import Absence
from services.gateway.identity.accounts import Account
from services.gateway.identity.deputies import able
from services.gateway.identity.guard import page_allowed
from services.gateway.identity.tools import tools
from services.gateway.identity.trail import ABSENCE_ENDED, DEPUTY_NAMED
from services.gateway.identity.visitor import address
from services.gateway.orders import checked_key
from services.gateway.pages.deputies.faults import deputy_fault, fault, require_free
from services.gateway.pages.deputies.together import by_name, today
from services.gateway.pages.form import Body, Form, Page, filled

blueprint = Blueprint("deputies", __name__)
_ADMINISTRATOR = frozenset({ADMINISTRATOR})


class AbsenceForm(Schema):
    """From when to when somebody is away, who stands in, and what that one has to know."""

    from_ = day(data_key="from")
    to = day()
    deputy = text(40)
    note = prose(optional=True)

    @validates_schema
    def fits(self, data: Body, **_: Any) -> None:
        """The days are in order, and not endless."""
        require_span(data["from_"], data["to"])


@blueprint.route("/account/deputy", methods=["GET", "POST"])
@page_allowed(STAFF)
def own() -> Page:
    """One's own absences, and for whom one stands in."""
    return _page(g.account, url_for("deputies.own"), url_for("own.shown"))


@blueprint.route("/settings/accounts/<name>/deputy", methods=["GET", "POST"])
@page_allowed(_ADMINISTRATOR)
def of_account(name: str) -> Page:
    """The absences of any account: whoever is ill names nobody."""
    account = _found(name)
    here = url_for("deputies.of_account", name=name)
    return _page(account, here, url_for("people.shown", name=name))


@blueprint.post("/account/deputy/<id_>/end")
@page_allowed(STAFF)
def end_own(id_: str) -> Page:
    """Be back early, or stay after all."""
    return _end(g.account.name, id_, url_for("deputies.own"))


@blueprint.post("/settings/accounts/<name>/deputy/<id_>/end")
@page_allowed(_ADMINISTRATOR)
def end_of_account(name: str, id_: str) -> Page:
    """End anybody's absence."""
    return _end(_found(name).name, id_, url_for("deputies.of_account", name=name))


def _found(name: str) -> Account:
    account = tools().accounts.find(name)
    if account is None:
        raise Rejected("not_found", "There is no such account.")
    return account


def _page(account: Account, here: str, back: str) -> Page:
    people = by_name()
    is_own = account.name == g.account.name
    form = Form(
        schema=AbsenceForm(),
        title=_("Tidak masuk dan pengganti"),
        send=_("Tunjuk pengganti"),
        template="deputies/account.html",
        back=back,
        about={
            "account": account,
            "own": is_own,
            "here": here,
            "able": [each for each in people.values() if able(each, account)],
            "absences": tools().absences.of(account.name),
            "standing_in": tools().absences.for_deputy(account.name, today()) if is_own else [],
            "people": people,
            "today": today(),
        },
    )
    start = {"from": today().isoformat()}
    return filled(form, lambda body: _named(account, body, here), start)


def _named(account: Account, body: Body, here: str) -> Page:
    """Name the deputy, or raise Rejected with what is wrong at its field; then nothing is written."""
    absence = _absence(account, body)
    if absence.first < today():
        raise fault("from", "That day has passed.")
    deputy_fault(tools().accounts.find(absence.deputy), account)
    if tools().absences.add(absence, lambda known: require_free(absence, known)):
        about = {"deputy": absence.deputy, "from": body["from"], "to": body["to"]}
        _line(DEPUTY_NAMED, account.name, about)
    flash(_("Pengganti ditunjuk."), "done")
    return redirect(here)


def _absence(account: Account, body: Body) -> Absence:
    key = checked_key(request.form.get("key", ""))
    return Absence(
        id=str(uuid5(NAMESPACE_URL, f"terbuka:absence:{g.account.name}:{key}")),
        account=account.name,
        deputy=body["deputy"],
        first=date.fromisoformat(body["from"]),
        last=date.fromisoformat(body["to"]),
        note=body.get("note", ""),
        named_by=g.account.name,
        named_at=tools().now(),
    )


def _end(account: str, id_: str, here: str) -> Page:
    if tools().absences.end(id_, account, g.account.name, today()):
        _line(ABSENCE_ENDED, account)
        flash(_("Penggantian diakhiri."), "done")
    else:
        flash(_("Penggantian itu sudah berakhir, atau tidak ada."), "error")
    return redirect(here)


def _line(kind: str, account: str, about: dict[str, str] | None = None) -> None:
    tools().trail.add(kind, account, by=g.account.name, address=address(), about=about)
