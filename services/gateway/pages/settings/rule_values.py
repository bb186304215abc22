"""The value of a rule as a form asks for it, by kind and key. A rule that no form is known for is written as JSON.

Names in the form are those of the value; the questions are called by what stands before the equals sign.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from contracts import wording, words
from contracts.errors import Rejected
from contracts.fields import choice, choices, part, prose, text, truth, whole
from services.gateway.pages.settings import letters

Value = dict[str, Any]
LONGEST_PATTERN = 200
_DAY_COUNTS = ("day_off", "working_day")
_HOUR = r"([01]\d|2[0-3]):[0-5]\d"


def hour() -> fields.String:
    """07:30."""
    return fields.String(required=True, validate=validate.Regexp(f"^{_HOUR}$"))


def bilingual() -> dict[str, fields.Field[Any]]:
    """A text in both languages."""
    return {"in_indonesian": prose(data_key="id"), "in_english": prose(data_key="en")}


def value_of(kind: str, key: str, periods: Sequence[Mapping[str, Any]]) -> type[Schema] | None:
    """The questions of a rule's value; None where there is no form for it. `periods` are those of the same rule."""
    questions = _FORMS[kind](key, periods) if kind in _FORMS else None
    return Schema.from_dict(questions, name=f"{kind.title()}Value") if questions else None


def whole_value(schema: type[Schema], given: Value) -> Value:
    """A value as escalation wants it: what was left empty is said to be nothing."""
    names = {each.data_key or name for name, each in schema().fields.items()}
    return {**dict.fromkeys(sorted(names)), **given}


def read_json(written: str) -> Value:
    """A value that was written as JSON. Raises Rejected for what is none."""
    try:
        value = json.loads(written)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Rejected("invalid_fields", "This is no value.", {"value": ["Not a valid mapping."]})
    return value


def _days(_: str, periods: Sequence[Mapping[str, Any]]) -> Value:
    units = tuple(sorted({each["value"]["unit"] for each in periods}))
    return {"count": whole(1, 1000), "unit_of_time": choice(units, data_key="unit")}


def _ground(key: str, _: Any) -> Value:
    if key in words.OBJECTION_GROUNDS:
        return {**bilingual(), "needs_request": truth(), "amicable": truth()}
    return {
        **bilingual(),
        "permanent": truth(),
        "most_years": whole(1, 1000, optional=True),
        "needs_statute": truth(),
    }


def _setting(key: str, _: Any) -> Value | None:
    made = _SETTINGS.get(key)
    return made() if made else None


_SETTINGS: Mapping[str, Callable[[], Value]] = {
    "clock.starts": lambda: {
        "counted_from": choice(("receipt", "completeness", "registration"), data_key="at")
    },
    "clock.joint_leave": lambda: {"legal": choice(_DAY_COUNTS), "target": choice(_DAY_COUNTS)},
    "clock.office_hours": lambda: {
        "opens": hour(),
        "closes": hour(),
        "after_hours": choice(("same_day", "next_working_day")),
    },
    "applicant.eligible": lambda: {
        "must_be_indonesian": choices(words.CATEGORIES, data_key="indonesian")
    },
    "attachments.limits": lambda: {"most_bytes": whole(1), "most_files": whole(1)},
    "number.request": lambda: {"pattern": text(LONGEST_PATTERN)},
    "number.objection": lambda: {"pattern": text(LONGEST_PATTERN)},
    "letter.head": letters.head,
    "letter.signers": letters.signers,
    "letter.number": letters.numbers,
    "letter.copies": letters.copies,
}
_FORMS: Mapping[str, Callable[[str, Sequence[Mapping[str, Any]]], Value | None]] = {
    "days": _days,
    "documents": lambda *_: {"papers": choices(words.DOCUMENTS)},
    "regime": lambda *_: {"topics": choices(words.TOPICS)},
    "ground": _ground,
    "reason": lambda *_: bilingual(),
    "text": lambda *_: bilingual(),
    "setting": _setting,
    wording.KIND: lambda key, _: letters.parts(key),
}


def asked(kind: str, key: str, periods: Sequence[Mapping[str, Any]]) -> fields.Field[Any]:
    """The question for a rule's value."""
    known = value_of(kind, key, periods)
    return part(known) if known else prose()
