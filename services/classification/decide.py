"""What classification decides: what kind of information is asked for, and what stands on the lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import local_day
from eventlog.handle import Decision
from services.classification.state import OPEN, EntryState, RequestState


def classify(command: Command, state: RequestState, _: datetime) -> Decision:
    """Say that the information is available at once, or needs coordination (SOP 2, 4)."""
    _require_open(state)
    data = command.data
    if data["outcome"] == "available" and not data["held"]:
        raise Rejected(
            "invalid_fields",
            "What is not held is not available at once.",
            {"held": ["Must be true when available."]},
        )
    facts = {"outcome": data["outcome"], "held": data["held"], "held_form": data["held_form"]}
    return (Fact("InformationClassified", {**facts, "list_entry": data.get("list_entry")}),)


def flag_exemption(
    command: Command, state: RequestState, now: datetime, entry: EntryState
) -> Decision:
    """Say that the information is exempt (SOP 3).

    With a usable entry of the exempt list the desk may tell the applicant at once. Without one the flag only says that
    it may be exempt: the officer must hold a consequence test (UU 14/2008 art. 19).
    """
    _require_open(state)
    named = command.data.get("list_entry")
    grounds = list(command.data["grounds"]) or list(entry.grounds)
    if not grounds:
        raise Rejected(
            "ground_missing", "An exemption needs a ground of art. 17.", {"grounds": ["Missing."]}
        )
    if named and not entry.usable(local_day(now)):
        raise Rejected(
            "list_entry_unusable", "The entry is unknown, not exempt, revoked or expired."
        )
    basis = _basis(named, entry) if named else None
    return (
        Fact(
            "ExemptionFlagged",
            {"grounds": grounds, "consequence": command.data.get("consequence"), "basis": basis},
        ),
    )


def _basis(named: str, entry: EntryState) -> dict[str, Any]:
    return {
        "entry": named,
        "title": entry.title,
        "decree": entry.decree,
        "grounds": list(entry.grounds),
        "valid_to": entry.valid_to,
    }


def publish_entry(command: Command, _: datetime) -> Decision:
    """Put an entry on a list. An exempt one needs its ground and its decree."""
    data = command.data
    if data["list"] == "exempt" and not (data["grounds"] and data.get("decree")):
        raise Rejected(
            "ground_fields_missing",
            "An exempt entry needs a ground and a decree.",
            {"grounds": ["With a decree."]},
        )
    return (Fact("ListEntryPublished", dict(data)),)


def revoke_entry(command: Command, state: EntryState, _: datetime) -> Decision:
    """Take an entry off its list."""
    if not state.list:
        raise Rejected("not_found", "There is no such entry.")
    if state.revoked:
        raise Rejected("already_done", "The entry was revoked before.")
    return (Fact("ListEntryRevoked", {"list": state.list, "reason": command.data["reason"]}),)


def _require_open(state: RequestState) -> None:
    if state.phase != OPEN:
        raise Rejected("wrong_phase", f"The request cannot be classified: it is {state.phase}.")
