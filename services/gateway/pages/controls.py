"""What a form shows for each field of an order: made from the order's own schema, so that the two cannot disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema, fields, validate

from contracts.fields import TEXT, Day, Moment, Truth

Given = Mapping[str, Any]
# From so many words on a list to choose from is quicker than buttons.
MANY = 7


@dataclass(frozen=True, slots=True)
class Control:
    """One question of a form.

    `kind` is one of text, prose, number, day, moment, truth, choice, choices, lines (a text a line), part (`parts` are
    its own questions). `name` is the name in the form: `applicant.nik` inside a part. `value` is what was typed.
    """

    name: str
    kind: str
    label: str
    required: bool
    words: tuple[str, ...] = ()
    longest: int | None = None
    value: Any = ""
    complaint: str = ""
    parts: tuple[Control, ...] = field(default=())

    @property
    def id(self) -> str:
        """The element's id."""
        return f"field-{self.name.replace('.', '-')}"


def controls(
    schema: Schema, given: Given, complaints: Given, within: str = ""
) -> tuple[Control, ...]:
    """The questions for a schema in its order, with what was typed and what is wrong with it."""
    return tuple(_controls(schema, given, complaints, within))


def _controls(schema: Schema, given: Given, complaints: Given, within: str) -> Iterator[Control]:
    for key, each in schema.fields.items():
        name = each.data_key or key
        value, wrong = given.get(name), complaints.get(name)
        parts: tuple[Control, ...] = ()
        if isinstance(each, fields.Nested):
            parts = controls(each.schema, value or {}, _inner(wrong), f"{within}{name}.")
        yield Control(
            name=within + name,
            kind=kind(each),
            label=key,
            required=each.required and not _left_out(schema, key),
            words=words(each),
            longest=_longest(each),
            value="" if value is None else value,
            complaint=wrong if isinstance(wrong, str) else "",
            parts=parts,
        )


def _left_out(schema: Schema, key: str) -> bool:
    """Whether a schema takes an order without this field."""
    return isinstance(schema.partial, Sequence | set) and key in schema.partial


def _inner(wrong: Any) -> Given:
    return wrong if isinstance(wrong, Mapping) else {}


def kind(each: fields.Field[Any]) -> str:
    """What sort of question a field is."""
    if isinstance(each, fields.List):
        return "choices" if words(each) else "lines"
    for type_, name in _KINDS:
        if isinstance(each, type_):
            return name
    if words(each):
        return "choice"
    longest = _longest(each)
    return "prose" if longest is not None and longest >= TEXT else "text"


_KINDS: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.Nested, "part"),
    (Truth, "truth"),
    (fields.Boolean, "truth"),
    (Moment, "moment"),
    (Day, "day"),
    (fields.Date, "day"),
    (fields.Integer, "number"),
)


def words(each: fields.Field[Any]) -> tuple[str, ...]:
    """The closed list that a field takes its words from, () without one."""
    source = each.inner if isinstance(each, fields.List) else each
    return next(
        (tuple(check.choices) for check in source.validators if isinstance(check, validate.OneOf)),
        (),
    )


def _longest(each: fields.Field[Any]) -> int | None:
    source = each.inner if isinstance(each, fields.List) else each
    limits = [check.max for check in source.validators if isinstance(check, validate.Length)]
    return next((limit for limit in limits if limit is not None), None)
