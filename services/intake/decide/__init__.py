"""What intake decides, a module a subject."""

from services.intake.decide.applicants import correct_applicant, enter_applicant, erase_applicant
from services.intake.decide.attachments import (
    drop_attachment,
    keep_attachment,
    require_attachment,
    require_room,
)
from services.intake.decide.numbers import reserve, used_already, void
from services.intake.decide.requests import Arrival, complete, receive, withdraw

__all__ = [
    "Arrival",
    "complete",
    "correct_applicant",
    "drop_attachment",
    "enter_applicant",
    "erase_applicant",
    "keep_attachment",
    "receive",
    "require_attachment",
    "require_room",
    "reserve",
    "used_already",
    "void",
    "withdraw",
]
