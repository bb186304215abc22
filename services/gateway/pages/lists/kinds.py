"""The two lists, and what is asked for an entry of each."""

from __future__ import annotations

from collections.abc import Mapping

from marshmallow import Schema

from contracts.commands.classification import PublishListEntry
from contracts.errors import Rejected
from contracts.fields import day, prose, text
from contracts.words import LISTS

# In the order in which people fill them in; what the other list needs is left out.
_ASKED: Mapping[str, tuple[str, ...]] = {
    "public": (
        "title", "unit", "responsible", "made_on", "made_at", "availability", "forms", "location", "retention",
        "valid_to",
    ),
    "exempt": (
        "title", "unit", "decree", "decided_on", "grounds", "statute", "consequence", "public_interest", "valid_to",
    ),
}  # fmt: skip
EMPTY: Mapping[str, list[str]] = {"grounds": [], "forms": []}


def require_list(kind: str) -> str:
    """One of the two. Raises Rejected for anything else."""
    if kind not in LISTS:
        raise Rejected("not_found", "There are two lists: public and exempt.")
    return kind


class ExemptEntry(PublishListEntry):
    """An entry of the exempt list is a decision: by which decree, when, and what opening would do."""

    decree = text(200)
    decided_on = day()
    consequence = prose()


def entry_schema(kind: str) -> Schema:
    """What a person fills in for a new entry of a list."""
    asked = {"public": PublishListEntry, "exempt": ExemptEntry}[kind]
    schema: Schema = asked(only=_ASKED[kind], partial=("forms",))
    schema.fields = {name: schema.fields[name] for name in _ASKED[kind]}
    return schema
