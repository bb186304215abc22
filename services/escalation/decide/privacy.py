"""What escalation decides of cases of personal data (UU 27/2022): 3 x 24 hours by the clock on the wall, not working days."""

from __future__ import annotations

from datetime import datetime

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import local_day
from eventlog.handle import Decision
from services.escalation import clock
from services.escalation.decide.objections import TOLERANCE
from services.escalation.law import Law
from services.escalation.state import PrivacyState


def open_privacy_case(command: Command, now: datetime, law: Law) -> Decision:
    """Enter a case; its hours run from the moment it arrived, nights and holidays included."""
    data = command.data
    opened_at = datetime.fromisoformat(data["opened_at"])
    _refuse_future(opened_at, now, "opened_at")
    rule = law.rules.find("days", f"privacy.{data['kind']}", local_day(opened_at))
    if rule is None:
        why = "The law on personal data was not in force then."
        raise Rejected("date_before_law", why, {"opened_at": [why]})
    due_at = clock.hours_after(opened_at, rule.value["count"])
    facts = {**data, "due_at": due_at.isoformat(), "legal_basis": rule.legal_basis}
    return (Fact("PrivacyCaseOpened", facts),)


def settle_privacy_case(command: Command, state: PrivacyState, now: datetime) -> Decision:
    """Enter that the case was answered, in time or not."""
    if state.opened_at is None or state.due_at is None:
        raise Rejected("not_found", "There is no such case.")
    if state.settled:
        raise Rejected("already_done", "The case was settled before.")
    settled_at = datetime.fromisoformat(command.data["settled_at"])
    _refuse_future(settled_at, now, "settled_at")
    if settled_at < state.opened_at:
        why = "It was opened later."
        raise Rejected("date_before_receipt", why, {"settled_at": [why]})
    return (Fact("PrivacyCaseSettled", {**command.data, "late": settled_at > state.due_at}),)


def _refuse_future(moment: datetime, now: datetime, field: str) -> None:
    if moment > now + TOLERANCE:
        why = "It cannot have happened in the future."
        raise Rejected("received_in_future", why, {field: [why]})
