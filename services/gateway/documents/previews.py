"""A paper of the sample case in a wording that is not in force yet: nothing is recorded, nobody is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import current_app

from contracts import wording
from contracts.errors import Rejected
from contracts.rules import Rule, Rules, rules_of
from services.gateway.documents.content import content_of
from services.gateway.documents.drawing import html_of
from services.gateway.documents.kinds import Kind
from services.gateway.documents.papers import FORMS
from services.gateway.documents.sample import sample
from services.gateway.orders import services

Content = dict[str, Any]
Value = Mapping[str, Any]


def drawn(kind: Kind, form: str, lang: str, value: Value, on: date) -> bytes:
    """The paper as a file. Raises Rejected for a wording that cannot be printed."""
    return FORMS[form].write(html_of(content(kind, lang, value, on), on))


def content(kind: Kind, lang: str, value: Value, on: date) -> Content:
    """What the paper says. Raises Rejected for a wording that cannot be printed."""
    wrong = wording.faults(kind.key, value)
    if wrong:
        raise Rejected("rule_value_wrong", "This cannot be printed.", {"value": wrong})
    address = f"{current_app.config['PUBLIC_ADDRESS']}/status"
    return content_of(kind, sample(kind, lang, _with(kind, value, on), on, address))


def _with(kind: Kind, value: Value, on: date) -> Rules:
    """The rules of a day with another wording of one paper."""
    rules = rules_of(services().ask("escalation", "rules", "", on.isoformat()))
    ours = (wording.KIND, kind.key)
    others = (each for each in rules.periods if (each.kind, each.key) != ours)
    return Rules((*others, Rule(*ours, value, "", on)))
