"""The view of a case of personal data: what was asked or happened, by when it is due, and whether it was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from contracts.envelope import Event
from services.register.project.traces import traces


def privacy_case(events: Sequence[Event]) -> Mapping[str, Any] | None:
    """A case as it stands; None before it was opened. `due` is the due time in UTC, to be compared with."""
    shown: dict[str, Any] = {}
    for event in events:
        if event.name == "PrivacyCaseOpened":
            due = datetime.fromisoformat(event.data["due_at"]).astimezone(UTC).isoformat()
            shown = {
                **event.data,
                "entered_by": event.actor,
                "due": due,
                "state": "open",
                "settlement": None,
            }
        elif event.name == "PrivacyCaseSettled" and shown:
            shown = {**shown, "state": "settled", "settlement": dict(event.data)}
    return {**shown, **traces(events)} if shown else None
