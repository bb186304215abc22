"""The figures of a day, of a month and of a year. Pure: lines in, counts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import mean, median
from typing import Any

from contracts.rules import Rules
from services.reporting.steps import measured

Line = Mapping[str, Any]
Figures = dict[str, Any]
YEAR, MONTH = len("2026"), len("2026-08")


def of_day(lines: Sequence[Line], day: date, rules: Rules) -> Figures:
    """What the officer looks at every day (SOP 7): the day's movement, and what is open and late.

    `lines` are those that moved that day and all that are open.
    """
    on = day.isoformat()
    waiting = [line for line in lines if line["open"]]
    return {
        "received": sum(line["received_on"] == on for line in lines),
        "moved": sum(on in line["days"] for line in lines),
        "closed": sum(line["closed_on"] == on for line in lines),
        "open": len(waiting),
        "incomplete": sum(line["number"] is None for line in waiting),
        "escalated": sum(line["escalated"] for line in waiting),
        "due_today": sum(line["due_on"] == on for line in waiting),
        "overdue": sum(_late(line, on) for line in waiting),
        "desk_minutes": measured(lines, on, rules),
    }


def _late(line: Line, on: str) -> bool:
    return line["due_on"] is not None and line["due_on"] < on


def of_period(lines: Sequence[Line], period: str, rules: Rules) -> Figures:
    """What the head of division reads of a month (SOP 8), and everybody of a year (UU 14/2008 art. 12).

    `period` is 2026-08 or 2026; `lines` are those that moved in it. Counts of what was received and of what ended are
    apart, because a request may be received in one month and answered in the next.
    """
    received = [line for line in lines if line["received_on"].startswith(period)]
    ended = [line for line in lines if (line["closed_on"] or "").startswith(period)]
    return {
        "received": len(received),
        "by_channel": _counts(line["channel"] for line in received),
        "by_category": _counts(line["category"] for line in received),
        "incomplete": sum(line["incomplete"] for line in received),
        "near_duplicates": sum(line["near_duplicate"] for line in received),
        "escalated": sum(line["escalated"] for line in received),
        "extended": sum(line["extended"] for line in received),
        "ended": len(ended),
        "by_outcome": _counts(line["outcome"] or line["ended"] for line in ended),
        "by_ground": _counts(ground for line in ended for ground in line["grounds"]),
        "late": sum(bool(line["late"]) for line in ended),
        "working_days": _spread([line["working_days_used"] for line in ended]),
        "desk_minutes": measured(lines, period, rules),
        **({"by_month": _by_month(received, ended)} if len(period) == YEAR else {}),
    }


def _by_month(received: Sequence[Line], ended: Sequence[Line]) -> Figures:
    """How a year went: what came and what ended in each of its months where something did."""
    return {
        "received": _counts(line["received_on"][:MONTH] for line in received),
        "ended": _counts(line["closed_on"][:MONTH] for line in ended),
    }


def _counts(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _spread(days: Iterable[int | None]) -> Figures:
    """Average in hundredths, because events hold whole numbers only."""
    known = [day for day in days if day is not None]
    if not known:
        return {"answered": 0, "least": None, "median": None, "most": None, "mean_hundredths": None}
    return {
        "answered": len(known),
        "least": min(known),
        "median": int(median(known)),
        "most": max(known),
        "mean_hundredths": round(mean(known) * 100),
    }
