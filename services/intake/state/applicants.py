"""What intake knows of an applicant without opening the vault."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.envelope import Event


@dataclass(frozen=True, slots=True)
class ApplicantState:
    """How often an applicant's data were corrected, and whether they are gone."""

    revision: int = 1
    erased: bool = False


def evolve_applicant(state: ApplicantState, event: Event) -> ApplicantState:
    """The applicant after one more event."""
    match event.name:
        case "ApplicantCorrected":
            return replace(state, revision=event.data["applicant_revision"])
        case "ApplicantErased":
            return replace(state, erased=True)
    return state
