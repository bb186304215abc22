"""What was sent to the applicant and what became of it, as the view of the request shows it: in the order of recording. Pure."""

from __future__ import annotations

from typing import Any

from contracts.envelope import Event

Shown = dict[str, Any]
NAME = "DeliveryRecorded"


def recorded(shown: Shown, event: Event) -> Shown:
    """One more. It changes no state."""
    told = {**event.data, "recorded_at": event.time, "recorded_by": event.actor}
    return {**shown, "deliveries": (*shown["deliveries"], told)}
