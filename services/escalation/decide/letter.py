"""What the written notification says: the seven items of UU 14/2008 art. 22(7), from the decision and from the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.errors import Rejected
from contracts.grounds import MISSING
from services.escalation.decide.withholding import require_valid
from services.escalation.state import EntryState, RequestState

_OF_THE_DESK = (
    "letter_number", "medium", "form", "cost", "provided_within", "payment", "material",
)  # fmt: skip


def letter(
    said: Mapping[str, Any], state: RequestState, today: date, listed: EntryState
) -> dict[str, Any]:
    """The letter's content. Raises Rejected when nothing is decided that could be told, or an item is missing."""
    told = _decision(state, today, listed) or _listed_refusal(state, today, listed)
    if told is None:
        raise Rejected("wrong_phase", "There is nothing decided to notify of.")
    if said.get("cost") and not said.get("payment"):
        raise Rejected("invalid_fields", "Say how the cost is paid.", {"payment": MISSING})
    return {**{name: said.get(name) for name in _OF_THE_DESK}, **_of_the_decision(told, said)}


def _of_the_decision(told: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "outcome": told["outcome"],
        "grounds": list(told["grounds"]),
        "statute": told.get("statute"),
        "held": told["outcome"] != "not_held",
        "referral": told.get("referral"),
        "provided_within": said.get("provided_within") or told.get("available_within"),
        "blackened": len(told.get("blackened", ())),
    }


def _decision(state: RequestState, today: date, listed: EntryState) -> Mapping[str, Any] | None:
    """What was decided; if on an entry that no longer counts, it has to be decided anew before anything is told."""
    if state.decision and state.decision.get("basis"):
        require_valid(state.decision["basis"], today, listed)
    return state.decision


def _listed_refusal(
    state: RequestState, today: date, listed: EntryState
) -> Mapping[str, Any] | None:
    """The desk alone may tell only what a decided entry exempts, and only before it has asked the officer (SOP 3)."""
    if state.outcome != "exempt" or state.basis is None or state.escalated:
        return None
    require_valid(state.basis, today, listed)
    return {"outcome": "refused", "grounds": state.grounds, "statute": state.basis.get("statute")}
