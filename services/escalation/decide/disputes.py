"""What escalation decides of a dispute before the Komisi Informasi and of the court cases after it."""

from __future__ import annotations

from datetime import date, datetime

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import local_day
from eventlog.handle import Decision
from services.escalation.decide.objections import require_phase
from services.escalation.decide.runs import begun, due_after, ended
from services.escalation.law import Law
from services.escalation.state import (
    ANSWERED,
    DISPUTED,
    FILED,
    IN_COURT,
    RULED,
    SETTLED,
    ObjectionState,
)

_CLOCKS = ("objection_answer", "dispute_window")
_WINDOWS = ("award_window", "cassation_window")
_LAST_COURT = "supreme_court"
_ORDERING = ("agreed", "granted", "granted_partly")


def open_dispute(command: Command, state: ObjectionState, now: datetime, law: Law) -> Decision:
    """The objector turns to the commission: after the answer, or when it is overdue. A late one is flagged."""
    filed_on = _day(command.data["filed_on"])
    require_phase(state, FILED, ANSWERED)
    if state.phase == FILED and not state.overdue(filed_on):
        raise Rejected("wrong_phase", "The superior still has time to answer.")
    _require_order(filed_on, state, now, "filed_on")
    opened = {
        **command.data,
        "late": _dispute_ends_on(state, law) < filed_on,
        **_expected(filed_on, state, law),
    }
    return (
        Fact("DisputeOpened", opened),
        *ended(state.timed, _CLOCKS, "DisputeOpened", filed_on, law),
    )


def _dispute_ends_on(state: ObjectionState, law: Law) -> date:
    """The window runs from the answer, and where none came, from the day on which it was due."""
    running = state.due_on("dispute_window")
    if running:
        return running
    start = state.due_on("objection_answer") or state.last_on
    return due_after(start, f"{state.regime}.dispute_window", law)


def _expected(filed_on: date, state: ObjectionState, law: Law) -> dict[str, str]:
    """By when the commission registers, begins and ends the dispute (art. 38): its clocks, not the office's."""
    finish = "commission.finish.election" if state.regime == "election" else "commission.finish"
    steps = {"registers_by": "commission.register", "starts_by": "commission.start"}
    return {
        name: due_after(filed_on, key, law).isoformat()
        for name, key in {**steps, "ends_by": finish}.items()
    }


def settle_dispute(command: Command, state: ObjectionState, now: datetime, law: Law) -> Decision:
    """The commission ended the dispute, and may have ordered something. A party may still go to court for a while."""
    require_phase(state, DISPUTED)
    data, settled_on = command.data, _day(command.data["settled_on"])
    _require_order(settled_on, state, now, "settled_on")
    if data["result"] not in _ORDERING and (data.get("order") or data.get("opened")):
        wrong = {"order": ["Only where something was granted."]}
        raise Rejected("invalid_fields", "What is rejected orders nothing.", wrong)
    return (
        Fact("DisputeSettled", dict(data)),
        *begun("award_window", state.regime, settled_on, local_day(now), law),
    )


def open_court_case(command: Command, state: ObjectionState, now: datetime, law: Law) -> Decision:
    """A party goes to court over the award, or over the judgment of a lower court. A late one is flagged."""
    require_phase(state, SETTLED, RULED)
    filed_on = _day(command.data["filed_on"])
    _require_order(filed_on, state, now, "filed_on")
    window = "award.rejection" if state.phase == SETTLED else "cassation"
    late = due_after(state.last_on, window, law) < filed_on
    return (
        Fact("CourtCaseOpened", {**command.data, "late": late}),
        *ended(state.timed, _WINDOWS, "CourtCaseOpened", filed_on, law),
    )


def record_ruling(command: Command, state: ObjectionState, now: datetime, law: Law) -> Decision:
    """A court ended the case, and may have ordered something. Only after the last court nothing more can be filed."""
    require_phase(state, IN_COURT)
    ruled_on = _day(command.data["ruled_on"])
    _require_order(ruled_on, state, now, "ruled_on")
    ruled = Fact("CourtRuled", {"case_number": state.case_number, **command.data})
    if state.court == _LAST_COURT:
        return (ruled,)
    return ruled, *begun("cassation_window", state.regime, ruled_on, local_day(now), law)


def _require_order(on: date, state: ObjectionState, now: datetime, field: str) -> None:
    if on > local_day(now):
        raise Rejected("date_in_future", "That day is still to come.", {field: ["In the future."]})
    if on < state.last_on:
        why = f"The step before it was taken on {state.last_on.isoformat()}."
        raise Rejected("date_before_receipt", why, {field: [why]})


def _day(text: str) -> date:
    return date.fromisoformat(text)
