"""Which clock of an objection runs now, and towards whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Shown = Mapping[str, Any]
_AFTER = {
    "answered": ("dispute_window", "dispute_due_on"),
    "settled": ("award_window", "court_due_on"),
    "ruled": ("cassation_window", "court_due_on"),
}


def running(objection: Shown) -> dict[str, Any]:
    """What is waited for (`clock`, "" for nothing), until when (`due_on`), and whether anything is (`open`)."""
    if objection["state"] == "filed":
        return {"clock": "objection_answer", "due_on": objection["due_on"], "open": True}
    clock, due = _AFTER.get(objection["state"], ("", ""))
    until = objection.get(due) if objection["open"] else None
    return {"clock": clock if until else "", "due_on": until, "open": bool(until)}
