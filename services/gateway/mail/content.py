"""What a letter carries: its paper, drawn as it is asked for on the pages. Within the application's context."""

from __future__ import annotations

from services.gateway.documents.kinds import KINDS
from services.gateway.documents.papers import paper
from services.gateway.mail.message import Content
from services.gateway.mail.outbox import Letter
from services.gateway.orders import services


def written(letter: Letter) -> Content:
    """The content of a letter. Reading the applicant is written down. Raises Rejected, Unavailable, RemoteFault."""
    about = KINDS[letter.paper].about
    number = services().ask("register", about, letter.subject).get("number")
    file = paper(letter.subject, letter.paper, "pdf", letter.lang, letter.actor, letter.event)
    return Content(KINDS[letter.paper].title[letter.lang], number or "", letter.lang, file, about)
