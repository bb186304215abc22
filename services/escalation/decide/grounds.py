"""Which grounds of UU 14/2008 art. 35(1) a request gives for an objection, and until when. Pure."""

from __future__ import annotations

from datetime import date

from services.escalation import clock
from services.escalation.law import Law
from services.escalation.state import Contested

NOT_PROVIDED = "35b"


def grounds_open(request: Contested, on: date) -> tuple[str, ...]:
    """The grounds that hold on a day. Silence gives 35c and 35g by itself; what was withdrawn or lapsed gives none."""
    if request.withdrawn or request.lapsed:
        return ()
    answered, overdue = request.answered(on), request.overdue(on)
    open_ = {
        "35a": answered and request.withheld,
        NOT_PROVIDED: True,
        "35c": overdue,
        "35d": answered,
        "35e": answered or overdue,
        "35f": answered,
        "35g": overdue or request.late(on),
    }
    return tuple(ground for ground, holds in open_.items() if holds)


def window_ends_on(request: Contested, on: date, law: Law) -> date | None:
    """The last day on which an objection is in time; None while there is nothing to object to.

    The window runs from the answer, and where none came, from the day on which it was due.
    """
    if request.answered(on):
        start = request.answered_on
    else:
        start = request.due_on if request.overdue(on) else None
    if start is None:
        return None
    if request.answered(on) and request.window_ends_on:
        return request.window_ends_on
    days = law.rules.days(f"{request.regime}.objection_window", start).value["count"]
    return clock.due_date(start, days, law.legal(start))
