"""The time it is, as a form's field of a moment takes it: the office's local time to the minute."""

from __future__ import annotations

from datetime import UTC, datetime

from contracts.local import WIB


def typed_now() -> str:
    """2026-08-12T09:10."""
    return datetime.now(UTC).astimezone(WIB).replace(tzinfo=None).isoformat(timespec="minutes")
