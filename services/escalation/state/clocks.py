"""The clocks of a request or an objection, folded from their own facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from contracts.envelope import Event, Fact

Clocks = Mapping[str, "Clock"]
# A date that is another now is reminded of anew.
_ANEW = {"approached": False, "due_today": False, "missed": False}


@dataclass(frozen=True, slots=True)
class Clock:
    """One running or stopped clock, with all that its due date follows from."""

    start_on: date
    due_on: date
    days: int = 0
    regime: str = "ordinary"
    target_on: date | None = None
    from_receipt: bool = (
        False  # the first clock of an answer: its start follows from how the request came in
    )
    extension: int = 0
    extended: bool = False
    approached: bool = False
    due_today: bool = False
    missed: bool = False
    stopped: bool = False


def no_clocks() -> Clocks:
    """Before any was set."""
    return MappingProxyType({})


def evolve_clocks(
    clocks: Clocks, event: Event | Fact, regime: str = "", reopened_on: date | None = None
) -> Clocks:
    """The clocks after one more event; `regime` is the one that the request runs on now."""
    data = event.data
    match event.name:
        case "DeadlineSet":
            return _with(clocks, data["clock"], _set(data, clocks, reopened_on))
        case "DeadlineExtended":
            more = {**_dates(data), "extended": True, "extension": data["days"]}
            return _changed(clocks, data, {**_ANEW, **more})
        case "DeadlineMoved":
            return _changed(clocks, data, {**_ANEW, **_moved(data, regime)})
        case "DeadlineApproached" if data.get("stage") == "today":
            return _changed(clocks, data, {"due_today": True})
        case "DeadlineApproached":
            return _changed(clocks, data, {"approached": True})
        case "DeadlineMissed":
            return _changed(clocks, data, {"missed": True})
        case "ClockStopped":
            return _changed(clocks, data, {"stopped": True})
    return clocks


def _set(data: Mapping[str, Any], clocks: Clocks, reopened_on: date | None) -> Clock:
    start_on = date.fromisoformat(data["start_on"])
    # A reopening may be heard of before the receipt: then the first clock of an answer is not the receipt's.
    anew = reopened_on is not None and start_on >= reopened_on
    return Clock(
        start_on=start_on,
        days=data["days"],
        regime=data["regime"],
        from_receipt=data["clock"] == "answer" and data["clock"] not in clocks and not anew,
        **_dates(data),
    )


def _dates(data: Mapping[str, Any]) -> dict[str, Any]:
    target = data.get("target_on")
    return {
        "due_on": date.fromisoformat(data["due_on"]),
        "target_on": date.fromisoformat(target) if target else None,
    }


def _moved(data: Mapping[str, Any], regime: str) -> dict[str, Any]:
    changed = _dates(data)
    if data.get("start_on"):
        changed["start_on"] = date.fromisoformat(data["start_on"])
    changed |= {name: data[name] for name in ("days", "extension") if data.get(name)}
    return {**changed, "regime": regime} if regime and data["cause"] == "regime" else changed


def _changed(clocks: Clocks, data: Mapping[str, Any], changes: Mapping[str, Any]) -> Clocks:
    return _with(clocks, data["clock"], replace(clocks[data["clock"]], **changes))


def _with(clocks: Clocks, name: str, clock: Clock) -> Clocks:
    return MappingProxyType({**clocks, name: clock})
