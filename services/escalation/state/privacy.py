"""What escalation knows of a case of personal data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from contracts.envelope import Event


@dataclass(frozen=True, slots=True)
class PrivacyState:
    """When it was opened, when it is due, and whether it was answered."""

    opened_at: datetime | None = None
    due_at: datetime | None = None
    settled: bool = False


def evolve_privacy(state: PrivacyState, event: Event) -> PrivacyState:
    """The case after one more event."""
    match event.name:
        case "PrivacyCaseOpened":
            return PrivacyState(
                datetime.fromisoformat(event.data["opened_at"]),
                datetime.fromisoformat(event.data["due_at"]),
            )
        case "PrivacyCaseSettled":
            return replace(state, settled=True)
    return state
