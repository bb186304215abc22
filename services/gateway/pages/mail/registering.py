"""From a letter that came in to the form of the counter: the draft that is made of it, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from flask import g

from contracts.errors import Rejected
from contracts.fields import TEXT
from contracts.local import WIB
from services.gateway.drafts import Typed
from services.gateway.mail.incoming import READABLE, IncomingLetter
from services.gateway.mail.installing import incoming
from services.gateway.mail.reading import Unreadable
from services.gateway.pages.receive.keeping import by_the_way, drafts

_PREFIX = "surat-masuk-"
log = structlog.get_logger()


def key_of(letter: str) -> str:
    """The key of the form that is made of a letter: whoever opens it twice goes on with the same form."""
    return f"{_PREFIX}{letter}"


def draft(letter: IncomingLetter) -> bool:
    """Make the draft of who is signed in from a letter; False if this form was received already."""
    kept = drafts().keep(g.account.name, key_of(letter.id), typed(letter))
    return kept is not None


def other_draft(letter: str) -> bool:
    """Whether a draft of something else would be lost."""
    found = drafts().find(g.account.name)
    return found is not None and found.key != key_of(letter)


def typed(letter: IncomingLetter) -> Typed:
    """The form's fields as somebody would type them from the letter. What it asks for is its text, to be shortened."""
    summary = letter.summary
    at = letter.received_at.astimezone(WIB).replace(tzinfo=None).isoformat(timespec="minutes")
    told = (
        ("channel", "email"),
        ("received_at", at),
        ("applicant.category", "individual"),
        ("applicant.indonesian", "yes"),
        ("applicant.name", summary.name),
        ("applicant.email", summary.address),
        ("information", _asked(letter)),
        ("obtain", "copy"),
        ("copy_format", "softcopy"),
        ("delivery", "email"),
    )
    return tuple((name, value) for name, value in told if value)


def _asked(letter: IncomingLetter) -> str:
    if letter.kind != READABLE:
        return letter.summary.subject
    try:
        text = incoming().message(letter.id).text
    except Unreadable:
        text = ""
    return (text or letter.summary.subject)[:TEXT]


def received(key: str, request: str) -> None:
    """A form was received: if it was made of a letter, the letter is registered. Whatever fails, the request is received."""
    if key.startswith(_PREFIX):
        by_the_way(lambda: _register(key.removeprefix(_PREFIX), request))


def _register(letter: str, request: str) -> None:
    try:
        incoming().register(letter, request, g.account.name, datetime.now(UTC))
    except Rejected as settled:  # a colleague was quicker; both requests stand
        log.warning("letter_not_registered", letter=letter, code=settled.code)
