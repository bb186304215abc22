"""What a letter that came in is read for: whoever deals with it reads it for that, everybody else says why; all of it is written down."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from contracts.errors import Rejected
from services.gateway.identity.visitor import note_letter
from services.gateway.mail.incoming import READABLE, IncomingLetter
from services.gateway.mail.installing import incoming
from services.gateway.mail.reading import Message, Unreadable

OWN_WORK = _l("Mengurus surat masuk")
TEXT, ORIGINAL = "text", "original"


@dataclass(frozen=True, slots=True)
class LetterReading:
    """How far a letter is read on its page: what for ("" while nobody said), what it says, what is wrong."""

    purpose: str = ""
    message: Message | None = None
    wrong: str = ""


def purpose_of(letter: IncomingLetter) -> str:
    """What who is signed in reads a letter for; "" where they have to say it and did not.

    A letter that nobody settled is opened as any post is. Later only who settled it still deals with it: its files
    are to be kept with its request.
    """
    if letter.settled_at is None or letter.settled_by == g.account.name:
        return str(OWN_WORK)
    return request.form.get("purpose", "").strip()


def reading_of(letter: IncomingLetter) -> LetterReading:
    """A letter as its page shows it."""
    purpose = purpose_of(letter)
    if not purpose:
        wrong = str(_("Isi bagian ini.")) if "purpose" in request.form else ""
        return LetterReading(wrong=wrong)
    note_letter(letter.id, TEXT, purpose)
    return LetterReading(purpose, _message_of(letter))


def note(letter: IncomingLetter, part: str) -> None:
    """Write down that a part of it is given out. Raises Rejected where nobody said what for."""
    purpose = purpose_of(letter)
    if not purpose:
        raise Rejected("purpose_missing", "Say what the letter is needed for.")
    note_letter(letter.id, part, purpose)


def _message_of(letter: IncomingLetter) -> Message | None:
    """What it says; nothing where nobody can read it or it was destroyed."""
    if letter.kind != READABLE or letter.forgotten:
        return None
    try:
        return incoming().message(letter.id)
    except Unreadable:
        return None
