"""What intake knows, a module a subject."""

from services.intake.state.applicants import ApplicantState, evolve_applicant
from services.intake.state.numbers import NumbersState, evolve_numbers
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
    "NumbersState",
    "RequestState",
    "evolve",
    "evolve_applicant",
    "evolve_numbers",
]
