"""What was sent to people and what became of it, as the view of a request or an objection shows it: in the order of recording. Pure."""

from __future__ import annotations

from typing import Any

from contracts.envelope import Event

Shown = dict[str, Any]
OF_REQUEST, OF_OBJECTION = "DeliveryRecorded", "ObjectionDeliveryRecorded"
NAMES = (OF_REQUEST, OF_OBJECTION)


def recorded(shown: Shown, event: Event) -> Shown:
    """One more. It changes no state."""
    told = {**event.data, "recorded_at": event.time, "recorded_by": event.actor}
    return {**shown, "deliveries": (*shown["deliveries"], told)}
