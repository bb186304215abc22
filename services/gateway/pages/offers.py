"""What can be done now with a request or an objection, and by whom: only that is offered.

The services decide; this table only keeps a page from offering what would be refused anyway. A test holds it to what
they decide in every state and role (tests/suites/permissions.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from contracts.commands import COMMANDS

Shown = Mapping[str, Any]
Fits = Callable[[Shown], bool]
_FIRST_LOOK = ("ClassifyInformation", "FlagExemption")
_GIVEN = ("full", "partial")
# Letters go out, and come back, in every state.
_ALWAYS = ("RecordDelivery",)
_ALWAYS_OF_OBJECTIONS = ("RecordObjectionDelivery",)


def offers(shown: Shown, role: str) -> tuple[str, ...]:
    """The orders about a request that this role may give as it stands, the likeliest first."""
    return tuple(_allowed((*_REQUEST.get(shown["state"], ()), *_ALWAYS), shown, role))


def objection_offers(shown: Shown, role: str) -> tuple[str, ...]:
    """The orders about an objection that this role may give as it stands."""
    names = (*_OBJECTION.get(shown["state"], ()), *_ALWAYS_OF_OBJECTIONS)
    return tuple(_allowed(names, shown, role))


def _allowed(names: tuple[str, ...], shown: Shown, role: str) -> Iterator[str]:
    for name in names:
        fits = _ONLY_IF.get(name)
        if role in COMMANDS[name].roles and (fits is None or fits(shown)):
            yield name


def _in_coordination(shown: Shown) -> bool:
    """Whether the officer has it: escalated, or ordered to be decided anew."""
    return bool(shown.get("escalated_at") or shown.get("ordered") or shown["state"] == "decided")


def _may_classify(shown: Shown) -> bool:
    return shown["state"] != "coordination" or not _in_coordination(shown)


def _may_notify(shown: Shown) -> bool:
    return shown["state"] == "decided" or bool(shown.get("basis"))


def _may_hand_over(shown: Shown) -> bool:
    decision = shown.get("decision") or {}
    return shown["state"] == "available" or decision.get("outcome") in _GIVEN


def _may_close(shown: Shown) -> bool:
    return shown["state"] == "delivered" or not _may_hand_over(shown)


def _may_extend(shown: Shown) -> bool:
    return _in_coordination(shown) and not shown.get("extended") and not shown.get("missed")


def _may_dispute(shown: Shown) -> bool:
    return shown["state"] != "filed" or bool(shown.get("missed"))


_REQUEST: Mapping[str, tuple[str, ...]] = {
    "incomplete": ("CompleteRequest", "WithdrawRequest"),
    "submitted": (*_FIRST_LOOK, "CorrectRegime", "WithdrawRequest"),
    "available": ("HandOverInformation", *_FIRST_LOOK, "CorrectRegime", "WithdrawRequest"),
    "exempt": (
        "NotifyApplicant", "EscalateRequest", *_FIRST_LOOK, "CorrectRegime", "WithdrawRequest",
    ),
    "coordination": (
        "EscalateRequest", "GiveDisposition", "RecordConsequenceTest", "DecideRequest", "ExtendDeadline", *_FIRST_LOOK,
        "CorrectRegime", "WithdrawRequest",
    ),
    "decided": (
        "NotifyApplicant", "DecideRequest", "RecordConsequenceTest", "GiveDisposition", "ExtendDeadline",
        "CorrectRegime", "WithdrawRequest",
    ),
    "notified": ("HandOverInformation", "CloseRequest", "WithdrawRequest"),
    "delivered": ("CloseRequest", "WithdrawRequest"),
    "closed": ("ReopenRequest",),
}  # fmt: skip
_OBJECTION: Mapping[str, tuple[str, ...]] = {
    "filed": ("AnswerObjection", "OpenDispute"),
    "answered": ("RecordReaction", "OpenDispute"),
    "disputed": ("SettleDispute",),
    "settled": ("OpenCourtCase",),
    "in_court": ("RecordRuling",),
    "ruled": ("OpenCourtCase",),
}
_ONLY_IF: Mapping[str, Fits] = {
    "ClassifyInformation": _may_classify,
    "FlagExemption": _may_classify,
    "EscalateRequest": lambda shown: not _in_coordination(shown),
    "GiveDisposition": _in_coordination,
    "RecordConsequenceTest": _in_coordination,
    "DecideRequest": _in_coordination,
    "ExtendDeadline": _may_extend,
    "NotifyApplicant": _may_notify,
    "HandOverInformation": _may_hand_over,
    "CloseRequest": _may_close,
    "WithdrawRequest": lambda shown: not shown.get("ordered"),
    "RecordReaction": lambda shown: not shown.get("reaction"),
    "OpenDispute": _may_dispute,
}
