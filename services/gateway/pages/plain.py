"""A value of a view or an event as people read it: words of closed lists translated, days and times written out, lists joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from flask_babel import gettext as _
from marshmallow import Schema, fields

from contracts.catalogue import EVENTS
from contracts.commands import COMMANDS
from services.gateway import labels, languages
from services.gateway.pages.controls import words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHO = frozenset({"answered_by", "author", "entered_by", "kept_by", "reviewer"})
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})")


def plain(value: Any, name: str = "") -> str:
    """A value of a field as text. What people typed is never taken for a word of a list."""
    if isinstance(value, bool):
        return str(_("Ya") if value else _("Tidak"))
    if isinstance(value, Mapping):
        pairs = ((key, inner) for key, inner in value.items() if inner not in (None, "", [], {}))
        return "; ".join(f"{labels.field(key)}: {plain(inner, key)}" for key, inner in pairs)
    if isinstance(value, list | tuple):
        return ", ".join(plain(each, name) for each in value)
    return _text(str(value), name)


def _text(text: str, name: str) -> str:
    if name in _WHO:
        return labels.actor(text)
    if name == "because":
        text = labels.cause(text)
    if name in closed():
        return labels.word(text, name)
    if _MOMENT.fullmatch(text):
        return languages.moment(datetime.fromisoformat(text))
    if _DAY.fullmatch(text):
        return languages.day(date.fromisoformat(text))
    return text


# What views call otherwise than the events they are made of.
_OF_VIEWS = ("state", "missing", "warnings", "closing")


@cache
def closed() -> frozenset[str]:
    """The fields whose values are words of closed lists, as the contracts say it."""
    orders, facts = (each.schema for each in COMMANDS.values()), (e.schema for e in EVENTS.values())
    schemas = [*orders, *facts]
    return frozenset({*_OF_VIEWS, *(n for s in schemas for n in _closed(s()))})


def _closed(schema: Schema) -> Iterator[str]:
    for name, each in schema.fields.items():
        inner = each.inner if isinstance(each, fields.List) else each
        if isinstance(inner, fields.Nested):
            yield from _closed(inner.schema)
        elif words(each):
            yield name
