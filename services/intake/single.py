"""A person as single fields, each of which is encrypted by itself, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PAPER = "documents:"


def flat(person: Mapping[str, Any]) -> dict[str, str]:
    """A person as single fields; the numbers of papers as `documents:kind`."""
    single = {name: value for name, value in person.items() if isinstance(value, str)}
    papers = person.get("documents") or {}
    return {**single, **{f"{PAPER}{kind}": number for kind, number in papers.items() if number}}


def deep(fields: Mapping[str, str]) -> dict[str, Any]:
    """The opposite of flat."""
    papers = {
        name.removeprefix(PAPER): value for name, value in fields.items() if name.startswith(PAPER)
    }
    return {
        **{name: value for name, value in fields.items() if ":" not in name},
        "documents": papers,
    }
