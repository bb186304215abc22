"""What the templates ask of a control or a time: small answers that are no template's business to work out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from contracts.local import WIB
from services.gateway import labels
from services.gateway.mail.words import remarked, said
from services.gateway.pages.controls import Control
from services.gateway.pages.deputies.together import away_one
from services.gateway.pages.plain import plain
from services.gateway.pages.steps import PATH_OF

_YES_OR_NO = ("yes", "no")


def install(app: Flask) -> None:
    """Let templates use the office's words and these answers."""
    app.jinja_env.globals.update(
        label_field=labels.field,
        label_word=labels.word,
        label_order=labels.order,
        label_fact=labels.fact,
        answers=answers,
        chosen=chosen,
        typed_value=typed_value,
        step_path=PATH_OF.get,
        said=said,
        remarked=remarked,
        away_one=away_one,
    )
    app.jinja_env.filters.update(plain=plain, actor=labels.actor)


def answers(control: Control) -> list[tuple[str, str]]:
    """What can be chosen, with what it is called."""
    if control.kind == "truth":
        return list(zip(_YES_OR_NO, (_("Ya"), _("Tidak")), strict=True))
    return [(word, labels.word(word, control.label)) for word in control.words]


def chosen(control: Control) -> tuple[Any, ...]:
    """What is chosen already."""
    if control.kind == "truth":
        return (_TRUTH.get(control.value, control.value),)
    return tuple(control.value) if control.kind == "choices" else (control.value,)


_TRUTH: Mapping[Any, str] = {True: "yes", False: "no"}


def typed_value(control: Control) -> Any:
    """A value as its field takes it: a moment as the office's local time, without offset."""
    value = control.value
    if control.kind != "moment" or not isinstance(value, str):
        return value
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    local = at.astimezone(WIB).replace(tzinfo=None) if at.tzinfo else at
    return local.isoformat(timespec="minutes")
