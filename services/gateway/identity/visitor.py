"""What is known of who asks, for the trail; and what pages write there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import g, request

from services.gateway.identity.tools import tools
from services.gateway.identity.trail import LETTER_READ, PERSON_READ


def address() -> str:
    """Where the visitor comes from."""
    return request.remote_addr or ""


def note_reading(applicants: Sequence[str], purpose: str) -> None:
    """Write down that who is signed in reads people, and what for; before anything is shown.

    Whom exactly a whole book named stands with each of them, where intake writes every read down, also those of
    programs.
    """
    if "account" not in g:
        return
    whom = applicants[0] if len(applicants) == 1 else str(len(applicants))
    _note(PERSON_READ, {"applicant": whom, "purpose": purpose})


def note_letter(letter: str, part: str, purpose: str) -> None:
    """Write down that who is signed in reads a letter that came in: `text`, `original`, or `file N` counted from 1."""
    _note(LETTER_READ, {"letter": letter, "part": part, "purpose": purpose})


def _note(kind: str, about: Mapping[str, str]) -> None:
    reader = g.account.name
    tools().trail.add(kind, reader, by=reader, address=address(), about=about)
