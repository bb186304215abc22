"""What intake decides: whether its applicant may ask, whether a request is complete, and what becomes of it until it has its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import local_day
from eventlog.handle import Claimed, Decision, Numbered
from services.intake.completeness import missing
from services.intake.decide.numbers import require_free
from services.intake.numbers import paper, series
from services.intake.practice import Practice
from services.intake.state import (
    INCOMPLETE,
    NOT_INDONESIAN,
    SUBMITTED,
    NumbersState,
    RequestState,
)

# Clocks of two machines are never quite the same.
TOLERANCE = timedelta(minutes=1)
NO_NUMBERS = NumbersState()
# The sealed person, and what is told only to whom it makes a difference.
_NOT_TOLD = ("applicant", "indonesian")
# What is told again with the number.
_KEPT = (
    "channel", "category", "applicant_id", "applicant_revision", "received_at", "completed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was found out about an applicant at the counter, apart from the order itself."""

    applicant_id: str
    warnings: tuple[str, ...] = ()
    similar_to: tuple[str, ...] = ()


def receive(
    command: Command,
    now: datetime,
    arrival: Arrival,
    practice: Practice,
    numbers: NumbersState = NO_NUMBERS,
) -> Decision:
    """Take a request in: numbered at once when the papers are complete, else with a notice of what is missing.

    Whoever may not apply by law is told so instead, whatever the papers. A paper form brings its number along, and
    keeps it in each case.
    """
    data = command.data
    _refuse_future(data["received_at"], now)
    received_on, serial = local_day(data["received_at"]), data.get("paper_serial")
    _refuse_before_law(received_on, practice)
    printed = _printed(serial, received_on, practice, numbers)
    received = Fact("RequestReceived", {**_received(data, arrival), **printed})
    basis = {**received.data, "completed_at": data["received_at"]}
    waits = _declined(data, practice) or _incomplete(data, practice)
    if serial is None:
        return (received, waits) if waits else _numbered(basis, practice, (received,))
    second = waits or _submitted(basis, serial, basis["number"])
    return Claimed(paper(received_on.year), serial, (received, second))


def _printed(
    serial: int | None, received_on: date, practice: Practice, numbers: NumbersState
) -> dict[str, Any]:
    """The number of a paper form. Raises Rejected when there is no such form any more."""
    if serial is None:
        return {}
    require_free(numbers, serial)
    return {"number": practice.number(serial, received_on)}


def _received(data: Any, arrival: Arrival) -> dict[str, Any]:
    warnings = (*arrival.warnings, *(("near_duplicate",) if arrival.similar_to else ()))
    return {
        **{name: value for name, value in data.items() if name not in _NOT_TOLD},
        "applicant_id": arrival.applicant_id,
        "applicant_revision": 1,
        "similar_to": list(arrival.similar_to),
        "warnings": list(warnings),
    }


def _declined(data: Any, practice: Practice) -> Fact | None:
    """Why the applicant may not apply; None for whoever may."""
    rule = practice.ineligible(
        data["category"],
        local_day(data["received_at"]),
        indonesian=data.get("indonesian") is not False,
    )
    if rule is None:
        return None
    told = {"category": data["category"], "legal_basis": rule.legal_basis}
    return Fact("RequestDeclined", {**told, "reason": NOT_INDONESIAN})


def _incomplete(data: Any, practice: Practice) -> Fact | None:
    """Which papers are missing; None when they are all there."""
    papers = practice.papers(data["category"], local_day(data["received_at"]))
    lacking = missing(papers, data["documents"])
    if not lacking:
        return None
    return Fact(
        "IncompletenessNotified",
        {
            "category": data["category"],
            "received_at": data["received_at"],
            "missing": list(lacking),
        },
    )


def _numbered(basis: dict[str, Any], practice: Practice, before: tuple[Fact, ...]) -> Numbered:
    """The number is taken in the write that uses it, so a refused or failed write leaves no gap."""
    received_on = local_day(basis["received_at"])

    def facts(serial: int) -> tuple[Fact, ...]:
        return (*before, _submitted(basis, serial, practice.number(serial, received_on)))

    return Numbered(series(received_on.year), facts)


def _submitted(basis: dict[str, Any], serial: int, number: str) -> Fact:
    return Fact(
        "RequestSubmitted",
        {
            "number": number,
            "serial": serial,
            "year": local_day(basis["received_at"]).year,
            **{name: basis[name] for name in _KEPT},
            **({"topic": basis["topic"]} if basis.get("topic") else {}),
        },
    )


def complete(command: Command, state: RequestState, now: datetime, practice: Practice) -> Decision:
    """Take in papers that were missing; with the last of them the request gets its number, or keeps its form's."""
    _require(state, INCOMPLETE)
    received_at = command.data["received_at"]
    _refuse_earlier(received_at, state.received_at)
    _refuse_future(received_at, now)
    documents = sorted(set(command.data["documents"]))
    papers = practice.papers(state.category, local_day(state.received_at))
    lacking = missing(papers, {*state.documents, *documents})
    arrived = Fact(
        "DocumentsReceived",
        {"documents": documents, "received_at": received_at, "missing": list(lacking)},
    )
    if lacking:
        return (arrived,)
    known = {name: getattr(state, name) for name in (*_KEPT[:-1], "topic")}
    basis = {**known, "completed_at": received_at}
    if state.paper_serial is not None and state.number is not None:
        return (arrived, _submitted(basis, state.paper_serial, state.number))
    return _numbered(basis, practice, (arrived,))


def withdraw(command: Command, state: RequestState, _: datetime) -> Decision:
    """End a request at the applicant's own wish."""
    _require(state, INCOMPLETE, SUBMITTED)
    return (Fact("RequestWithdrawn", {"reason": command.data["reason"]}),)


def _require(state: RequestState, *phases: str) -> None:
    if state.phase not in phases:
        raise Rejected("wrong_phase", f"The request is {state.phase}.")


def _refuse_before_law(received_on: date, practice: Practice) -> None:
    """Before the law took effect there was nothing to count by: a slip of the pen."""
    begins = practice.rules.begins()
    if received_on < begins:
        raise Rejected(
            "date_before_law",
            f"The law on public information takes effect on {begins}.",
            {"received_at": [f"Is before {begins}."]},
        )


def _refuse_earlier(received_at: str, earliest: str) -> None:
    if datetime.fromisoformat(received_at) < datetime.fromisoformat(earliest):
        raise Rejected(
            "date_before_receipt",
            f"It cannot have been received before the request itself: {earliest}.",
            {"received_at": [f"Is before {earliest}."]},
        )


def _refuse_future(received_at: str, now: datetime) -> None:
    if datetime.fromisoformat(received_at) > now + TOLERANCE:
        raise Rejected(
            "received_in_future",
            "It cannot have been received in the future.",
            {"received_at": ["In the future."]},
        )
