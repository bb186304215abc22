"""The rules of the desk: what was, is and will be in force, and changing it after a preview."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from marshmallow import Schema

from contracts import wording, words
from contracts.commands import COMMANDS
from contracts.commands.law import LONGEST_BASIS
from contracts.errors import Rejected
from contracts.fields import day, text
from contracts.roles import STAFF
from services.gateway import labels
from services.gateway.api.rules import SUBJECT
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import services
from services.gateway.pages.confirming import LawOrder, confirmed, owners
from services.gateway.pages.form import Body, Form, Page
from services.gateway.pages.near import near
from services.gateway.pages.settings import rule_values
from services.gateway.pages.settings.rule_words import said
from services.gateway.pages.settings.standing import standing, standing_order

blueprint = Blueprint("settings_rules", __name__)
Shown = dict[str, Any]
# Rules that may be enacted although none of their key is known yet.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "documents": words.CATEGORIES,
    "regime": words.REGIMES,
    "ground": (*words.GROUNDS, *words.OBJECTION_GROUNDS),
    "reason": words.EXTENSION_REASONS,
}

# Of the others one has to be in force every day: they are replaced, never ended.
_MAY_END = ("regime", "ground", "reason")


@blueprint.get("/settings/rules")
@page_allowed(STAFF)
def shown() -> str:
    """The rules of a kind, each with its periods; the one in force first."""
    kind = request.args.get("kind", "")
    chosen = kind if kind in words.RULE_KINDS else words.RULE_KINDS[0]
    today = near(())["today"]
    periods = _periods(chosen)
    return render_template(
        "settings/rules.html",
        kinds=[(each, labels.rule_kind(each)) for each in words.RULE_KINDS],
        kind=chosen,
        rules=list(_by_key(chosen, periods, today)),
        may_change=g.actor.role in owners("EnactRule"),
        may_end=chosen in _MAY_END,
    )


def _periods(kind: str) -> list[Shown]:
    found: list[Shown] = services().ask("escalation", "rules", kind, "")
    return found


def _by_key(kind: str, periods: list[Shown], today: str) -> Iterator[Shown]:
    for key in _keys(kind, periods):
        own = [
            {**each, "standing": standing(each, today)} for each in periods if each["key"] == key
        ]
        told = [{**each, "said": said(kind, each["value"])} for each in own]
        yield {
            "key": key,
            "name": labels.rule(kind, key),
            "periods": sorted(told, key=standing_order),
        }


def _keys(kind: str, periods: list[Shown]) -> list[str]:
    """As the law goes through them; keys of closed lists also where none of them is known yet."""
    known = (each["key"] for each in periods)
    found = list(dict.fromkeys([*_KEYS.get(kind, ()), *known]))
    places = {key: at for at, (each, key) in enumerate(labels.RULES) if each == kind}
    return sorted(found, key=lambda key: places.get(key, len(places)))


@blueprint.route("/settings/rules/<kind>/<key>/enact", methods=["GET", "POST"])
@page_allowed(COMMANDS["EnactRule"].roles)
def enact(kind: str, key: str) -> Page:
    """Put a rule in force for a time, in place of what its key has in those days."""
    periods = _known(kind, key)
    if kind == wording.KIND:
        return redirect(url_for("settings_wording_form.write", kind=key))
    questions = {
        "value": rule_values.asked(kind, key, periods),
        "legal_basis": text(LONGEST_BASIS),
        "valid_from": day(),
        "valid_to": day(optional=True),
    }
    schema = Schema.from_dict(questions, name="EnactForm")()
    form = _form(kind, key, schema, "EnactRule", periods)
    return confirmed(
        form, lambda body: _enacted(kind, key, periods, body), _newest(kind, key, periods)
    )


def _newest(kind: str, key: str, periods: list[Shown]) -> Body:
    """The form starts with the last value."""
    if not periods:
        return {}
    value = periods[-1]["value"]
    written = rule_values.value_of(kind, key, periods) is None
    return {"value": json.dumps(value, indent=1, ensure_ascii=False) if written else value}


def _enacted(kind: str, key: str, periods: list[Shown], body: Body) -> LawOrder:
    schema = rule_values.value_of(kind, key, periods)
    given = body["value"]
    value = rule_values.whole_value(schema, given) if schema else rule_values.read_json(given)
    order = {"valid_to": None, **body, "kind": kind, "key": key, "value": value, "replaces": True}
    told = [(labels.rule(kind, key), said(kind, value))]
    return LawOrder("EnactRule", SUBJECT, order, told)


@blueprint.route("/settings/rules/<kind>/<key>/<start>/end", methods=["GET", "POST"])
@page_allowed(COMMANDS["EndRule"].roles)
def end(kind: str, key: str, start: str) -> Page:
    """Let one period of a rule end on a day."""
    periods = _known(kind, key)
    ours = next((each for each in periods if each["valid_from"] == start), None)
    if ours is None:
        raise Rejected("not_found", "No period of this rule begins on this day.")
    schema = COMMANDS["EndRule"].schema(only=("valid_to", "reason"))
    form = _form(kind, key, schema, "EndRule", [ours])
    told = [(labels.rule(kind, key), said(kind, ours["value"]))]

    def ordered(body: Body) -> LawOrder:
        order = {**body, "kind": kind, "key": key, "valid_from": start}
        return LawOrder("EndRule", SUBJECT, order, told)

    return confirmed(form, ordered)


def _known(kind: str, key: str) -> list[Shown]:
    """The periods of a rule. Raises Rejected for one that nothing is counted by."""
    periods = (
        [each for each in _periods(kind) if each["key"] == key] if kind in words.RULE_KINDS else []
    )
    if not periods and key not in _KEYS.get(kind, ()):
        raise Rejected("not_found", "There is no such rule.")
    return periods


def _form(kind: str, key: str, schema: Schema, name: str, periods: list[Shown]) -> Form:
    today = near(())["today"]
    told = [
        {**each, "said": said(kind, each["value"]), "standing": standing(each, today)}
        for each in periods
    ]
    return Form(
        schema=schema,
        title=f"{labels.order(name)}: {labels.rule(kind, key)}",
        send=_("Lihat akibatnya"),
        template="settings/rule.html",
        back=url_for("settings_rules.shown", kind=kind),
        about={"periods": told},
    )
