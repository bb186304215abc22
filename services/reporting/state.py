"""What reporting knows of a day's supervision and of a month's report."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.envelope import Event


@dataclass(frozen=True, slots=True)
class ReportState:
    """A report on its way; a day has only `supervised`."""

    supervised: int = 0
    issued: bool = False
    acknowledged: bool = False


def evolve(state: ReportState, event: Event) -> ReportState:
    """The report after one more event."""
    match event.name:
        case "DaySupervised":
            return replace(state, supervised=state.supervised + 1)
        case "ReportIssued":
            return replace(state, issued=True, acknowledged=False)
        case "ReportAcknowledged":
            return replace(state, acknowledged=True)
    return state
