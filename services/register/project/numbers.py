"""The view of the numbers of a year: the blocks reserved for paper forms, and the forms that were spoilt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.envelope import Event
from services.register.project.traces import traces

Shown = dict[str, Any]


def numbers(events: Sequence[Event]) -> Mapping[str, Any] | None:
    """The blocks and the void serials, each as it was ordered; None before the first block is known."""
    blocks = [_told(event) for event in events if event.name == "NumbersReserved"]
    void = [_told(event) for event in events if event.name == "NumberVoided"]
    if not blocks:
        return None
    return {
        "year": blocks[0]["year"],
        "blocks": sorted(blocks, key=lambda block: int(block["first"])),
        "void": sorted(void, key=lambda line: int(line["serial"])),
        **traces(events),
    }


def _told(event: Event) -> Shown:
    """`order` finds again what one order did."""
    return {**event.data, "at": event.time, "by": event.actor, "order": event.causationid}
