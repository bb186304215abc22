"""What became of a day's supervision or of a month's report: the frozen figures and who did what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.envelope import Event
from eventlog.record import versions


def report(events: Sequence[Event]) -> Mapping[str, Any] | None:
    """All steps in order, and the figures of the newest one that froze some."""
    steps = [
        {
            "step": event.name,
            "at": event.time,
            "by": event.actor,
            "remark": event.data.get("remark"),
        }
        for event in events
    ]
    frozen = [event.data["figures"] for event in events if "figures" in event.data]
    return {"steps": steps, "figures": frozen[-1] if frozen else None, "versions": versions(events)}
