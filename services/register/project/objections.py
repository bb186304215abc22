"""The view of an objection: the line of the objection register, from its filing to the court's last word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from contracts.envelope import Event
from services.register.project import deliveries
from services.register.project.traces import traces

Shown = dict[str, Any]
Show = Callable[[Shown, Event], Shown]

_BLANK: Mapping[str, Any] = {
    "state": "filed",
    "due_on": None,
    "missed": False,
    "answer": None,
    "working_days_used": None,
    "answered_late": None,
    "dispute_due_on": None,
    "court_due_on": None,
    "reaction": None,
    "warnings": (),
    "dispute": None,
    "settlement": None,
    "court_cases": (),
    "rulings": (),
    "deliveries": (),
    "ended": False,
}


def objection(events: Sequence[Event]) -> Mapping[str, Any] | None:
    """An objection as it stands; None before it was filed.

    It is open, and holds what it is about from being erased, until the objector accepts the answer, the time for a
    dispute, a lawsuit or a cassation passes unused, or the last court has ruled.
    """
    shown: Shown = {}
    for event in events:
        show = _SHOWS.get(event.name)
        if show and (shown or event.name == "ObjectionFiled"):
            shown = show(shown, event)
    if not shown:
        return None
    ended = shown.pop("ended")
    return {**shown, "open": not ended, **traces(events)}


def _filed(_: Shown, event: Event) -> Shown:
    return {**_BLANK, **event.data, "entered_at": event.time, "entered_by": event.actor}


def _set(shown: Shown, event: Event) -> Shown:
    name = _DUE.get(event.data["clock"])
    return {**shown, name: event.data["due_on"]} if name else shown


def _moved(shown: Shown, event: Event) -> Shown:
    """What was missed by another date may be in time by this one."""
    answer = event.data["clock"] == "objection_answer"
    return {**_set(shown, event), **({"missed": False} if answer else {})}


def _missed(shown: Shown, event: Event) -> Shown:
    if event.data["clock"] == "objection_answer":
        return {**shown, "missed": True}
    return shown


def _lapsed(shown: Shown, _: Event) -> Shown:
    return {**shown, "ended": True}


def _stopped(shown: Shown, event: Event) -> Shown:
    data = event.data
    if data["clock"] != "objection_answer" or data["because"] != "ObjectionAnswered":
        return shown
    used = {"working_days_used": data["working_days_used"], "answered_late": data["late"]}
    return {**shown, **used}


def _answered(shown: Shown, event: Event) -> Shown:
    answer = {**event.data, "at": event.time, "by": event.actor}
    return {**shown, "state": "answered", "answer": answer}


def _reacted(shown: Shown, event: Event) -> Shown:
    reaction = event.data["reaction"]
    return {**shown, "reaction": reaction, "ended": reaction == "accepts"}


def _disputed(shown: Shown, event: Event) -> Shown:
    return {**shown, "state": "disputed", "dispute": dict(event.data), "ended": False}


def _settled(shown: Shown, event: Event) -> Shown:
    return {**shown, "state": "settled", "settlement": dict(event.data)}


def _in_court(shown: Shown, event: Event) -> Shown:
    return {
        **shown,
        "state": "in_court",
        "court_cases": (*shown["court_cases"], dict(event.data)),
        "ended": False,
    }


def _ruled(shown: Shown, event: Event) -> Shown:
    last = bool(shown["court_cases"]) and shown["court_cases"][-1]["court"] == "supreme_court"
    rulings = (*shown["rulings"], dict(event.data))
    return {**shown, "state": "ruled", "rulings": rulings, "ended": last}


_DUE = {
    "objection_answer": "due_on",
    "dispute_window": "dispute_due_on",
    "award_window": "court_due_on",
    "cassation_window": "court_due_on",
}
_SHOWS: Mapping[str, Show] = {
    "ObjectionFiled": _filed,
    "DeadlineSet": _set,
    "DeadlineMoved": _moved,
    "RegimeChosen": lambda shown, event: {**shown, "regime": event.data["regime"]},
    "DeadlineMissed": _missed,
    "RedressLapsed": _lapsed,
    "ClockStopped": _stopped,
    "ObjectionAnswered": _answered,
    "ObjectorReacted": _reacted,
    "DisputeOpened": _disputed,
    "DisputeSettled": _settled,
    "CourtCaseOpened": _in_court,
    "CourtRuled": _ruled,
    deliveries.OF_OBJECTION: deliveries.recorded,
}
