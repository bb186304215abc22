"""The view of a request: everything the desk, the officer and the register's book show of it.

Pure: the same set of events gives the same document. Who the applicant is stands in intake's vault, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from contracts.envelope import Event
from contracts.local import local_day
from contracts.overtaken import is_overtaken, still_ordered
from services.register.project import attachments, deliveries
from services.register.project.traces import traces

Shown = dict[str, Any]
Show = Callable[[Shown, Event], Shown]
ENDED = frozenset({"closed", "withdrawn", "lapsed", "declined"})

_BLANK: Mapping[str, Any] = {
    "state": "received",
    "number": None,
    "serial": None,
    "year": None,
    "missing": (),
    "declined": None,
    "due_on": None,
    "moves": (),
    "target_on": None,
    "regime": None,
    "objection_until": None,
    "outcome": None,
    "grounds": (),
    "basis": None,
    "list_entry": None,
    "held": None,
    "held_form": (),
    "escalated_at": None,
    "unit": None,
    "assignee": None,
    "assignment_note": None,
    "internal_due_on": None,
    "extended": False,
    "missed": False,
    "test": None,
    "ordered": None,
    "decision": None,
    "notification": None,
    "delivery_note": None,
    "deliveries": (),
    "closed_at": None,
    "closing": None,
    "working_days_used": None,
    "late": None,
    "attachments": (),
}


def request(events: Sequence[Event]) -> Mapping[str, Any] | None:
    """A request as it stands; None before anything of it has arrived from intake."""
    shown: Shown = {}
    ordered = False
    for event in events:
        show = None if is_overtaken(event, ordered=ordered) else _SHOWS.get(event.name)
        if show and (shown or event.name == "RequestReceived"):
            shown = _once_ended(shown, show(shown, event), event)
        ordered = still_ordered(event, ordered=ordered)
    if not shown:
        return None
    return {**shown, "open": shown["state"] not in ENDED, **traces(events)}


def _once_ended(before: Shown, after: Shown, event: Event) -> Shown:
    """What has ended stays ended, whatever another service recorded that did not know it yet.

    Only of what was closed an order or a reopening undoes it.
    """
    state = before.get("state")
    if state not in ENDED:
        return after
    if event.name in ("Reopened", "DecisionOrdered"):
        return after if state == "closed" else before
    return {**after, **{name: before[name] for name in ("state", "closing", "closed_at")}}


def _received(_: Shown, event: Event) -> Shown:
    entered = {"entered_at": event.time, "entered_by": event.actor}
    return {**_BLANK, **event.data, **_paper(event), **entered}


def _paper(event: Event) -> Shown:
    """A paper form holds its line of the book while papers are missing, and if it lapses."""
    serial = event.data.get("paper_serial")
    if serial is None:
        return {}
    return {"serial": serial, "year": local_day(event.data["received_at"]).year}


def _incomplete(shown: Shown, event: Event) -> Shown:
    return {**shown, "state": "incomplete", "missing": event.data["missing"]}


def _documents(shown: Shown, event: Event) -> Shown:
    documents = sorted({*shown["documents"], *event.data["documents"]})
    return {**shown, "documents": documents, "missing": event.data["missing"]}


def _submitted(shown: Shown, event: Event) -> Shown:
    data = event.data
    named = {name: data[name] for name in ("number", "serial", "year", "completed_at")}
    return {**shown, **named, "state": "submitted", "missing": ()}


def _state(state: str) -> Show:
    return lambda shown, event: {**shown, "state": state, "closed_at": event.time}


def _declined(shown: Shown, event: Event) -> Shown:
    told = {name: event.data[name] for name in ("reason", "legal_basis")}
    return {**shown, "state": "declined", "declined": told, "closed_at": event.time}


def _classified(shown: Shown, event: Event) -> Shown:
    data = event.data
    state = "available" if data["outcome"] == "available" else "coordination"
    found = {name: data[name] for name in ("outcome", "held", "held_form")}
    found["list_entry"] = data.get("list_entry")
    return {**shown, **found, "state": state, "grounds": (), "basis": None}


def _flagged(shown: Shown, event: Event) -> Shown:
    data = event.data
    return {
        **shown,
        "state": "exempt",
        "outcome": "exempt",
        "grounds": data["grounds"],
        "basis": data.get("basis"),
    }


def _escalated(shown: Shown, event: Event) -> Shown:
    return {**shown, "state": "coordination", "escalated_at": event.time}


def _disposed(shown: Shown, event: Event) -> Shown:
    return {
        **shown,
        "unit": event.data["unit"],
        "internal_due_on": event.data.get("internal_due_on"),
    }


def _clock(shown: Shown, event: Event) -> Shown:
    data = event.data
    if data["clock"] == "objection_window":
        return {**shown, "objection_until": data["due_on"]}
    if data["clock"] not in ("answer", "completion"):
        return shown
    changed = {"due_on": data["due_on"]}
    if event.name != "DeadlineMissed":
        changed["target_on"] = data.get("target_on")
    if event.name == "DeadlineMoved":
        changed["missed"] = False
    if event.name == "DeadlineExtended":
        changed["extended"] = True
    if event.name == "DeadlineMissed":
        changed["missed"] = True
    return {**shown, **changed}


def _moved(shown: Shown, event: Event) -> Shown:
    names = ("clock", "cause", "because", "due_before", "due_on")
    move = {**{name: event.data[name] for name in names}, "moved_at": event.time}
    return {**_clock(shown, event), "moves": (*shown["moves"], move)}


def _stopped(shown: Shown, event: Event) -> Shown:
    data = event.data
    used = (
        {"working_days_used": data["working_days_used"], "late": data["late"]}
        if data["clock"] == "answer"
        else {}
    )
    return {**shown, **used}


def _tested(shown: Shown, event: Event) -> Shown:
    return {**shown, "test": dict(event.data)}


def _decided(shown: Shown, event: Event) -> Shown:
    return {
        **shown,
        "state": "decided",
        "decision": dict(event.data),
        "grounds": event.data["grounds"],
    }


def _notified(shown: Shown, event: Event) -> Shown:
    return {**shown, "state": "notified", "notification": {**event.data, "at": event.time}}


def _delivered(shown: Shown, event: Event) -> Shown:
    return {**shown, "state": "delivered", "delivery_note": {**event.data, "at": event.time}}


def _closed(shown: Shown, event: Event) -> Shown:
    return {**shown, "state": "closed", "closing": event.data["outcome"], "closed_at": event.time}


def _assigned(shown: Shown, event: Event) -> Shown:
    data = event.data
    return {**shown, "assignee": data.get("assignee"), "assignment_note": data.get("note")}


def _reopened(shown: Shown, _: Event) -> Shown:
    again = (
        "outcome",
        "basis",
        "list_entry",
        "test",
        "decision",
        "notification",
        "delivery_note",
        "closing",
        "closed_at",
    )
    return {
        **shown,
        **dict.fromkeys(again),
        "state": "submitted",
        "grounds": (),
        "missed": False,
    }


def _ordered(shown: Shown, event: Event) -> Shown:
    """It is decided anew: what was found out stays, what was decided and given is open again."""
    again = ("decision", "notification", "delivery_note", "closing", "closed_at")
    return {
        **shown,
        **dict.fromkeys(again),
        "state": "coordination",
        "missed": False,
        "ordered": {**event.data, "at": event.time},
    }


_SHOWS: Mapping[str, Show] = {
    "RequestReceived": _received,
    "IncompletenessNotified": _incomplete,
    "DocumentsReceived": _documents,
    "RequestSubmitted": _submitted,
    "RequestDeclined": _declined,
    "RequestLapsed": _state("lapsed"),
    "RequestWithdrawn": _state("withdrawn"),
    "InformationClassified": _classified,
    "ExemptionFlagged": _flagged,
    "Escalated": _escalated,
    "DispositionGiven": _disposed,
    "RegimeChosen": lambda shown, event: {**shown, "regime": event.data["regime"]},
    "DeadlineSet": _clock,
    "DeadlineExtended": _clock,
    "DeadlineMissed": _clock,
    "DeadlineMoved": _moved,
    "ClockStopped": _stopped,
    "ConsequenceTested": _tested,
    "Decided": _decided,
    "ApplicantNotified": _notified,
    "InformationDelivered": _delivered,
    "Closed": _closed,
    "RequestAssigned": _assigned,
    "Reopened": _reopened,
    "DecisionOrdered": _ordered,
    "AttachmentKept": attachments.kept,
    "AttachmentDropped": attachments.dropped,
    deliveries.OF_REQUEST: deliveries.recorded,
}
