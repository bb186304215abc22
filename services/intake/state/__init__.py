"""What intake knows, a module a subject."""

from services.intake.state.applicants import NOT_INDONESIAN, ApplicantState, evolve_applicant
from services.intake.state.holds import Hold, evolve_hold
from services.intake.state.numbers import NumbersState, evolve_numbers
from services.intake.state.requests import (
    CLOSED,
    DECLINED,
    INCOMPLETE,
    LAPSED,
    NEW,
    SUBMITTED,
    WITHDRAWN,
    Attachment,
    RequestState,
    evolve,
)

__all__ = [
    "CLOSED",
    "DECLINED",
    "INCOMPLETE",
    "LAPSED",
    "NEW",
    "NOT_INDONESIAN",
    "SUBMITTED",
    "WITHDRAWN",
    "ApplicantState",
    "Attachment",
    "Hold",
    "NumbersState",
    "RequestState",
    "evolve",
    "evolve_applicant",
    "evolve_hold",
    "evolve_numbers",
]
