"""Files kept with a request: in which parts they travel and lie, and which of them may leave the office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Of one part. Every part but the last is full; a message with one stays below 400 KB.
PART_BYTES = 256 * 1024
# Of one file, whatever the rules allow.
MOST_BYTES = 100 * 1024 * 1024
SIGNED = "signed_paper"
SCANNED, INFECTED, NOT_SCANNED = "clean", "infected", "not_scanned"


def parts_of(size: int) -> int:
    """How many parts a file of some bytes has."""
    return -(-size // PART_BYTES)


def sendable(attachment: Mapping[str, Any]) -> bool:
    """Whether a file may be sent or handed over: only what a scanner found clean. What nobody scanned stays inside."""
    return bool(attachment.get("scanned") == SCANNED)


def signs_wrongly(kind: str | None, signs: str | None) -> str:
    """What is wrong with which paper a file signs; "" when nothing is: a signed paper says which, and nothing else does."""
    if (kind == SIGNED) == bool(signs):
        return ""
    return "Say which paper was signed." if kind == SIGNED else "Only a signed paper."
