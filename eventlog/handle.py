"""How a service follows an order and how it reacts to a fact: load, answer if done, decide, record, append.

What is decided is the service's own pure function. This file only promises that it sees everything the service knows
of the subject, in causal order, and that its facts are written once, at the version they were decided on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from time import monotonic, sleep
from typing import Generic, TypeVar

from contracts.command import Actor, Command
from contracts.envelope import Event, causal_order
from contracts.errors import Rejected
from contracts.roles import SYSTEM
from eventlog.decision import Claimed, Decision, Numbered, taken_by
from eventlog.log import Appended, Commit, Conflict, Inbox, Log
from eventlog.record import Circumstances, latest_clock, record, versions

__all__ = ["Claimed", "Decision", "Handler", "Known", "Numbered", "reaction_id"]
S = TypeVar("S")
ATTEMPTS = 10
CATCH_UP_SECONDS = 3.0
LOOK_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Known(Generic[S]):
    """A subject as the service sees it now."""

    state: S
    own: int
    clock: int
    versions: dict[str, int]


@dataclass(frozen=True, slots=True)
class Handler(Generic[S]):
    """One service's way of deciding. `evolve` folds an event into a state; `initial` is the state before any."""

    service: str
    log: Log
    inbox: Inbox
    initial: S
    evolve: Callable[[S, Event], S]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    sleep: Callable[[float], object] = sleep

    def known(self, subject: str) -> Known[S]:
        """Everything this service knows of a subject, folded in causal order."""
        return self._folded(self.log.stream(subject), self.inbox.about(subject))

    def known_all(self, subjects: Sequence[str]) -> dict[str, Known[S]]:
        """The same of many subjects, read together."""
        own, heard = self.log.streams(subjects), self.inbox.about_all(subjects)
        return {subject: self._folded(own[subject], heard[subject]) for subject in subjects}

    def _folded(self, own: Sequence[Event], heard: Sequence[Event]) -> Known[S]:
        events = causal_order((*own, *heard))
        state = reduce(self.evolve, events, self.initial)
        return Known(state, len(own), latest_clock(events), versions(events))

    def obey(
        self, command: Command, decide: Callable[[Command, S, datetime], Decision]
    ) -> Appended:
        """Follow an order once. Raises Rejected, and then nothing was written."""
        done = self.log.find(command.id)
        if done:
            return _same(done, command)
        return _same(self._retry(lambda: self._obey(command, decide)), command)

    def create(self, command: Command, decide: Callable[[Command, datetime], Decision]) -> Appended:
        """Follow an order that creates its subject, once.

        There is nothing to load: a subject whose id is made from the order's exists only if the order was followed
        before, and then the log answers with the first result; also where by now it would be refused.
        """
        now = self.now()
        nothing = Known(self.initial, 0, 0, {})
        given = self._circumstances(command, now)
        try:
            decision = decide(command, now)
        except Rejected:
            done = self.log.find(command.id)
            if done is None:
                raise
            return _same(done, command)
        return _same(self.log.append(self._commit(decision, given, nothing, command)), command)

    def react(
        self, event: Event, decide: Callable[[Event, S, datetime], Decision]
    ) -> Appended | None:
        """Answer a fact with facts of one's own, once an event; None when there is nothing to say."""
        id_ = reaction_id(self.service, event)
        return self._retry(
            lambda: self._conclude(
                event.subject, id_, event, lambda state, now: decide(event, state, now)
            )
        )

    def conclude(
        self, subject: str, id_: str, decide: Callable[[S, datetime], Decision]
    ) -> Appended | None:
        """Record what follows from the passing of time, once an id; None when there is nothing to say."""
        return self._retry(lambda: self._conclude(subject, id_, None, decide))

    def _obey(
        self, command: Command, decide: Callable[[Command, S, datetime], Decision]
    ) -> Appended:
        known = self._caught_up(command)
        now = self.now()
        decision = decide(command, known.state, now)
        return self.log.append(
            self._commit(decision, self._circumstances(command, now), known, command)
        )

    def _circumstances(self, command: Command, now: datetime) -> Circumstances:
        return Circumstances(
            service=self.service,
            subject=command.subject,
            now=now,
            actor=str(command.actor),
            causationid=command.id,
            correlationid=command.correlationid or command.subject,
            traceparent=command.traceparent,
            new_id=self.new_id,
        )

    def _caught_up(self, command: Command) -> Known[S]:
        """The subject, once this service knows what the orderer knew. Raises Rejected when it never gets there."""
        deadline = monotonic() + CATCH_UP_SECONDS
        while _behind(known := self.known(command.subject), command, self.service):
            if monotonic() > deadline:
                raise Rejected(
                    "service_unavailable", f"{self.service} has not caught up yet. Try again."
                )
            self.sleep(LOOK_SECONDS)
        _refuse_stale(known, command, self.service)
        return known

    def _conclude(
        self, subject: str, id_: str, cause: Event | None, decide: Callable[[S, datetime], Decision]
    ) -> Appended | None:
        """Decide on the system's own account; what caused it is an event, or time."""
        known = self.known(subject)
        now = self.now()
        decision = decide(known.state, now)
        if not decision:
            return None
        return self.log.append(self.conclusion(subject, id_, cause, known, decision, now))

    def conclusion(
        self,
        subject: str,
        id_: str,
        cause: Event | None,
        known: Known[S],
        decision: Decision,
        now: datetime,
    ) -> Commit:
        """What is written when the system concludes something of its own accord."""
        order = Command(
            name="",
            id=id_,
            fingerprint="",
            actor=Actor(self.service, SYSTEM),
            subject=subject,
            data={},
            correlationid=cause.correlationid if cause else subject,
            traceparent=cause.traceparent if cause else "",
        )
        given = replace(self._circumstances(order, now), causationid=cause.id if cause else id_)
        return self._commit(decision, given, known, order)

    def _commit(
        self, decision: Decision, given: Circumstances, known: Known[S], command: Command
    ) -> Commit:
        facts, numbers = taken_by(decision)
        return Commit(
            stream=given.subject,
            expected=known.own,
            command_id=command.id,
            fingerprint=command.fingerprint,
            events=lambda number: record(facts(number), given, known.own, known.clock),
            **numbers,
        )

    @staticmethod
    def _retry(attempt: Callable[[], Appended | None]) -> Appended | None:
        for _ in range(ATTEMPTS - 1):
            try:
                return attempt()
            except Conflict:
                continue
        return attempt()


def reaction_id(service: str, event: Event) -> str:
    """The command id of a reaction: it makes the reaction happen once, however often the event comes."""
    return f"{service}<{event.id}"


def _same(result: Appended | None, command: Command) -> Appended:
    if result is None:
        raise AssertionError("an order always has a result")
    if result.fingerprint != command.fingerprint:
        raise Rejected(
            "idempotency_key_reused", "This Idempotency-Key was used with another request."
        )
    return result


def _behind(known: Known[S], command: Command, service: str) -> bool:
    """Whether the orderer had seen facts of others that this service has not heard yet."""
    seen = command.seen or {}
    return any(
        known.versions.get(name, 0) < version for name, version in seen.items() if name != service
    )


def _refuse_stale(known: Known[S], command: Command, service: str) -> None:
    """Whoever orders must have seen all that this service knows."""
    if command.seen is None:
        return
    unseen = {
        name for name, version in known.versions.items() if version > command.seen.get(name, 0)
    }
    if unseen or command.seen.get(service, 0) != known.own:
        raise Rejected("stale_version", "The request has changed since it was read. Read it again.")
