"""Whether all papers are there."""

from __future__ import annotations

from collections.abc import Iterable


def missing(papers: Iterable[str], documents: Iterable[str]) -> tuple[str, ...]:
    """The papers still missing, in the order in which the form asks for them."""
    present = set(documents)
    return tuple(kind for kind in papers if kind not in present)
