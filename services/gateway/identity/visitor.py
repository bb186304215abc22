"""What is known of who asks, for the trail; and what pages write there."""

from __future__ import annotations

from flask import g, request

from services.gateway.identity.tools import tools
from services.gateway.identity.trail import PERSON_READ


def address() -> str:
    """Where the visitor comes from."""
    return request.remote_addr or ""


def note_reading(applicant_id: str, purpose: str) -> None:
    """Write down that who is signed in reads a person on a page, and what for. Call it before showing anything."""
    about = {"applicant": applicant_id, "purpose": purpose}
    tools().trail.add(
        PERSON_READ, g.account.name, by=g.account.name, address=address(), about=about
    )
