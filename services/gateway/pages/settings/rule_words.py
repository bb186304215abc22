"""A rule's value in a few words, as a table of rules shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from contracts import wording
from services.gateway import labels, languages


def said(kind: str, value: Mapping[str, Any]) -> str:
    """10 hari kerja; Kartu identitas, Akta notaris; a text in the reader's language."""
    if kind == "days":
        return f"{value['count']} {labels.word(value['unit'], 'unit_of_time')}"
    if kind == wording.KIND:
        return _worded(value) or str(_("tidak ada"))
    return "; ".join(_parts(kind, value)) or str(_("tidak ada"))


def _worded(value: Mapping[str, Any]) -> str:
    """The office's own parts of a paper, in the reader's language."""
    texts = (value.get(f"{part}_{languages.language()}") for part in wording.PARTS)
    return " \u2026 ".join(text for text in texts if text)


def _parts(kind: str, value: Mapping[str, Any]) -> Iterator[str]:
    wording = value.get(languages.language())
    if wording is not None:
        yield str(wording)
    for name, each in value.items():
        if name in languages.LANGUAGES or each in (None, False, []):
            continue
        told = _told(name, each)
        yield (
            told
            if kind in ("documents", "regime")
            else f"{labels.field(_NAMES.get(name, name))}: {told}"
        )


def _told(name: str, value: Any) -> str:
    if value is True:
        return str(_("Ya"))
    if isinstance(value, list):
        return ", ".join(labels.word(str(each)) for each in value)
    return labels.word(str(value), name)


_NAMES: Mapping[str, str] = {"indonesian": "must_be_indonesian", "at": "counted_from"}
