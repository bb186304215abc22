"""The view of an entry of the list of public or of exempt information."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.envelope import Event
from eventlog.record import versions


def entry(events: Sequence[Event]) -> Mapping[str, Any] | None:
    """An entry as it stands; None before it was published."""
    shown: dict[str, Any] = {}
    for event in events:
        if event.name == "ListEntryPublished":
            shown = {
                **event.data,
                "published_at": event.time,
                "revoked_at": None,
                "revocation": None,
            }
        elif event.name == "ListEntryRevoked" and shown:
            shown = {**shown, "revoked_at": event.time, "revocation": event.data["reason"]}
    if not shown:
        return None
    known = versions(events)
    return {**shown, "versions": known, "version": f"classification{known['classification']}"}
