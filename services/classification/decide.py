"""What classification decides: what kind of information is asked for, and what stands on the lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.grounds import (
    MISSING,
    Faults,
    period_faults,
    require_fields,
    require_grounds,
    statute_faults,
)
from contracts.local import local_day
from contracts.rules import Rules
from eventlog.handle import Decision
from services.classification.state import OPEN, EntryState, RequestState


def classify(command: Command, state: RequestState, _: datetime, entry: EntryState) -> Decision:
    """Say that the information is available at once, or needs coordination (SOP 2, 4).

    What is given at once is held in some form, or stands on the list of public information.
    """
    _require_open(state)
    data = command.data
    if data.get("list_entry") and not entry.matches():
        raise Rejected("list_entry_unusable", "The entry is unknown, not public, or revoked.")
    faults = _availability_faults(data) if data["outcome"] == "available" else {}
    if faults:
        raise Rejected("invalid_fields", "It cannot be given at once.", faults)
    facts = {"outcome": data["outcome"], "held": data["held"], "held_form": data["held_form"]}
    return (Fact("InformationClassified", {**facts, "list_entry": data.get("list_entry")}),)


def _availability_faults(data: Mapping[str, Any]) -> Faults:
    if not data["held"]:
        return {"held": ["Must be true when available."]}
    if not (data.get("list_entry") or data["held_form"]):
        return {
            "held_form": ["Name the entry of the public list, or the form in which it is held."]
        }
    return {}


def flag_exemption(
    command: Command, state: RequestState, now: datetime, entry: EntryState
) -> Decision:
    """Say that the information is exempt (SOP 3).

    With a usable entry of the exempt list the desk may tell the applicant at once, on the grounds of that entry and no
    others. Without one the flag only says that it may be exempt: a consequence test must come (UU 14/2008 art. 19).
    """
    _require_open(state)
    named = command.data.get("list_entry")
    grounds = list(command.data["grounds"]) or list(entry.grounds)
    if not grounds:
        raise Rejected("ground_missing", "An exemption needs a ground.", {"grounds": MISSING})
    if named:
        _require_usable(entry, grounds, local_day(now))
    basis = _basis(named, entry) if named else None
    consequence = command.data.get("consequence") or (entry.consequence if named else None)
    facts = {"grounds": grounds, "consequence": consequence, "basis": basis}
    return (Fact("ExemptionFlagged", facts),)


def _require_usable(entry: EntryState, grounds: Sequence[str], today: date) -> None:
    if not entry.usable(today):
        raise Rejected(
            "list_entry_unusable",
            "The entry is unknown, not exempt, not yet decided, revoked or expired.",
        )
    if not set(grounds) <= set(entry.grounds):
        raise Rejected("list_entry_unusable", "The entry does not stand on these grounds.")


def _basis(named: str, entry: EntryState) -> dict[str, Any]:
    copied = ("title", "decree", "valid_to", "statute", "consequence")
    facts = {name: getattr(entry, name) for name in copied}
    return {"entry": named, **facts, "grounds": list(entry.grounds)}


def publish_entry(command: Command, _: datetime, rules: Rules) -> Decision:
    """Put an entry on a list. An exempt one is a decision: decree and day, ground, consequence, and its end."""
    data = command.data
    if data["list"] == "exempt":
        _require_decided(data, rules)
    return (Fact("ListEntryPublished", dict(data)),)


def _require_decided(data: Mapping[str, Any], rules: Rules) -> None:
    needed = ("decree", "decided_on", "grounds", "consequence")
    missing: Faults = {name: MISSING for name in needed if not data.get(name)}
    require_fields(missing)
    decided_on = date.fromisoformat(data["decided_on"])
    grounds = require_grounds(data["grounds"], rules, decided_on)
    period = period_faults("valid_to", grounds, data.get("valid_to"), decided_on)
    require_fields({**statute_faults(grounds, data.get("statute")), **period})


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
