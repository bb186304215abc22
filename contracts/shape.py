"""Whether readers can rely on the fields of an event: the kind of each, and no more.

This is not the strict schema: every consumer asks it of every event, and it costs 3 us where the schema costs 80.
Unknown fields pass, and so do words of a later version; what a fold would stumble over does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from marshmallow import Schema, fields


def misshapen(schema: Schema, data: Mapping[str, Any]) -> list[str]:
    """The fields that are missing or of another kind than `schema` says. Schemas are asked once and remembered."""
    return [name for name, fits in _shape(schema) if not fits(data)]


@cache
def _shape(schema: Schema) -> tuple[tuple[str, Callable[[Mapping[str, Any]], bool]], ...]:
    return tuple((name, _fitting(name, field)) for name, field in schema.declared_fields.items())


def _fitting(name: str, field: fields.Field[Any]) -> Callable[[Mapping[str, Any]], bool]:
    of_kind = _kind(field)

    def fits(data: Mapping[str, Any]) -> bool:
        value = data.get(name, _MISSING)
        if value is _MISSING:
            return not field.required
        return bool(field.allow_none) if value is None else of_kind(value)

    return fits


def _kind(field: fields.Field[Any]) -> Callable[[object], bool]:
    if isinstance(field, fields.List):
        of_kind = _kind(field.inner)
        return lambda value: isinstance(value, list) and all(map(of_kind, value))
    return next(check for kind, check in _KINDS if isinstance(field, kind))


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and _countable(date.fromisoformat(value))
    except ValueError:
        return False


def is_moment(value: object) -> bool:
    """Whether a value is a time with its offset, far from both ends of the calendar."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return moment is not None and moment.tzinfo is not None and _countable(moment)


def _countable(day: date) -> bool:
    """Whether the days before and after it exist: at both ends of the calendar a deadline or another offset falls off."""
    return date.min.year < day.year < date.max.year


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _MOST


_MISSING = object()
_MOST = 2**53
# In this order: a date is a kind of time to marshmallow.
_KINDS: tuple[tuple[type[fields.Field[Any]], Callable[[object], bool]], ...] = (
    (fields.Date, _is_day),
    (fields.DateTime, is_moment),
    (fields.Integer, _is_whole),
    (fields.Boolean, lambda value: isinstance(value, bool)),
    (fields.String, lambda value: isinstance(value, str)),
    (fields.Field, lambda value: isinstance(value, Mapping)),
)
