"""From a paper's content to its HTML, by the version of its template that was in use on its day.

A released template never changes: what was handed out must print the same again. What is fixed on a paper changes by a new
version with its first day in VERSIONS (docs/how-to/change-a-letter.md); the office's own words are rules (contracts/wording.py).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

FOLDER = Path(__file__).with_name("templates")
FIRST = 1
_LONG = re.compile(r"\S{40}|(?:\S{0,39}\s+)+\S{0,39}|\S+")
_EMPTY_LINES = re.compile(r"\r?\n[ \t]*\r?\n\s*")
# From which day on later versions are used: {"receipt": ((date(2027, 1, 4), 2),)}.
VERSIONS: Mapping[str, tuple[tuple[date, int], ...]] = {}


def html_of(content: Mapping[str, Any], on: date) -> str:
    """One well-formed document. Whatever people typed stands in it as text."""
    name = f"{content['kind']}/v{version(content['kind'], on)}.{content['lang']}.html"
    style = Markup(_style())  # noqa: S704  # ours
    picture = _qr(content) if content.get("tracking") else ""
    return _templates().get_template(name).render(**content, style=style, qr=picture)


def version(kind: str, on: date) -> int:
    """Which version of a template a paper of a day is made by."""
    used = [number for first, number in VERSIONS.get(kind, ()) if first <= on]
    return used[-1] if used else FIRST


@cache
def _templates() -> ImmutableSandboxedEnvironment:
    templates = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    templates.filters["lines"] = lines_of
    templates.filters["paragraphs"] = paragraphs_of
    return templates


@cache
def _style() -> str:
    return (FOLDER / "parts" / "style.css").read_text(encoding="utf-8")


def lines_of(text: str) -> Markup:
    """Text of several lines. Words without end may be broken: to find out where takes a second for ten thousand letters."""
    return Markup("<br/>").join(
        Markup("<wbr/>").join(_LONG.findall(line)) for line in str(text).splitlines()
    )


def paragraphs_of(text: str) -> Markup:
    """Text in paragraphs: an empty line begins the next."""
    found = (each for each in _EMPTY_LINES.split(text.strip()) if each)
    return Markup("\n").join(Markup("<p>{}</p>").format(lines_of(each)) for each in found)


def _qr(content: Mapping[str, Any]) -> str:
    """The status page with the number, never with the secret, as a picture that stands in the document itself."""
    picture = BytesIO()
    address = f"{content['status_page']}?number={content['tracking']}"
    segno.make(address, error="m").save(picture, kind="png", scale=8, border=2)
    return f"data:image/png;base64,{b64encode(picture.getvalue()).decode()}"
