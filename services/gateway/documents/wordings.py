"""What the office itself says on a paper: the wording in force on the paper's day, with its placeholders filled. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contracts import wording
from services.gateway.documents.kinds import Kind
from services.gateway.documents.sources import Sources

Content = Mapping[str, Any]
Words = dict[str, str]


def worded(kind: Kind, given: Sources, said: Content) -> Words:
    """Opening, body and closing in the paper's language; "" for what the office does not say."""
    value = given.rules.get(wording.KIND, kind.key, given.on).value
    values = {name: _FILLS[name](said) for name in wording.places(kind.key)}
    texts = {part: value.get(f"{part}_{given.lang}") or "" for part in wording.PARTS}
    return {part: wording.filled(text, values) for part, text in texts.items()}


def _with_register_number(said: Content) -> str:
    number = said["request"]["number"]
    words = {"id": f" dengan nomor pendaftaran {number}", "en": f", register number {number},"}
    return words[said["lang"]] if number else ""


def _about_request(said: Content) -> str:
    """What an objection is about; it also ends the sentence where there is no request."""
    if not said["request"]:
        return "."
    number = said["request"]["number"]
    return {
        "id": f", atas permohonan informasi nomor {number} mengenai:",
        "en": f", to the treatment of request {number} for:",
    }[str(said["lang"])]


_FILLS: Mapping[str, Callable[[Content], str]] = {
    "office": lambda said: str(said["head"]["office"]),
    "day": lambda said: str(said["day"]),
    "applicant": lambda said: str(said["applicant"]["name"]),
    "register_number": lambda said: str(said["request"]["number"]),
    "with_register_number": _with_register_number,
    "received_on": lambda said: str(said["request"]["received_on"]),
    "due": lambda said: str(said["due"]),
    "days": lambda said: str(said["days"]),
    "basis": lambda said: str(said["basis"]),
    "objection_number": lambda said: str(said["objection"]["number"]),
    "filed_on": lambda said: str(said["objection"]["filed_on"]),
    "about_request": _about_request,
}
