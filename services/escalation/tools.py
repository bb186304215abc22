"""Escalation's tools, put together from its store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from contracts.command import Command
from contracts.envelope import Event
from eventlog.broker import waiting
from eventlog.consume import Listener
from eventlog.handle import Decision, Handler
from eventlog.log import Appended
from eventlog.mongo.own_view import OwnView
from eventlog.settings import Settings
from eventlog.store import Store, new_id, utc_now
from services.escalation.agenda import Agenda, earliest_due
from services.escalation.consume import reactions
from services.escalation.law import Law, LawBook
from services.escalation.redress import PrivacyCases, Redress, orders_of
from services.escalation.state import (
    Contested,
    ObjectionState,
    PrivacyState,
    RequestState,
    evolve,
    evolve_contested,
    evolve_objection,
    evolve_privacy,
)

INBOX = "escalation.inbox"
LawfulDecision = Callable[..., Decision]


@dataclass(frozen=True, slots=True)
class EscalationTools:
    """Follows escalation's orders, listens, and keeps the agenda."""

    handler: Handler[RequestState]
    listener: Listener
    agenda: Agenda
    law: Callable[[], Law]
    redress: Redress
    privacy: PrivacyCases
    view: OwnView

    def look(self, now: datetime) -> None:
        """Say what is due, and carry what a crash left behind."""
        self.agenda.look(now)
        self.redress.carry_all(self.view)

    def follow(
        self, command: Command, decision: Callable[[Command, RequestState, datetime], Decision]
    ) -> Appended:
        """Follow an order."""
        return self.handler.obey(command, decision)

    def follow_by_law(self, command: Command, decision: LawfulDecision) -> Appended:
        """Follow an order that rules and calendar have a say in."""
        return self.handler.obey(
            command, lambda order, state, now: decision(order, state, now, self.law())
        )


def waiting_in(events: Sequence[Event]) -> Mapping[str, Any]:
    """What a stream has to be looked at for: a clock that runs, an order to be carried."""
    return {**earliest_due(events), **orders_of(events)}


def build(given: Settings, store: Store) -> EscalationTools:
    """The tools of one process."""
    law = LawBook(store.log)
    handler = Handler("escalation", store.log, store.inbox, RequestState(), evolve, utc_now, new_id)
    listener = Listener(INBOX, store.inbox, handler, reactions(law))
    view = OwnView(store.database, "agenda", store.log, waiting_in)
    view.prepare("due_on", "orders")
    another = partial(Handler, "escalation", store.log, store.inbox, now=utc_now, new_id=new_id)
    return EscalationTools(
        handler,
        listener,
        Agenda(view, handler, law, lambda: waiting(given["amqp_uri"], INBOX) == 0),
        law,
        Redress(
            objections=another(initial=ObjectionState(), evolve=evolve_objection),
            contested=another(initial=Contested(), evolve=evolve_contested),
            requests=handler,
            law=law,
        ),
        PrivacyCases(another(initial=PrivacyState(), evolve=evolve_privacy), law),
        view,
    )
