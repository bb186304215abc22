"""To which request a letter that came in may belong: by the letter of ours that it answers, or a number in its subject.

Only ever a suggestion. Whoever wrote it chose what it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import structlog

from contracts.errors import Rejected
from services.gateway.mail.incoming import IncomingLetter
from services.gateway.mail.installing import outbox
from services.gateway.mail.outbox import Letter
from services.gateway.mail.reading import Message
from services.gateway.orders import services
from services.gateway.rpc import RemoteFault, Unavailable

ANSWER, SUBJECT = "answer", "subject"
MOST_WORDS = 5
# What of a subject may be a number: what stands in brackets, as in our own subjects, and words with a stroke in them.
_BRACKETS = re.compile(r"\[([^\[\]]{3,100})\]")
_ROUND_IT = ".,;:()[]<>\"'"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A request with its number ("" without one), why it is suggested, and the objection that was answered, if any."""

    request: str
    number: str
    why: str
    objection: str = ""
    objection_number: str = ""


def suggestion(letter: IncomingLetter, message: Message | None) -> Suggestion | None:
    """What a letter may belong to; None where nothing says so, it is settled, or the register is away."""
    if letter.settled_at is not None:
        return None
    try:
        return _answered(message) or _numbered(letter.summary.subject)
    except (Rejected, Unavailable, RemoteFault) as away:
        log.warning("nothing_suggested", letter=letter.id, error=type(away).__name__)
        return None


def _answered(message: Message | None) -> Suggestion | None:
    ours = outbox().named(message.answers) if message and message.answers else None
    return _of(ours) if ours else None


def _of(ours: Letter) -> Suggestion:
    if not ours.objection:
        request = services().ask("register", "request", ours.subject)
        return Suggestion(ours.request, _number(request), ANSWER)
    objection = services().ask("register", "objection", ours.subject)
    request = objection["request"] or ""
    about = services().ask("register", "request", f"request/{request}") if request else {}
    return Suggestion(request, _number(about), ANSWER, ours.objection, _number(objection))


def _numbered(subject: str) -> Suggestion | None:
    for word in _words(subject):
        found = services().ask("register", "tracked", word)
        if found:
            return Suggestion(found["_id"].partition("/")[2], _number(found), SUBJECT)
    return None


def _words(subject: str) -> Iterator[str]:
    """What may be a number, each once, and not many: each is looked up."""
    strokes = (word.strip(_ROUND_IT) for word in subject.split() if "/" in word)
    found = dict.fromkeys(word.strip() for word in (*_BRACKETS.findall(subject), *strokes))
    yield from list(filter(None, found))[:MOST_WORDS]


def _number(shown: dict[str, Any]) -> str:
    return str(shown.get("number") or "")
