"""What intake decides about an applicant's data: corrected, or gone."""

from __future__ import annotations

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from eventlog.handle import Decision
from services.intake.state import ApplicantState


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
