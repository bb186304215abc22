"""What intake decides: whether a request is complete, and what becomes of it until it has its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import WIB, local_day
from eventlog.handle import Decision, Numbered
from services.intake.completeness import missing, register_number, series
from services.intake.state import INCOMPLETE, SUBMITTED, ApplicantState, RequestState

# Clocks of two machines are never quite the same.
TOLERANCE = timedelta(minutes=1)
# A register of an earlier year is a slip of the pen.
EARLIEST = datetime(2000, 1, 1, tzinfo=WIB)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was found out about an applicant at the counter, apart from the order itself."""

    applicant_id: str
    warnings: tuple[str, ...] = ()
    similar_to: tuple[str, ...] = ()


def receive(command: Command, now: datetime, arrival: Arrival, office: str) -> Decision:
    """Take a request in: numbered at once when the papers are complete, else with a notice of what is missing."""
    data = command.data
    _refuse_impossible(data["received_at"], now, EARLIEST)
    received = Fact("RequestReceived", _received(data, arrival))
    lacking = missing(data["category"], data["documents"])
    if lacking:
        return (received, _incomplete(data, lacking))
    basis = {**received.data, "completed_at": data["received_at"]}
    return _numbered(basis, office, (received,))


def _received(data: Any, arrival: Arrival) -> dict[str, Any]:
    warnings = (*arrival.warnings, *(("near_duplicate",) if arrival.similar_to else ()))
    return {
        **{name: value for name, value in data.items() if name != "applicant"},
        "applicant_id": arrival.applicant_id,
        "applicant_revision": 1,
        "similar_to": list(arrival.similar_to),
        "warnings": list(warnings),
    }


def _incomplete(data: Any, lacking: Sequence[str]) -> Fact:
    return Fact(
        "IncompletenessNotified",
        {
            "category": data["category"],
            "received_at": data["received_at"],
            "missing": list(lacking),
        },
    )


def _numbered(basis: dict[str, Any], office: str, before: tuple[Fact, ...]) -> Numbered:
    """The number is taken in the write that uses it, so a refused or failed write leaves no gap."""
    received_on = local_day(basis["received_at"])
    kept = (
        "channel",
        "category",
        "applicant_id",
        "applicant_revision",
        "received_at",
        "completed_at",
    )

    def facts(serial: int) -> tuple[Fact, ...]:
        submitted = {
            "number": register_number(serial, received_on, office),
            "serial": serial,
            "year": received_on.year,
            **{name: basis[name] for name in kept},
        }
        return (*before, Fact("RequestSubmitted", submitted))

    return Numbered(series(received_on), facts)


def complete(command: Command, state: RequestState, now: datetime, office: str) -> Decision:
    """Take in papers that were missing; with the last of them the request gets its number."""
    _require(state, INCOMPLETE)
    received_at = command.data["received_at"]
    _refuse_impossible(received_at, now, datetime.fromisoformat(state.received_at))
    documents = sorted(set(command.data["documents"]))
    lacking = missing(state.category, {*state.documents, *documents})
    arrived = Fact(
        "DocumentsReceived",
        {"documents": documents, "received_at": received_at, "missing": list(lacking)},
    )
    if lacking:
        return (arrived,)
    basis = {
        "channel": state.channel,
        "category": state.category,
        "applicant_id": state.applicant_id,
        "applicant_revision": state.applicant_revision,
        "received_at": state.received_at,
        "completed_at": received_at,
    }
    return _numbered(basis, office, (arrived,))


def withdraw(command: Command, state: RequestState, _: datetime) -> Decision:
    """End a request at the applicant's own wish."""
    _require(state, INCOMPLETE, SUBMITTED)
    return (Fact("RequestWithdrawn", {"reason": command.data["reason"]}),)


def correct_applicant(applicant_id: str, state: ApplicantState) -> Decision:
    """Count one more revision of the applicant's data."""
    _require_person(state)
    data = {"applicant_id": applicant_id, "applicant_revision": state.revision + 1}
    return (Fact("ApplicantCorrected", data),)


def erase_applicant(command: Command, applicant_id: str, state: ApplicantState) -> Decision:
    """State that nobody can read the applicant any more."""
    _require_person(state)
    return (
        Fact("ApplicantErased", {"applicant_id": applicant_id, "reason": command.data["reason"]}),
    )


def _require(state: RequestState, *phases: str) -> None:
    if state.phase not in phases:
        raise Rejected("wrong_phase", f"The request is {state.phase}.")


def _require_person(state: ApplicantState) -> None:
    if state.erased:
        raise Rejected("applicant_erased", "The applicant's data were erased.")


def _refuse_impossible(received_at: str, now: datetime, earliest: datetime) -> None:
    received = datetime.fromisoformat(received_at)
    if received < earliest:
        raise Rejected(
            "invalid_fields",
            f"It cannot have been received before {earliest.isoformat()}.",
            {"received_at": ["Too early."]},
        )
    if received > now + TOLERANCE:
        raise Rejected(
            "received_in_future",
            "It cannot have been received in the future.",
            {"received_at": ["In the future."]},
        )
