"""How a number of a series is written: by a pattern that the office may change, with a roman month as its letters have.

A pattern names `{serial}` (which may be padded: `{serial:04d}`) and `{year}`, else two lines of the book could have one
number; `{month}` and `{office}` are optional. It can name nothing else. Pure.
"""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

from contracts.errors import Rejected

MOST = 60
OFFICE = "PPID-KPU-DKI"
BLANK = "........"
_SERIAL = re.compile(r"\{serial[^}]*\}")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# The longest padding keeps a number shorter than the field that carries it.
_FORMATS = {
    "serial": re.compile(r"(0?\d)?d?"),
    "month": re.compile(""),
    "year": re.compile(""),
    "office": re.compile(""),
}
_NEEDED = frozenset({"serial", "year"})


def write(pattern: str, serial: int, day: date, office: str = OFFICE) -> str:
    """`KBR-0007/PPID-KPU-DKI/VIII/2026`. Raises Rejected for a pattern that cannot be followed."""
    require_pattern(pattern)
    return pattern.format(serial=serial, **_of_the_day(day, office))


def unnumbered(pattern: str, day: date, office: str = OFFICE) -> str:
    """`......../HM.03-SD/31/2026`: a number whose serial somebody fills in by hand. Raises Rejected as `write` does."""
    require_pattern(pattern)
    return _SERIAL.sub(BLANK, pattern).format(**_of_the_day(day, office))


def _of_the_day(day: date, office: str) -> dict[str, object]:
    return {"month": _ROMAN[day.month - 1], "year": day.year, "office": office}


def require_pattern(pattern: str) -> None:
    """Raises Rejected for a pattern that names something else, or lacks the serial or the year."""
    if len(pattern) > MOST or not _named(pattern) >= _NEEDED:
        raise _wrong(pattern)


def _named(pattern: str) -> set[str]:
    try:
        parts = [part[1:] for part in Formatter().parse(pattern) if part[1] is not None]
    except ValueError:
        raise _wrong(pattern) from None
    if not all(_plain(*part) for part in parts):
        raise _wrong(pattern)
    return {str(name) for name, _, _ in parts}


def _plain(name: str | None, form: str | None, conversion: str | None) -> bool:
    known = _FORMATS.get(name or "")
    return known is not None and conversion is None and known.fullmatch(form or "") is not None


def _wrong(pattern: str) -> Rejected:
    return Rejected(
        "rule_value_wrong",
        f"A number is written with {{serial}}, {{month}} and {{year}}, not as {pattern[:MOST]!r}.",
        {"pattern": ["Cannot be followed."]},
    )
