"""The few kinds of field that messages are made of, all strict: a producer never guesses what was meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

Check = Callable[[Any], Any]
# Control characters but for tab and line ends, and halves of characters (lone surrogates).
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
LINE = 300
TEXT = 10_000


class Truth(fields.Boolean):
    """true or false; marshmallow's own field would take "yes" and 1."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Day(fields.Date):
    """2026-08-12 and nothing else; ISO 8601 has weeks and other ways to write a day."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not (isinstance(value, str) and _DAY.fullmatch(value)):
            raise self.make_error("invalid", input=value, obj_type="date")
        return super()._deserialize(value, *args, **kwargs)


class Moment(fields.AwareDateTime):
    """2026-08-12T09:10:00+07:00, and not the other ways of ISO 8601."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not (isinstance(value, str) and _MOMENT.fullmatch(value)):
            raise self.make_error("invalid", input=value, obj_type="datetime")
        return super()._deserialize(value, *args, **kwargs)


def printable(value: str) -> None:
    """Refuse what no form, letter or database may carry: control characters and lone surrogates."""
    if _UNPRINTABLE.search(value):
        raise ValidationError("Contains a character that cannot be stored.")


def text(limit: int = LINE, *, least: int = 1, **options: Any) -> fields.String:
    """Text of `least` to `limit` characters."""
    checks: list[Check] = [validate.Length(min=least, max=limit), printable]
    return fields.String(validate=checks, **_options(options))


def prose(**options: Any) -> fields.String:
    """What people type freely. It may name somebody, so it never leaves for other systems."""
    return text(TEXT, restricted=True, **options)


def choice(values: tuple[str, ...], **options: Any) -> fields.String:
    """One of a closed list."""
    return fields.String(validate=validate.OneOf(values), **_options(options))


def choices(values: tuple[str, ...], **options: Any) -> fields.List[Any]:
    """Some of a closed list, at most each once."""
    inner = fields.String(validate=validate.OneOf(values))
    return fields.List(
        inner, validate=[validate.Length(max=len(values)), _distinct], **_options(options)
    )


def day(**options: Any) -> fields.Date:
    """A date of the office's calendar (Asia/Jakarta), as RFC 3339 writes it."""
    return Day(format="iso", **_options(options))


def moment(**options: Any) -> fields.AwareDateTime:
    """A time with its offset, RFC 3339; the seconds may be left out, as people do."""
    return Moment(format="iso", **_options(options))


def whole(least: int = 0, most: int = 2**53, **options: Any) -> fields.Integer:
    """A whole number; "5", 5.0 and true are refused."""
    return fields.Integer(strict=True, validate=validate.Range(least, most), **_options(options))


def truth(**options: Any) -> Truth:
    """Yes or no."""
    return Truth(**_options(options))


def several(inner: fields.Field[Any] | type[Schema], most: int, **options: Any) -> fields.List[Any]:
    """A list of at most `most` parts."""
    part = inner if isinstance(inner, fields.Field) else fields.Nested(inner)
    return fields.List(part, validate=validate.Length(max=most), **_options(options))


def part(schema: type[Schema], **options: Any) -> fields.Nested:
    """An object inside the message."""
    return fields.Nested(schema, **_options(options))


def figures(**options: Any) -> fields.Dict:
    """Counts by name; the names are the report's own."""
    return fields.Dict(keys=fields.String(), **_options(options))


def _options(options: dict[str, Any]) -> dict[str, Any]:
    """Required unless said otherwise: a forgotten field is a fault, not a default."""
    options.setdefault("required", not options.pop("optional", False))
    options.setdefault("allow_none", not options["required"])
    notes = {key: options.pop(key) for key in ("meaning", "restricted") if key in options}
    return {**options, "metadata": notes}


def _distinct(values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise ValidationError("Names something twice.")
