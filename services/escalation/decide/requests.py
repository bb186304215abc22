"""What escalation decides: coordination, extension, consequence test, decision and notification."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import local_day
from eventlog.handle import Decision
from services.escalation import clock, timekeeping
from services.escalation.law import Law
from services.escalation.state import OPEN, RequestState


def escalate(command: Command, state: RequestState, _: datetime) -> Decision:
    """The desk turns to the officer, once it has said why it cannot answer at once (SOP 4)."""
    _require_open(state)
    if state.escalated:
        raise Rejected("already_done", "The request was escalated before.")
    if state.outcome not in ("coordinate", "exempt"):
        raise Rejected(
            "wrong_phase", "Classify the information first; what is available needs no escalation."
        )
    data = command.data
    facts = {
        "cause": state.outcome,
        "memo_number": data.get("memo_number"),
        "note": data.get("note"),
    }
    return (Fact("Escalated", facts),)


def give_disposition(command: Command, state: RequestState, _: datetime) -> Decision:
    """The officer tells a unit what to do."""
    _require_coordination(state)
    return (Fact("DispositionGiven", dict(command.data)),)


def extend(command: Command, state: RequestState, now: datetime, law: Law) -> Decision:
    """The one extension of seven working days, before the clock has run out (UU 14/2008 art. 22(8))."""
    _require_coordination(state)
    running = state.running("answer")
    if running is None:
        raise Rejected("wrong_phase", "No clock is running.")
    if running.extended:
        raise Rejected("extension_already_given", "The law allows one extension.")
    if local_day(now) > running.due_on:
        raise Rejected("deadline_passed", "The due date has passed; it can no longer be extended.")
    more = law.rules.days("ordinary.extension", running.start_on)
    due = clock.due_date(running.due_on, more.value["count"], law.legal(running.start_on))
    return (
        Fact(
            "DeadlineExtended",
            {
                **command.data,
                "clock": "answer",
                "days": more.value["count"],
                "due_before": running.due_on.isoformat(),
                "due_on": due.isoformat(),
                "legal_basis": more.legal_basis,
            },
        ),
    )


def record_test(command: Command, state: RequestState, _: datetime) -> Decision:
    """Put a consequence test to minutes. Ground 17j needs the statute and article it points to."""
    _require_coordination(state)
    _require_statute(command.data)
    if command.data["result"] != "open" and not command.data["grounds"]:
        raise Rejected(
            "ground_missing", "An exemption needs a ground of art. 17.", {"grounds": ["Missing."]}
        )
    return (Fact("ConsequenceTested", dict(command.data)),)


def decide(command: Command, state: RequestState, _: datetime) -> Decision:
    """The officer decides. Withholding anything needs a ground, a consequence, and a test or a listed entry (art. 19)."""
    _require_coordination(state)
    data = command.data
    if data["outcome"] in ("refused", "partial"):
        _require_reasons_to_withhold(data, state)
    if data["outcome"] == "partial" and not data["blackened"]:
        raise Rejected(
            "ground_fields_missing", "Say what is blackened.", {"blackened": ["Missing."]}
        )
    return (Fact("Decided", dict(data)),)


def _require_reasons_to_withhold(data: Any, state: RequestState) -> None:
    if not data["grounds"]:
        raise Rejected(
            "ground_missing", "A refusal needs a ground of art. 17.", {"grounds": ["Missing."]}
        )
    _require_statute(data)
    if not data.get("consequence"):
        raise Rejected(
            "ground_fields_missing", "Say what would follow.", {"consequence": ["Missing."]}
        )
    if not (state.listed or (state.tested and state.tested["result"] != "open")):
        raise Rejected(
            "consequence_test_missing", "A consequence test must come first, or a listed entry."
        )


def _require_statute(data: Any) -> None:
    if "17j" in data["grounds"] and not data.get("statute"):
        raise Rejected(
            "ground_fields_missing",
            "Ground 17j needs statute and article.",
            {"statute": ["Missing."]},
        )


def notify(command: Command, state: RequestState, now: datetime, law: Law) -> Decision:
    """The written notification goes out, and the clock stops (SOP 5).

    There must be a decision, or a listed exemption, which the desk may tell by itself (SOP 3).
    """
    _require_open(state)
    if state.notified:
        raise Rejected("already_done", "The applicant was notified before.")
    basis = state.decision or _listed_refusal(state)
    if basis is None:
        raise Rejected("wrong_phase", "There is nothing decided to notify of.")
    data = command.data
    notified = {
        **{
            name: data.get(name)
            for name in ("letter_number", "medium", "form", "cost", "provided_within")
        },
        "outcome": basis["outcome"],
        "grounds": list(basis["grounds"]),
        "held": basis["outcome"] != "not_held",
        "referral": basis.get("referral"),
    }
    return (
        Fact("ApplicantNotified", notified),
        *timekeeping.stopped(state, "answer", "ApplicantNotified", local_day(now), law),
    )


def _listed_refusal(state: RequestState) -> Any:
    if state.outcome == "exempt" and state.listed and not state.escalated:
        return {"outcome": "refused", "grounds": state.grounds}
    return None


def _require_open(state: RequestState) -> None:
    if state.phase != OPEN:
        raise Rejected("wrong_phase", f"The request is {state.phase}.")


def _require_coordination(state: RequestState) -> None:
    _require_open(state)
    if not state.escalated:
        raise Rejected("wrong_phase", "The request was not escalated.")
    if state.notified:
        raise Rejected("wrong_phase", "The applicant was notified already.")
