"""When information may be withheld: what a refusal has to say, what it stands on, and who may not decide it.

A refusal stands on a consequence test (UU 14/2008 art. 19) or on a decided entry of the exempt list, on the grounds
named there; and whoever prepared it never decides it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.command import Command
from contracts.errors import Rejected
from contracts.grounds import (
    MISSING,
    Faults,
    period_faults,
    require_fields,
    require_grounds,
    statute_faults,
)
from contracts.rules import Rules
from services.escalation.state import EntryState, RequestState

Facts = Mapping[str, Any]
# What the minutes or the entry say is true of the decision too, unless it says otherwise.
_TAKEN_OVER = ("public_interest", "exempt_until")


@dataclass(frozen=True, slots=True)
class Footing:
    """What a refusal stands on: which grounds, who prepared it, and the entry where it is one."""

    grounds: tuple[str, ...]
    author: str
    says: Facts
    entry: Facts | None = None


def withheld(
    command: Command, state: RequestState, rules: Rules, today: date, listed: EntryState
) -> dict[str, Any]:
    """What is recorded of a decision that withholds something, complete and reviewed. Raises Rejected."""
    grounds = require_grounds(command.data["grounds"], rules, today)
    found = footing(state, today, listed)
    said = {**command.data, **_taken_over(command.data, found)}
    require_fields(
        {
            **_unsaid(said),
            **statute_faults(grounds, said.get("statute")),
            **period_faults("exempt_until", grounds, said["exempt_until"], today),
        }
    )
    if found is None or not set(said["grounds"]) <= set(found.grounds):
        raise Rejected(
            "consequence_test_missing",
            "These grounds need a consequence test first, or a listed entry.",
        )
    _require_another(found.author, command)
    return {**said, "author": found.author, "reviewer": str(command.actor), "basis": found.entry}


def footing(state: RequestState, today: date, listed: EntryState) -> Footing | None:
    """The test that closed something, or else the listed entry. Raises Rejected when the entry no longer counts."""
    if state.tested and state.tested["result"] != "open":
        return Footing(tuple(state.tested["grounds"]), state.tested_by, state.tested)
    if state.basis is None:
        return None
    require_valid(state.basis, today, listed)
    entry = state.basis
    until = {"exempt_until": entry.get("valid_to")}
    return Footing(tuple(entry["grounds"]), state.flagged_by, until, entry)


def require_valid(entry: Facts, today: date, listed: EntryState) -> None:
    """Raises Rejected when an entry, as it was copied, is over by now, or was heard to be revoked."""
    if listed.revoked:
        raise Rejected("list_entry_unusable", "The entry was revoked since it was relied on.")
    last = entry.get("valid_to")
    if last and date.fromisoformat(last) < today:
        raise Rejected("list_entry_unusable", "The entry has expired since it was relied on.")


def _taken_over(said: Facts, found: Footing | None) -> dict[str, Any]:
    known: Facts = found.says if found else {}
    return {name: said.get(name) or known.get(name) for name in _TAKEN_OVER}


def _unsaid(said: Facts) -> Faults:
    needed = ["consequence", "public_interest"]
    if said["outcome"] == "partial":
        needed.append("blackened")
    return {name: MISSING for name in needed if not said.get(name)}


def _require_another(author: str, command: Command) -> None:
    if author.partition(":")[2] == command.actor.account:
        raise Rejected(
            "reviewer_is_author",
            "Whoever prepared a refusal does not decide it; somebody else must.",
        )
