"""What intake does when it hears of others' facts."""

from __future__ import annotations

from datetime import datetime

from contracts.envelope import Event, Fact
from eventlog.handle import Decision
from services.intake.state import INCOMPLETE, RequestState


def lapse(event: Event, state: RequestState, _: datetime) -> Decision:
    """The time for the missing papers is over: the request is not processed."""
    if event.data["clock"] != "completion" or state.phase != INCOMPLETE:
        return ()
    return (
        Fact("RequestLapsed", {"missing": list(state.missing), "due_on": event.data["due_on"]}),
    )


REACTIONS = {"DeadlineMissed": lapse}
