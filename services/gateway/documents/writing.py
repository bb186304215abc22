"""How dates, times, money and numbers are written on paper in each language, and text made safe to print. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from contracts.local import WIB

# What would turn the order of reading: a line of an official paper reads as it was typed, or not at all.
_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
# What no XML document, and so no DOCX, can carry.
_UNCARRIED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NIK = 16


def written_day(day: str | date, lang: str, *, weekday: bool = False) -> str:
    """`24 November 2026`, or `Selasa, 24 November 2026`."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return str(format_date(on, "EEEE, d MMMM y" if weekday else "d MMMM y", locale=lang))


def written_time(moment: str, lang: str) -> str:
    """`Selasa, 24 November 2026 pukul 09.30 WIB`, in Jakarta's time."""
    at = datetime.fromisoformat(moment).astimezone(WIB)
    day = written_day(at.date(), lang, weekday=True)
    return f"{day} pukul {at:%H.%M} WIB" if lang == "id" else f"{day}, {at:%H:%M} WIB"


def rupiah(amount: int) -> str:
    """`Rp10.000,00`."""
    return f"Rp{amount:,}".replace(",", ".") + ",00"


def masked(nik: str) -> str:
    """A NIK of which the middle is hidden: enough to recognize one's own, too little to use it."""
    if len(nik) < _NIK:
        return nik
    return f"{nik[:6]}{'*' * (len(nik) - 10)}{nik[-4:]}"


def listed(words: Sequence[str], last: str) -> str:
    """`a, b dan c`."""
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def printable(value: Any) -> Any:
    """The same content without characters that turn the reading order or that no file can carry, however deep."""
    if isinstance(value, str):
        return _UNCARRIED.sub("\ufffd", _TURNING.sub("", value))
    if isinstance(value, Mapping):
        return {name: printable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each) for each in value]
    return value
