"""What escalation decides: coordination, extension, consequence test, decision and notification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
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
from services.escalation import regimes, timekeeping
from services.escalation.decide.letter import letter
from services.escalation.decide.withholding import withheld
from services.escalation.law import Law
from services.escalation.moves import moved
from services.escalation.state import OPEN, Clock, EntryState, RequestState

LONGEST_REASON = 300  # of the cause of a move

UNTOUCHED = EntryState()  # an entry of which nothing was heard
WITHHOLDING = ("refused", "partial")


def escalate(command: Command, state: RequestState, _: datetime) -> Decision:
    """The desk turns to the officer, once it has said why it cannot answer at once (SOP 4)."""
    _require_open(state)
    if state.escalated:
        raise Rejected("already_done", "The request was escalated before.")
    if state.notified:
        raise Rejected("wrong_phase", "The applicant was notified already.")
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
    """The one extension, before the clock has run out, for a reason the law knows (UU 14/2008 art. 22(8))."""
    _require_coordination(state)
    running = _require_clock(state)
    if running.extended:
        raise Rejected("extension_already_given", "The law allows one extension.")
    if local_day(now) > running.due_on:
        raise Rejected("deadline_passed", "The due date has passed; it can no longer be extended.")
    if law.rules.find("reason", command.data["reason"], local_day(now)) is None:
        wrong = {"reason": ["Not in force."]}
        raise Rejected("invalid_fields", "The law does not know this reason now.", wrong)
    return (timekeeping.extended(running, _counted_from(state, running), law, command.data),)


def correct_regime(command: Command, state: RequestState, now: datetime, law: Law) -> Decision:
    """The request runs on another clock than was chosen: what is due falls due on another day."""
    _require_open(state)
    running, regime = _require_clock(state), command.data["regime"]
    received_on = _counted_from(state, running)
    if not regimes.known(regime, received_on, law.rules):
        raise Rejected("regime_unknown", "No rule puts this regime in force on that day.")
    if regime == (state.regime or running.regime):
        raise Rejected("already_done", "The request runs on this regime.")
    reason, today = command.data["reason"], local_day(now)
    topic = regimes.topic_of(regime)
    corrected = regimes.corrected(regime, topic, reason, received_on, law.rules)
    moves = moved(replace(state, regime=regime), law, today, reason[:LONGEST_REASON], "regime")
    return (corrected, *moves)


def follow_regime(
    said: Mapping[str, Any], state: RequestState, now: datetime, law: Law
) -> Decision:
    """The clocks of an objection follow the regime that its request was corrected to."""
    if state.regime == said["regime"]:
        return ()
    today, reason = local_day(now), said["reason"][:LONGEST_REASON]
    moves = moved(replace(state, regime=said["regime"]), law, today, reason, "regime")
    return (Fact("RegimeChosen", dict(said)), *moves)


def _require_clock(state: RequestState) -> Clock:
    running = state.running("answer")
    if running is None:
        raise Rejected("wrong_phase", "No clock is running.")
    return running


def _counted_from(state: RequestState, running: Clock) -> date:
    """The receipt; of a request that was taken up again, the day of that."""
    from_receipt = running.from_receipt and state.arrival.received_at
    return state.arrival.received_on if from_receipt else running.start_on


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


def decide(
    command: Command, state: RequestState, now: datetime, law: Law, listed: EntryState = UNTOUCHED
) -> Decision:
    """The officer or the head decides. What withholds something is complete, well founded, and reviewed by another."""
    _require_coordination(state)
    data = command.data
    if data["outcome"] in WITHHOLDING:
        today = local_day(now)
        return (Fact("Decided", withheld(command, state, law.rules, today, listed)),)
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


def notify(
    command: Command, state: RequestState, now: datetime, law: Law, listed: EntryState = UNTOUCHED
) -> Decision:
    """The written notification goes out, and the clock stops (SOP 5).

    There must be a decision, or a listed exemption, which the desk may tell by itself (SOP 3). An entry that was heard to
    be revoked is not relied on; a letter that went out before stays what it was, and keeps its copy.
    """
    _require_open(state)
    if state.notified:
        raise Rejected("already_done", "The applicant was notified before.")
    today = local_day(now)
    notified = letter(command.data, state, today, listed)
    return (
        Fact("ApplicantNotified", notified),
        *timekeeping.stopped(state, "answer", "ApplicantNotified", today, law),
        *timekeeping.may_object(replace(state, given_on=today), today, today, law),
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
