"""One request as reports count it: no text, no person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.envelope import Event
from contracts.local import local_day
from contracts.overtaken import is_overtaken, still_ordered
from services.reporting.steps import steps

Line = dict[str, Any]
OFFICE_CLOCKS = ("answer", "completion")
_ENDS = {
    "Closed": "closed",
    "RequestWithdrawn": "withdrawn",
    "RequestLapsed": "lapsed",
    "RequestDeclined": "declined",
}
_OPEN_AGAIN = ("Reopened", "DecisionOrdered")


def line(events: Sequence[Event]) -> Mapping[str, Any] | None:
    """A request's line; None before it was received."""
    shown: Line = {}
    ordered = False
    for event in events:
        if event.name == "RequestReceived":
            shown = _received(event)
        elif (
            shown and not is_overtaken(event, ordered=ordered) and not _after_the_end(shown, event)
        ):
            shown = {**shown, **_change(event)}
        ordered = still_ordered(event, ordered=ordered)
    if not shown:
        return None
    days = sorted({local_day(event.time).isoformat() for event in events})
    return {**shown, "open": shown["ended"] is None, "days": days, "steps": steps(events)}


def _received(event: Event) -> Line:
    data = event.data
    return {
        "number": None,
        "channel": data["channel"],
        "category": data["category"],
        "received_on": local_day(data["received_at"]).isoformat(),
        "near_duplicate": bool(data["similar_to"]),
        "incomplete": False,
        "outcome": None,
        "grounds": (),
        "escalated": False,
        "extended": False,
        "due_on": None,
        "missed": False,
        "working_days_used": None,
        "late": None,
        "ended": None,
        "closed_on": None,
    }


def _after_the_end(shown: Line, event: Event) -> bool:
    """What ends it first stays its end; only what was closed is opened again."""
    if event.name in _ENDS:
        return shown["ended"] is not None
    return event.name in _OPEN_AGAIN and shown["ended"] != "closed" and shown["ended"] is not None


def _change(event: Event) -> Line:
    data = event.data
    match event.name:
        case "IncompletenessNotified":
            return {"incomplete": True}
        case "RequestSubmitted":
            return {"number": data["number"]}
        case "Escalated":
            return {"escalated": True}
        case "DeadlineSet" if data["clock"] in OFFICE_CLOCKS:
            return {"due_on": data["due_on"]}
        case "DeadlineMoved" if data["clock"] in OFFICE_CLOCKS:
            return {"due_on": data["due_on"], "missed": False}
        case "DeadlineExtended":
            return {"due_on": data["due_on"], "extended": True}
        case "DeadlineMissed" if data["clock"] == "answer":
            return {"missed": True}
        case "ClockStopped" if data["clock"] == "answer":
            return {"working_days_used": data["working_days_used"], "late": data["late"]}
        case "ApplicantNotified":
            return {"grounds": data["grounds"]}
        case "Closed":
            return {"outcome": data["outcome"], **_ended(event)}
        case "RequestWithdrawn" | "RequestLapsed" | "RequestDeclined":
            return _ended(event)
        case "Reopened" | "DecisionOrdered":
            return {"ended": None, "closed_on": None, "outcome": None}
    return {}


def _ended(event: Event) -> Line:
    return {"ended": _ENDS[event.name], "closed_on": local_day(event.time).isoformat()}
