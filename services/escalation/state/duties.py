"""What escalation knows of a duty of the office for one period: its clock, and since when it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from contracts.envelope import Event
from services.escalation.state.clocks import Clock, Clocks, evolve_clocks, no_clocks


@dataclass(frozen=True, slots=True)
class DutyState:
    """A duty has one clock, of its own name."""

    clocks: Clocks = field(default_factory=no_clocks)
    done_on: date | None = None

    def running(self, name: str) -> Clock | None:
        """Its clock, if it runs."""
        found = self.clocks.get(name)
        return found if found and not found.stopped else None


def evolve_duty(state: DutyState, event: Event) -> DutyState:
    """The duty after one more event."""
    done_on = state.done_on
    if event.name == "ClockStopped":
        done_on = date.fromisoformat(event.data["stopped_on"])
    return DutyState(evolve_clocks(state.clocks, event), done_on)
