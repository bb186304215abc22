"""How an event of an older version is read as one of today: stored events never change, their reading does.

An upcast is a pure function from the data of version n to the data of version n + 1. There is none yet; add the
first one to UPCASTS with a frozen example of the old version in contracts/examples/.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from contracts.envelope import Event, from_cloudevent

Upcast = Callable[[Mapping[str, Any]], Mapping[str, Any]]
# From the type of version n to the type of version n + 1 and the change of data between them.
UPCASTS: Mapping[str, tuple[str, Upcast]] = {}


def read_event(
    message: Mapping[str, Any], upcasts: Mapping[str, tuple[str, Upcast]] = UPCASTS
) -> Event:
    """An event in its newest version. Raises MalformedEvent for what is no event."""
    event = from_cloudevent(message)
    while event.type in upcasts:
        type_, upcast = upcasts[event.type]
        event = replace(event, type=type_, data=upcast(event.data))
    return event
