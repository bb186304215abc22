"""What escalation decides: coordination, extension, consequence test, decision and notification."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.grounds import (
    MISSING,
    period_faults,
    require_fields,
    require_grounds,
    statute_faults,
)
from contracts.local import local_day
from eventlog.handle import Decision
from services.escalation import clock, timekeeping
from services.escalation.decide.letter import letter
from services.escalation.decide.withholding import withheld
from services.escalation.law import Law
from services.escalation.state import OPEN, RequestState

WITHHOLDING = ("refused", "partial")


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


def record_test(command: Command, state: RequestState, now: datetime, law: Law) -> Decision:
    """Put a consequence test to minutes. Ground 17j needs the statute and article it points to."""
    _require_coordination(state)
    data, today = command.data, local_day(now)
    if data["result"] != "open":
        grounds = require_grounds(data["grounds"], law.rules, today)
        until = data.get("exempt_until")
        period = period_faults("exempt_until", grounds, until, today) if until else {}
        require_fields({**statute_faults(grounds, data.get("statute")), **period})
    return (Fact("ConsequenceTested", dict(data)),)


def decide(command: Command, state: RequestState, now: datetime, law: Law) -> Decision:
    """The officer or the head decides. What withholds something is complete, well founded, and reviewed by another."""
    _require_coordination(state)
    data = command.data
    if data["outcome"] in WITHHOLDING:
        return (Fact("Decided", withheld(command, state, law.rules, local_day(now))),)
    _require_way_out(data)
    return (Fact("Decided", dict(data)),)


def _require_way_out(data: Any) -> None:
    """What is not there is not just denied: who has it or why it is not here, or when it will be documented."""
    if data["outcome"] == "not_held" and not (data.get("referral") or data.get("reasons")):
        raise Rejected("invalid_fields", "Say who holds it, or why.", {"referral": MISSING})
    if data["outcome"] == "not_documented" and not data.get("available_within"):
        raise Rejected(
            "invalid_fields", "Say when it will be documented.", {"available_within": MISSING}
        )


def notify(command: Command, state: RequestState, now: datetime, law: Law) -> Decision:
    """The written notification goes out, and the clock stops (SOP 5).

    There must be a decision, or a listed exemption, which the desk may tell by itself (SOP 3).
    """
    _require_open(state)
    if state.notified:
        raise Rejected("already_done", "The applicant was notified before.")
    today = local_day(now)
    notified = letter(command.data, state, today)
    return (
        Fact("ApplicantNotified", notified),
        *timekeeping.stopped(state, "answer", "ApplicantNotified", today, law),
    )


def _require_open(state: RequestState) -> None:
    if state.phase != OPEN:
        raise Rejected("wrong_phase", f"The request is {state.phase}.")


def _require_coordination(state: RequestState) -> None:
    _require_open(state)
    if not state.escalated:
        raise Rejected("wrong_phase", "The request was not escalated.")
    if state.notified:
        raise Rejected("wrong_phase", "The applicant was notified already.")
