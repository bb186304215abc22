"""Redress: objections, disputes and court cases, and carrying what they order to their request.

An order stands on the objection first, and is then recorded on its request: two streams, two writes. A crash between
them is mended by `carry`, which the timer asks for; the id of the second write is made from the first, so that it
happens once. In the same way a regime that is corrected stands on the request first, and its objections follow; one
that was filed at that very moment follows when the timer looks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from contracts.command import Command
from contracts.envelope import Event
from contracts.local import local_day
from eventlog.handle import Decision, Handler
from eventlog.log import Appended
from services.escalation import decide
from services.escalation.found import Correction, Found
from services.escalation.law import Law
from services.escalation.state import Contested, ObjectionState, PrivacyState, RequestState

Decide = Callable[[Command, ObjectionState, datetime], Decision]


@dataclass(frozen=True, slots=True)
class Redress:
    """Follows every order about an objection."""

    objections: Handler[ObjectionState]
    contested: Handler[Contested]
    requests: Handler[RequestState]
    law: Callable[[], Law]
    found: Found
    _carried: set[str] = field(default_factory=set)

    def file(self, command: Command) -> Appended:
        """See decide.file_objection. The objection's id is made from the order's, so it is filed once."""
        id_ = f"objection/{uuid5(NAMESPACE_URL, f'terbuka:objection:{command.id}')}"

        def decision(order: Command, now: datetime) -> Decision:
            named = order.data.get("request")
            request = self._request(named) if named else None
            pending = self.found.pending(named, but=id_) if named else frozenset()
            return decide.file_objection(order, now, self.law(), request, pending)

        return self.objections.create(replace(command, subject=id_), decision)

    def answer(self, command: Command) -> Appended:
        """See decide.answer_objection."""
        return self._follow(
            command,
            lambda order, state, now: decide.answer_objection(
                order, state, now, self.law(), self._request(state.request)
            ),
        )

    def react(self, command: Command) -> Appended:
        """See decide.record_reaction."""
        return self._follow(command, self._timed(decide.record_reaction))

    def record_delivery(self, command: Command) -> Appended:
        """See decide.record_delivery."""
        return self._follow(command, decide.record_delivery)

    def open_dispute(self, command: Command) -> Appended:
        """See decide.open_dispute."""
        return self._follow(command, self._timed(decide.open_dispute))

    def settle_dispute(self, command: Command) -> Appended:
        """See decide.settle_dispute."""
        return self._follow(command, self._timed(decide.settle_dispute))

    def open_court_case(self, command: Command) -> Appended:
        """See decide.open_court_case."""
        return self._follow(command, self._timed(decide.open_court_case))

    def record_ruling(self, command: Command) -> Appended:
        """See decide.record_ruling."""
        return self._follow(command, self._timed(decide.record_ruling))

    def grounds(self, request: str, now: datetime) -> dict[str, Any]:
        """Which grounds a request gives today, and the last day on which an objection is in time."""
        state, today = self._request(request), local_day(now)
        ends_on = decide.window_ends_on(state, today, self.law())
        return {
            "grounds_open": list(decide.grounds_open(state, today)) if state.known else [],
            "window_ends_on": ends_on.isoformat() if ends_on else None,
        }

    def carry(self, objection: str) -> int:
        """Record every order of an objection on its request, unless it stands there; how many were new."""
        return sum(self._carry(event) for event in self.objections.log.stream(objection))

    def carry_all(self) -> int:
        """Carry what a crash left behind; how much that was."""
        orders = sum(self.carry(objection) for objection in self.found.ordering())
        return orders + self.follow_regimes()

    def follow_regimes(self) -> int:
        """Let every objection run on the regime that its request was corrected to; how many did not."""
        return sum(self._follow_regime(correction) for correction in self.found.corrections())

    def _follow_regime(self, correction: Correction) -> bool:
        written = (
            self.requests.conclude(  # the clocks of an objection are folded as a request's are
                correction.objection,
                f"regime<{correction.id}<{correction.objection}",
                lambda known, now: decide.follow_regime(correction.said, known, now, self.law()),
            )
        )
        return written is not None and not written.repeated

    def _carry(self, event: Event) -> bool:
        order = decide.order_in(event)
        if order is None or order.id in self._carried:
            return False
        request = self.objections.known(event.subject).state.request
        written = self._ordered(order, request) if request else None
        self._carried.add(order.id)
        return written is not None and not written.repeated

    def _ordered(self, order: decide.Order, request: str) -> Appended | None:
        state = self._request(request)
        if state.withdrawn:  # whoever took the request back wants no other decision
            return None
        return self.requests.conclude(
            f"request/{request}",
            f"ordered<{order.id}",
            lambda known, now: decide.order_decision(order, state.regime, known, now, self.law()),
        )

    def _follow(self, command: Command, decision: Decide) -> Appended:
        done = self.objections.obey(command, decision)
        self.carry(done.stream)
        return done

    def _timed(self, decision: Callable[..., Decision]) -> Decide:
        return lambda order, state, now: decision(order, state, now, self.law())

    def _request(self, id_: str) -> Contested:
        return self.contested.known(f"request/{id_}").state if id_ else Contested()


@dataclass(frozen=True, slots=True)
class PrivacyCases:
    """Follows every order about a case of personal data."""

    cases: Handler[PrivacyState]
    law: Callable[[], Law]

    def open(self, command: Command) -> Appended:
        """See decide.open_privacy_case. The case's id is made from the order's, so it is opened once."""
        id_ = uuid5(NAMESPACE_URL, f"terbuka:privacy:{command.id}")
        return self.cases.create(
            replace(command, subject=f"privacy/{id_}"),
            lambda order, now: decide.open_privacy_case(order, now, self.law()),
        )

    def settle(self, command: Command) -> Appended:
        """See decide.settle_privacy_case."""
        return self.cases.obey(command, decide.settle_privacy_case)
