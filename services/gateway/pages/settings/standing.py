"""Where a dated rule stands today, and in which order its periods are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ORDER = ("now", "coming", "past", "gone")


def standing(period: Mapping[str, Any], today: str) -> str:
    """Whether a period is over (`past`), runs (`now`) or is `coming`; days compare as they are written."""
    if period["valid_from"] > today:
        return "coming"
    return "past" if period["valid_to"] and period["valid_to"] < today else "now"


def standing_order(period: Mapping[str, Any]) -> tuple[int, str]:
    """What runs first, then what comes, what is over and what was replaced; each by its first day."""
    return ORDER.index(period["standing"]), period["valid_from"]
