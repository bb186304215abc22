"""What intake decides about an applicant's data: entered without a request, corrected, or gone."""

from __future__ import annotations

from datetime import datetime

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import local_day
from eventlog.handle import Decision
from services.intake.decide.requests import Arrival
from services.intake.practice import Practice
from services.intake.state import NOT_INDONESIAN, ApplicantState


def enter_applicant(
    command: Command, now: datetime, arrival: Arrival, practice: Practice
) -> Decision:
    """Take in somebody without a request; with a warning where they may not apply by the rules of today."""
    data = command.data
    may = data.get("indonesian") is not False
    rule = practice.ineligible(data["category"], local_day(now), indonesian=may)
    told = {
        "applicant_id": arrival.applicant_id,
        "applicant_revision": 1,
        "category": data["category"],
        "warnings": [*arrival.warnings, *((NOT_INDONESIAN,) if rule else ())],
        "legal_basis": rule.legal_basis if rule else None,
    }
    return (Fact("ApplicantEntered", told),)


def correct_applicant(applicant_id: str, state: ApplicantState) -> Decision:
    """Count one more revision of the applicant's data."""
    _require_person(state)
    data = {"applicant_id": applicant_id, "applicant_revision": state.revision + 1}
    return (Fact("ApplicantCorrected", data),)


def erase_applicant(
    command: Command, applicant_id: str, state: ApplicantState, *, held: bool = False
) -> Decision:
    """State that nobody can read the applicant any more; never while an objection, dispute or court case is open."""
    _require_person(state)
    if held:
        raise Rejected("legal_hold", "An objection, a dispute or a court case is open.")
    return (
        Fact("ApplicantErased", {"applicant_id": applicant_id, "reason": command.data["reason"]}),
    )


def _require_person(state: ApplicantState) -> None:
    if state.erased:
        raise Rejected("applicant_erased", "The applicant's data were erased.")
