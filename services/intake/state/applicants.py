"""What intake knows of an applicant without opening the vault."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.envelope import Event

# Why somebody may not apply, and what is warned of where they object.
NOT_INDONESIAN = "not_indonesian"


@dataclass(frozen=True, slots=True)
class ApplicantState:
    """How often an applicant's data were corrected, whether they are gone, and what was odd when they were entered."""

    revision: int = 1
    erased: bool = False
    warnings: tuple[str, ...] = ()


def evolve_applicant(state: ApplicantState, event: Event) -> ApplicantState:
    """The applicant after one more event."""
    match event.name:
        case "ApplicantEntered":
            return replace(state, warnings=tuple(event.data["warnings"]))
        case "ApplicantCorrected":
            return replace(state, revision=event.data["applicant_revision"])
        case "ApplicantErased":
            return replace(state, erased=True)
    return state
