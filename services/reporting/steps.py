"""How many minutes the desk took for its steps (SOP 1 to 3), and how many of them kept the limit. Pure.

A service measure and nothing else: no clock of the law runs on it. A minute that has begun counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from statistics import median
from typing import Any

from contracts.envelope import Event
from contracts.local import local_day
from contracts.rules import Rules

Taken = dict[str, Any]
Steps = Mapping[str, Taken]
# SOP 1: the form is filled in; SOP 2: what can be given at once; SOP 3: what the exempt list says.
RULES = {"form": "desk.form", "answer": "desk.answer", "exempt": "desk.exempt"}
_MINUTE = 60


def steps(events: Sequence[Event]) -> Steps:
    """Each step of a request that can be measured, the first time it was taken: on which day, in how many minutes."""
    first: dict[str, Taken] = {}
    for name, begun, ended in _spans(events):
        if name not in first and begun <= ended:
            first[name] = {"on": local_day(ended).isoformat(), "minutes": _minutes(begun, ended)}
    return first


def _spans(events: Sequence[Event]) -> Iterator[tuple[str, datetime, datetime]]:
    since: dict[str, datetime] = {}
    for event in events:
        at = datetime.fromisoformat(event.time)
        match event.name:
            case "RequestReceived" if _at_the_desk(event):
                since["form"] = datetime.fromisoformat(event.data["received_at"])
            case "RequestSubmitted":
                if "form" in since and local_day(since["form"]) == local_day(at):
                    yield "form", since["form"], at
                since["answer"] = at
            case "InformationClassified" if event.data["outcome"] == "available":
                yield from _ended("answer", since, at)
            case "ExemptionFlagged" if event.data.get("basis"):
                since["exempt"] = at
                since.pop("answer", None)
            case "InformationClassified" | "ExemptionFlagged" | "Escalated":
                since.clear()
            case "InformationDelivered":
                yield from _ended("answer", since, at)
            case "ApplicantNotified":
                yield from _ended("exempt", since, at)


def _at_the_desk(event: Event) -> bool:
    """Whether somebody stood there; a paper form is entered long after."""
    return event.data["channel"] == "walk_in" and not event.data.get("paper_serial")


def _ended(
    name: str, since: dict[str, datetime], at: datetime
) -> Iterator[tuple[str, datetime, datetime]]:
    begun = since.pop(name, None)
    if begun:
        yield name, begun, at


def _minutes(begun: datetime, ended: datetime) -> int:
    return -int(-(ended - begun).total_seconds() // _MINUTE)


def measured(lines: Sequence[Mapping[str, Any]], period: str, rules: Rules) -> dict[str, Taken]:
    """Of each step that ended in a period: how often within its limit and beyond, by the rule of its day."""
    return {name: _measured(_of(lines, name, period), key, rules) for name, key in RULES.items()}


def _of(lines: Sequence[Mapping[str, Any]], name: str, period: str) -> list[Taken]:
    taken = (line.get("steps", {}).get(name) for line in lines)  # none in lines from before
    return [each for each in taken if each and each["on"].startswith(period)]


def _measured(taken: Sequence[Taken], key: str, rules: Rules) -> Taken:
    limits = [_limit(key, each["on"], rules) for each in taken]
    within = [each["minutes"] <= limit for each, limit in zip(taken, limits, strict=True) if limit]
    return {
        "rule": key,
        "limits": sorted({limit for limit in limits if limit}),
        "measured": len(taken),
        "within": sum(within),
        "beyond": len(within) - sum(within),
        "median": int(median(each["minutes"] for each in taken)) if taken else None,
    }


def _limit(key: str, on: str, rules: Rules) -> int | None:
    rule = rules.find("days", key, date.fromisoformat(on))
    return rule.value["count"] if rule else None
