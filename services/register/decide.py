"""What the register decides: hand-over, what was sent, the end of a request, and its reopening."""

from __future__ import annotations

from datetime import datetime, timedelta

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import local_day
from eventlog.handle import Decision
from services.register.state import CLOSED, OPEN, RequestState

TOLERANCE = timedelta(minutes=1)
_GIVEN = {"full": "granted", "partial": "granted_partly"}
_NOT_GIVEN = {"refused": "refused", "not_held": "not_held", "not_documented": "not_documented"}


def hand_over(command: Command, state: RequestState, _: datetime) -> Decision:
    """Hand over what is available at once, or what the applicant was notified of (SOP 2, 5)."""
    _require_open(state)
    if state.delivered:
        raise Rejected("already_done", "It was handed over before.")
    at_once = state.available and not state.escalated
    if not (at_once or state.notified in _GIVEN):
        raise Rejected("wrong_phase", "There is nothing to hand over yet.")
    data = command.data
    return (
        Fact(
            "InformationDelivered",
            {
                "medium": data["medium"],
                "form": data.get("form"),
                "receipt_number": data.get("receipt_number"),
                "received_by": data["received_by"],
            },
        ),
    )


def record_delivery(command: Command, state: RequestState, now: datetime) -> Decision:
    """Record what was sent or what became of it, in whatever state the request is: a letter may come back late."""
    if not state.received_at:
        raise Rejected("not_found", "There is no such request.")
    _require_plausible(command.data["happened_at"], state, now)
    optional = dict.fromkeys(("proof", "attachment", "remark"))
    return (Fact("DeliveryRecorded", {**optional, **command.data}),)


def _require_plausible(moment: str, state: RequestState, now: datetime) -> None:
    happened = datetime.fromisoformat(moment)
    if happened > now + TOLERANCE:
        raise _wrong("date_in_future", "It has not happened yet.")
    if local_day(happened) < local_day(state.received_at):
        raise _wrong("date_before_receipt", "The request itself came later.")


def _wrong(code: str, why: str) -> Rejected:
    return Rejected(code, why, {"happened_at": [why]})


def close(command: Command, state: RequestState, _: datetime) -> Decision:
    """Complete the line of the register, after hand-over or a notification that there is nothing to hand over (SOP 6)."""
    _require_open(state)
    outcome = (
        _GIVEN.get(state.notified, "granted") if state.delivered else _NOT_GIVEN.get(state.notified)
    )
    if outcome is None:
        raise Rejected("not_handed_over_or_notified", "Hand over or notify first.")
    return (Fact("Closed", {"outcome": outcome, "remark": command.data.get("remark")}),)


def assign(command: Command, state: RequestState, _: datetime) -> Decision:
    """Say who works on an open request. Saying the same again records nothing new to know, and is refused."""
    _require_open(state)
    assignee = command.data.get("assignee")
    if assignee == state.assignee and not command.data.get("note"):
        raise Rejected("already_done", "It is theirs already.")
    return (Fact("RequestAssigned", {"assignee": assignee, "note": command.data.get("note")}),)


def reopen(command: Command, state: RequestState, _: datetime) -> Decision:
    """Take a closed request up again."""
    if state.phase != CLOSED:
        raise Rejected("wrong_phase", f"The request is {state.phase}, not closed.")
    return (Fact("Reopened", {"reason": command.data["reason"]}),)


def _require_open(state: RequestState) -> None:
    if state.phase != OPEN:
        raise Rejected("wrong_phase", f"The request is {state.phase}.")
