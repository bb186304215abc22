"""What escalation does when it hears of others' facts: it keeps the clocks.

Facts come in any order, so each reaction looks at all that is known: who was answered already gets no clock that runs
on, and a clock begins and ends on the days of the facts, not on those of their delivery.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from contracts.envelope import Event
from contracts.local import local_day
from eventlog.handle import Decision
from services.escalation import timekeeping
from services.escalation.law import Law
from services.escalation.state import UNKNOWN, RequestState

Reaction = Callable[[Event, RequestState, datetime], Decision]


def wait_for_papers(event: Event, state: RequestState, now: datetime, law: Law) -> Decision:
    """The applicant has been told what is missing: the clock for it starts with the notice."""
    if "completion" in state.clocks or state.phase != UNKNOWN:
        return ()
    return timekeeping.started("completion", local_day(event.time), local_day(now), law)


def start_answering(event: Event, state: RequestState, now: datetime, law: Law) -> Decision:
    """The request is complete: the clock runs from then, which is receipt where no paper was missing."""
    if "answer" in state.clocks:
        return ()
    complete_on = local_day(event.data["completed_at"])
    papers = timekeeping.stopped(state, "completion", event.name, local_day(event.time), law)
    return (*papers, *timekeeping.settled(state, "answer", complete_on, local_day(now), law))


def answer_again(event: Event, state: RequestState, now: datetime, law: Law) -> Decision:
    """A reopened request is answered like a new one: an open request never goes without a clock."""
    start, running = local_day(event.time), state.running("answer")
    if running and running.start_on >= start:
        return ()
    basis = f"{law.rules.days('ordinary.answer', start).legal_basis}, dihitung sejak dibuka kembali"
    return timekeeping.settled(state, "answer", start, local_day(now), law, basis)


def stop(_: Event, state: RequestState, __: datetime, law: Law) -> Decision:
    """The request was answered or has ended: no clock runs on."""
    return timekeeping.all_stopped(state, law)


_ANSWERS = {
    "IncompletenessNotified": wait_for_papers,
    "RequestSubmitted": start_answering,
    "Reopened": answer_again,
    "InformationDelivered": stop,
    "RequestLapsed": stop,
    "RequestWithdrawn": stop,
    "Closed": stop,
}


def reactions(law: Callable[[], Law]) -> Mapping[str, Reaction]:
    """Who reacts to what, by the law as it stands then."""

    def bound(answer: Callable[..., Decision]) -> Reaction:
        return lambda event, state, now: answer(event, state, now, law())

    return {name: bound(answer) for name, answer in _ANSWERS.items()}
