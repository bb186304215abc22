"""What escalation knows of an entry of the exempt list that a refusal relies on: whether it was revoked since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.envelope import Event
from services.escalation.state.requests import RequestState


@dataclass(frozen=True, slots=True)
class EntryState:
    """An entry as far as escalation has heard of it."""

    revoked: bool = False


def evolve_entry(state: EntryState, event: Event) -> EntryState:
    """The entry after one more event."""
    return EntryState(revoked=True) if event.name == "ListEntryRevoked" else state


def relied_on(state: RequestState) -> Mapping[str, Any] | None:
    """The copy of the entry that a decision relies on, or that a letter would; None where there is none."""
    return (state.decision or {}).get("basis") or state.basis
