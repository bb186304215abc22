"""How near a due date is, in working days. Escalation counts; pages only ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.gateway.orders import services

Shown = dict[str, Any]


def near(days: Iterable[str | None]) -> Shown:
    """`today`, `soon_until`, and in `left` how many working days are left until each day (less than 0: late)."""
    known = sorted({day for day in days if day})
    found: Shown = services().ask("escalation", "near", known)
    return found
