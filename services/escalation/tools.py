"""Escalation's tools, put together from its store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from contracts.command import Command
from eventlog.broker import waiting
from eventlog.consume import Listener
from eventlog.handle import Decision, Handler
from eventlog.log import Appended
from eventlog.mongo.own_view import OwnView
from eventlog.settings import Settings
from eventlog.store import Store, new_id, utc_now
from services.escalation import decide
from services.escalation.agenda import Agenda, earliest_due
from services.escalation.consume import reactions
from services.escalation.law import Law, LawBook
from services.escalation.state import RequestState, evolve

INBOX = "escalation.inbox"
TimedDecision = Callable[..., Decision]


@dataclass(frozen=True, slots=True)
class EscalationTools:
    """Follows escalation's orders, listens, and keeps the agenda."""

    handler: Handler[RequestState]
    listener: Listener
    agenda: Agenda
    law: Callable[[], Law]

    def follow(
        self, command: Command, decision: Callable[[Command, RequestState, datetime], Decision]
    ) -> Appended:
        """Follow an order."""
        return self.handler.obey(command, decision)

    def extend(self, command: Command) -> Appended:
        """See decide.extend."""
        return self._follow_timed(command, decide.extend)

    def notify(self, command: Command) -> Appended:
        """See decide.notify."""
        return self._follow_timed(command, decide.notify)

    def _follow_timed(self, command: Command, decision: TimedDecision) -> Appended:
        return self.handler.obey(
            command, lambda order, state, now: decision(order, state, now, self.law())
        )


def build(given: Settings, store: Store) -> EscalationTools:
    """The tools of one process."""
    law = LawBook(store.log)
    handler = Handler("escalation", store.log, store.inbox, RequestState(), evolve, utc_now, new_id)
    listener = Listener(INBOX, store.inbox, handler, reactions(law))
    view = OwnView(store.database, "agenda", store.log, earliest_due)
    view.prepare("due_on")
    return EscalationTools(
        handler,
        listener,
        Agenda(view, handler, law, lambda: waiting(given["amqp_uri"], INBOX) == 0),
        law,
    )
