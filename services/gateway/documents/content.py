"""What a paper says: what all of them have, and what its kind adds. Pure, in plain values that the templates print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contracts.numbering import unnumbered
from services.gateway.documents import letters, redress
from services.gateway.documents.kinds import OBJECTION, Kind
from services.gateway.documents.sources import Sources
from services.gateway.documents.story import Story
from services.gateway.documents.wordings import worded
from services.gateway.documents.writing import masked, printable, written_time

Content = dict[str, Any]
_SAYS: Mapping[str, Callable[[Sources], Content]] = {**letters.SAYS, **redress.SAYS}


def content_of(kind: Kind, given: Sources) -> Content:
    """The same for the same sources, whenever it is asked for."""
    asked = given.request if kind.about == OBJECTION else given.story
    own = _SAYS[kind.name](given)
    said = {
        "kind": kind.name,
        "lang": given.lang,
        "size": kind.size,
        "title": kind.title[given.lang],
        "head": given.setting("letter.head"),
        "number": unnumbered(given.setting("letter.number")["letter"], given.on),
        "day": given.day(given.on),
        "request": _request(given, asked) if asked else None,
        "applicant": _applicant(given, asked) if kind.names else None,
        "copies": [],
        "preview": given.preview,
        **own,
    }
    said["wording"] = worded(kind, given, said)
    return {name: printable(value) for name, value in said.items()}


def _request(given: Sources, asked: Story) -> Content:
    received, submitted = asked.said("RequestReceived"), asked.said("RequestSubmitted")
    return {
        "number": submitted.get("number") or "",
        "id": asked.event.subject.partition("/")[2],
        "received": written_time(received["received_at"], given.lang),
        "received_on": given.day(asked.received_on),
        "channel": given.word("channel", received["channel"]),
        "information": received["information"],
        "purpose": received.get("purpose") or "",
        "obtain": _obtain(given, received),
        "delivery": given.word("medium", received["delivery"]),
        "papers": given.words("paper", received["documents"]),
    }


def _obtain(given: Sources, received: Mapping[str, Any]) -> str:
    obtain, form = given.word("obtain", received["obtain"]), received.get("copy_format")
    return f"{obtain}: {given.word('form', form)}" if form else obtain


def _applicant(given: Sources, asked: Story | None) -> Content:
    person = given.person
    contact = [person.get("phone"), person.get("email")]
    category = asked.said("RequestReceived")["category"] if asked else None
    return {
        "name": person["name"],
        "single": category in (None, "individual"),
        "category": given.word("category", category),
        "identity": masked(person.get("nik") or "") or person.get("entity_approval_number") or "",
        "address": person.get("address") or "",
        "contact": " / ".join(each for each in contact if each),
        "occupation": person.get("occupation") or "",
    }
