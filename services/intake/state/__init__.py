"""What intake knows, a module a subject."""

from services.intake.state.applicants import ApplicantState, evolve_applicant
from services.intake.state.requests import (
    CLOSED,
    INCOMPLETE,
    LAPSED,
    NEW,
    SUBMITTED,
    WITHDRAWN,
    RequestState,
    evolve,
)

__all__ = [
    "CLOSED",
    "INCOMPLETE",
    "LAPSED",
    "NEW",
    "SUBMITTED",
    "WITHDRAWN",
    "ApplicantState",
    "RequestState",
    "evolve",
    "evolve_applicant",
]
