"""What intake decides about the numbers of a year: which are reserved for paper forms, and which were spoilt."""

from __future__ import annotations

from datetime import date, datetime

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import local_day
from eventlog.handle import Claimed, Decision, Numbered
from services.intake.numbers import paper, series
from services.intake.practice import Practice
from services.intake.state import NumbersState


def reserve(command: Command, _: NumbersState, now: datetime) -> Decision:
    """Take the next serials of a year for paper forms, all in one write."""
    data = command.data
    _refuse_far_year(data["year"], local_day(now).year)

    def facts(first: int) -> tuple[Fact, ...]:
        told = {name: data[name] for name in ("year", "holder", "reason")}
        last = first + data["count"] - 1
        return (Fact("NumbersReserved", {**told, "first": first, "last": last}),)

    return Numbered(series(data["year"]), facts, data["count"])


def void(command: Command, state: NumbersState, now: datetime, practice: Practice) -> Decision:
    """Record that the paper form with a serial was spoilt."""
    data = command.data
    require_free(state, data["serial"])
    number = practice.number(data["serial"], _within(data["year"], local_day(now)))
    return Claimed(
        paper(data["year"]), data["serial"], (Fact("NumberVoided", {**data, "number": number}),)
    )


def require_free(state: NumbersState, serial: int) -> None:
    """Raise Rejected for a serial that is on no paper form, or on a spoilt one."""
    if not state.reserved(serial):
        raise Rejected(
            "number_not_reserved", f"No paper form of that year has the serial {serial}."
        )
    if serial in state.void:
        raise used_already(serial)


def used_already(serial: int) -> Rejected:
    """The refusal of a serial that was used or is void. The log itself is the last to look."""
    return Rejected("number_used_already", f"The serial {serial} was used already, or is void.")


def _refuse_far_year(year: int, today: int) -> None:
    """A block of another year is for late forms of the last one, or ready for the next; else a slip of the pen."""
    if abs(year - today) > 1:
        raise Rejected(
            "invalid_fields",
            f"Blocks are reserved for {today - 1} to {today + 1}.",
            {"year": ["Too far away."]},
        )


def _within(year: int, day: date) -> date:
    """The day of the year that is nearest."""
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))
