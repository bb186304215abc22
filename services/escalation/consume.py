"""What escalation does when it hears of others' facts: it keeps the clocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from contracts.envelope import Event
from contracts.local import local_day
from eventlog.handle import Decision
from services.escalation import clock, timekeeping
from services.escalation.clock import WorkingDay
from services.escalation.state import RequestState

Reaction = Callable[[Event, RequestState, datetime], Decision]


def wait_for_papers(
    event: Event, state: RequestState, now: datetime, working: WorkingDay
) -> Decision:
    """The applicant has been told what is missing: the clock for it starts with the notice."""
    if "completion" in state.clocks:
        return ()
    return timekeeping.started("completion", local_day(event.time), local_day(now), working)


def start_answering(
    event: Event, state: RequestState, now: datetime, working: WorkingDay
) -> Decision:
    """The request is complete: the clock runs from receipt, or from completion when papers were missing."""
    if "answer" in state.clocks:
        return ()
    papers = timekeeping.stopped(state, "completion", event.name, now, working)
    began = event.data["completed_at"] if papers else event.data["received_at"]
    return (*papers, *timekeeping.started("answer", local_day(began), local_day(now), working))


def answer_again(event: Event, state: RequestState, now: datetime, working: WorkingDay) -> Decision:
    """A reopened request is answered like a new one: an open request never goes without a clock."""
    if state.running("answer"):
        return ()
    start = local_day(event.time)
    return timekeeping.started("answer", start, local_day(now), working, clock.REOPENING_BASIS)


def stop(event: Event, state: RequestState, now: datetime, working: WorkingDay) -> Decision:
    """The request was answered or has ended: no clock runs on."""
    return timekeeping.all_stopped(state, event.name, now, working)


_ANSWERS = {
    "IncompletenessNotified": wait_for_papers,
    "RequestSubmitted": start_answering,
    "Reopened": answer_again,
    "InformationDelivered": stop,
    "RequestLapsed": stop,
    "RequestWithdrawn": stop,
    "Closed": stop,
}


def reactions(working: WorkingDay) -> Mapping[str, Reaction]:
    """Who reacts to what, with a calendar."""

    def bound(answer: Callable[..., Decision]) -> Reaction:
        return lambda event, state, now: answer(event, state, now, working)

    return {name: bound(answer) for name, answer in _ANSWERS.items()}
