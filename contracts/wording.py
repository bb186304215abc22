"""What the office words itself on its papers: three parts of each, in two languages, with a closed list of placeholders.

A wording is a rule of kind `wording`; its key is a kind of paper. What the law wants to stand on a paper is no part of it:
that is fixed, so the office can neither change it nor leave it out. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

KIND = "wording"
PARTS = ("opening", "body", "closing")
LANGUAGES = ("id", "en")
FIELDS = tuple(f"{part}_{lang}" for part in PARTS for lang in LANGUAGES)
LONGEST = 2000

_REQUEST = ("applicant", "register_number", "received_on")
_FIRST = ("applicant", "received_on")  # what has no register number, or may have none
# What may stand in braces, by kind of paper; besides these, the office and the day of the paper in each.
_PLACES: Mapping[str, tuple[str, ...]] = {
    "receipt": (*_REQUEST, "due", "days", "basis"),
    "incompleteness": (*_FIRST, "due", "days"),
    "declined": _FIRST,
    "lapse": (*_FIRST, "due"),
    "withdrawal": (*_FIRST, "with_register_number"),
    "memo": ("register_number", "received_on"),
    "disposition": ("register_number", "received_on"),
    "extension": (*_REQUEST, "due", "days", "basis"),
    "notification": _REQUEST,
    "rejection": _REQUEST,
    "handover": _REQUEST,
    "objection_receipt": ("applicant", "objection_number", "filed_on", "due", "days", "basis"),
    "objection_answer": ("applicant", "objection_number", "filed_on", "about_request"),
}
PAPERS = tuple(_PLACES)
# What an opening has to name, because it leads to what is fixed below it and nothing else there says it.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "declined": ("received_on",),
    "lapse": ("received_on",),
    "withdrawal": ("received_on", "with_register_number"),
    "extension": ("received_on", "register_number"),
    "notification": ("received_on", "register_number"),
    "rejection": ("received_on",),
    "objection_answer": ("filed_on", "objection_number", "about_request"),
}
_MAY_BEGIN_WITHOUT = ("receipt", "disposition", "objection_receipt")
_PLACE = re.compile(r"\{([a-z_]+)\}")
_UNWANTED = ("Cc", "Cf", "Cs", "Co", "Cn")


def places(paper: str) -> tuple[str, ...]:
    """What may stand in braces in the wording of a kind of paper."""
    return ("office", "day", *_PLACES[paper])


def opens(paper: str) -> bool:
    """Whether a paper cannot do without an opening."""
    return paper not in _MAY_BEGIN_WITHOUT


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its placeholders filled, once: what is put in is not looked at again."""
    return _PLACE.sub(lambda found: values[found[1]], text)


def faults(paper: str, value: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with a wording, by field: nothing where it can be printed."""
    found = {name: list(_faults_of(paper, name, value)) for name in FIELDS}
    return {name: wrong for name, wrong in found.items() if wrong}


def _faults_of(paper: str, name: str, value: Mapping[str, Any]) -> Iterator[str]:
    text, part = value.get(name), name.partition("_")[0]
    if text is None:
        yield from _absent(paper, name, value)
    elif not isinstance(text, str):
        yield "Not a valid string."
    elif not text.strip():
        yield "Empty: leave it out."
    else:
        yield from _unprintable(text)
        yield from _unfillable(paper, text)
        if part == "opening":
            yield from _unnamed(paper, text)
        if name.endswith("_en") and value.get(f"{part}_id") is None:
            yield "Only a translation of the Indonesian text."


def _absent(paper: str, name: str, value: Mapping[str, Any]) -> Iterator[str]:
    """Courtesies at the end need no English; everything else is said in both languages or in none."""
    part, _sep, lang = name.partition("_")
    begins = part == "opening" and opens(paper)
    translates = lang == "en" and part != "closing" and value.get(f"{part}_id") is not None
    if begins or translates:
        yield "Missing data for required field."


def _unprintable(text: str) -> Iterator[str]:
    if len(text) > LONGEST:
        yield f"Longer than {LONGEST} characters."
    if any(unicodedata.category(each) in _UNWANTED for each in text if each not in "\r\n\t"):
        yield "Contains a character that cannot be stored."


def _unfillable(paper: str, text: str) -> Iterator[str]:
    rest = _PLACE.sub("", text)
    if "{" in rest or "}" in rest:
        yield "Braces stand only around a placeholder."
    for name in _PLACE.findall(text):
        if name not in places(paper):
            yield f"No such placeholder: {{{name}}}."


def _unnamed(paper: str, text: str) -> Iterator[str]:
    named = _PLACE.findall(text)
    for name in NEEDED.get(paper, ()):
        if name not in named:
            yield f"Has to name {{{name}}}."
