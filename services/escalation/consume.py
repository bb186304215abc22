"""What escalation does when it hears of others' facts: it keeps the clocks.

Facts come in any order, so each reaction looks at all that is known: who was answered already gets no clock that runs
on, and a clock begins and ends on the days of the facts, not on those of their delivery. A fact that an order has
overtaken is not reacted to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from contracts.envelope import Event
from contracts.local import local_day
from eventlog.handle import Decision
from services.escalation import regimes, starts, timekeeping
from services.escalation.law import Law
from services.escalation.moves import moved
from services.escalation.state import UNKNOWN, RequestState
from services.escalation.timekeeping import ANSWER, COMPLETION

Reaction = Callable[[Event, RequestState, datetime], Decision]


def wait_for_papers(event: Event, state: RequestState, now: datetime, law: Law) -> Decision:
    """The applicant has been told what is missing: the clock for it starts with the notice.

    Where the request is complete already, only that the notice came too late still says anything.
    """
    today = local_day(now)
    if state.phase != UNKNOWN:
        return moved(state, law, today, cause="notice") if state.running(ANSWER) else ()
    if COMPLETION in state.clocks:
        return ()
    return timekeeping.started(COMPLETION, local_day(event.time), today, law)


def start_answering(event: Event, state: RequestState, now: datetime, law: Law) -> Decision:
    """The request is complete: its regime is chosen, and the clock runs from receipt, or from completeness."""
    if state.regime:
        return ()
    arrival, today = state.arrival, local_day(now)
    regime = regimes.chosen(arrival.topic, arrival.received_on, law.rules)
    known = replace(state, regime=regime.data["regime"])
    if ANSWER in state.clocks:  # it was reopened before this was heard of
        return (regime, *moved(known, law, today, cause="regime"))
    papers = timekeeping.stopped(state, COMPLETION, event.name, local_day(event.time), law)
    start = starts.of_answer(arrival, law)
    return (*papers, *timekeeping.settled(known, start, today, law), regime)


def answer_again(event: Event, state: RequestState, now: datetime, law: Law) -> Decision:
    """A reopened request is answered like a new one: an open request never goes without a clock."""
    start, running = local_day(event.time), state.running(ANSWER)
    if running and running.start_on >= start:
        return ()
    key = timekeeping.length_of(ANSWER, state.regime or regimes.ORDINARY)
    basis = f"{law.rules.days(key, start).legal_basis}, dihitung sejak dibuka kembali"
    return timekeeping.settled(state, start, local_day(now), law, basis)


def hand_over(event: Event, state: RequestState, now: datetime, law: Law) -> Decision:
    """The applicant has the information: no clock of the office's runs on, and theirs begins."""
    ended = timekeeping.all_stopped(state, law)
    return (*ended, *timekeeping.may_object(state, local_day(event.time), local_day(now), law))


def stop(_: Event, state: RequestState, __: datetime, law: Law) -> Decision:
    """The request was answered or has ended: no clock runs on."""
    return timekeeping.all_stopped(state, law)


_ANSWERS = {
    "IncompletenessNotified": wait_for_papers,
    "RequestSubmitted": start_answering,
    "Reopened": answer_again,
    "InformationDelivered": hand_over,
    "RequestLapsed": stop,
    "RequestWithdrawn": stop,
    "Closed": stop,
}


def reactions(law: Callable[[], Law]) -> Mapping[str, Reaction]:
    """Who reacts to what, by the law as it stands then."""

    def bound(answer: Callable[..., Decision]) -> Reaction:
        def react(event: Event, state: RequestState, now: datetime) -> Decision:
            return () if event.id in state.overtaken else answer(event, state, now, law())

        return react

    return {name: bound(answer) for name, answer in _ANSWERS.items()}
