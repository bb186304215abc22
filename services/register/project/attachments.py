"""The files of a request as its view shows them: those that are kept, the oldest first. Pure."""

from __future__ import annotations

from typing import Any

from contracts.envelope import Event

Shown = dict[str, Any]


def kept(shown: Shown, event: Event) -> Shown:
    """One more."""
    file = {name: value for name, value in event.data.items() if name != "attachment"}
    told = {"id": event.data["attachment"], **file, "kept_at": event.time, "kept_by": event.actor}
    return {**shown, "attachments": (*shown["attachments"], told)}


def dropped(shown: Shown, event: Event) -> Shown:
    """One less. That it was there stands in the timeline."""
    gone = event.data["attachment"]
    left = tuple(each for each in shown["attachments"] if each["id"] != gone)
    return {**shown, "attachments": left}
