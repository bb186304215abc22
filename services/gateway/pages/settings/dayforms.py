"""What a person fills in about days off, and how a refusal that names days or lines is told at one field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from marshmallow import Schema, validates_schema

from contracts import words
from contracts.errors import Rejected
from contracts.fields import choice, day, text, truth
from services.gateway import labels
from services.gateway.forms import Body, require_span
from services.gateway.pages.complaints import InWords, in_words

LONGEST_FILE = 100_000


class DeclareForm(Schema):
    """One day, or all days of a range, by one decree."""

    from_ = day(data_key="from")
    to = day(optional=True)
    kind = choice(words.DAY_KINDS)
    day_name = text(200)
    estimated = truth(optional=True)
    decree = text(300)
    source = text(300)

    @validates_schema
    def fits(self, data: Body, **_: Any) -> None:
        """A range is in order and not endless."""
        if data.get("to"):
            require_span(data["from_"], data["to"])


class ImportForm(Schema):
    """Days of a CSV file, by one decree."""

    csv = text(LONGEST_FILE)
    decree = text(300)
    source = text(300)


def at_field(refused: Rejected, name: str) -> Rejected:
    """The same refusal, with what it says of days or lines at one field of the form."""
    told = [*_lines(refused.errors.get("lines")), *_days(refused.errors.get("days"))]
    if not told:
        return refused
    return Rejected(refused.code, refused.detail, {name: [InWords(" ".join(told))]})


def _lines(wrong: Any) -> Iterator[str]:
    for line, faults in wrong.items() if isinstance(wrong, Mapping) else ():
        said = "; ".join(_faults(faults))
        yield str(_("Baris %(line)s: %(said)s", line=line, said=said))


def _days(wrong: Any) -> Iterator[str]:
    for faults in wrong.values() if isinstance(wrong, Mapping) else ():
        yield "; ".join(in_words(said) for said in faults.get("date", ()))


def _faults(faults: Any) -> Iterator[str]:
    if isinstance(faults, Mapping):
        for name, said in faults.items():
            yield f"{labels.field(str(name))}: {in_words(str(said[0]))}"
    else:
        yield from (in_words(str(said)) for said in faults)
