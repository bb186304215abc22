"""Escalation's tools, put together from its store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from contracts.command import Command, checked
from contracts.commands import COMMANDS
from contracts.envelope import Event, Fact, causal_order
from contracts.rules import SUBJECT as RULES
from contracts.rules import Rules, evolve_rules
from eventlog.broker import waiting
from eventlog.consume import Listener
from eventlog.handle import Decision, Handler
from eventlog.log import Appended
from eventlog.mongo.lease import Lease
from eventlog.mongo.own_view import OwnList, OwnView
from eventlog.rulebook import first_rules
from eventlog.settings import Settings
from eventlog.store import Store, new_id, utc_now
from services.escalation import decide, moves, timekeeping
from services.escalation.agenda import Agenda, Kind, clocks
from services.escalation.calendar import SUBJECT as CALENDAR
from services.escalation.calendar import Calendar, decreed_years, evolve_calendar, seeding
from services.escalation.consume import reactions
from services.escalation.duties import PREFIX as DUTIES
from services.escalation.duties import Duties
from services.escalation.explanation import explain
from services.escalation.found import FoundInView, found_by
from services.escalation.law import Law, LawBook
from services.escalation.project import notices
from services.escalation.query import Query
from services.escalation.recount import Part, Recount
from services.escalation.redress import PrivacyCases, Redress
from services.escalation.state import (
    Contested,
    DutyState,
    EntryState,
    ObjectionState,
    PrivacyState,
    RequestState,
    Standing,
    evolve,
    evolve_contested,
    evolve_duty,
    evolve_entry,
    evolve_objection,
    evolve_privacy,
    evolve_standing,
    relied_on,
)

S = TypeVar("S")
INBOX = "escalation.inbox"
LawfulDecision = Callable[..., Decision]
_PREVIEWED: Mapping[str, Callable[..., tuple[Fact, ...]]] = {
    "DeclareHolidays": decide.declare_holidays,
    "RevokeHoliday": decide.revoke_holiday,
    "EnactRule": decide.enact_rule,
    "EndRule": decide.end_rule,
}


@dataclass(frozen=True, slots=True)
class EscalationTools:
    """Follows escalation's orders, listens, and keeps the agenda."""

    handler: Handler[RequestState]
    entries: Handler[EntryState]
    listener: Listener
    agenda: Agenda
    law: Callable[[], Law]
    redress: Redress
    privacy: PrivacyCases
    calendar: Handler[Standing[Calendar]]
    rules: Handler[Standing[Rules]]
    recount: Recount
    query: Query
    duties: Duties

    def hear(self, event: Event) -> str:
        """Take in an event; what the office owes may begin or end with it."""
        heard = self.listener.hear(event)
        self.duties.hear(event)
        return heard

    def look(self, now: datetime) -> None:
        """Say what is due, and carry what a crash left behind."""
        self.duties.look(now)
        self.agenda.look(now)
        self.redress.carry_all()

    def follow(
        self, command: Command, decision: Callable[[Command, RequestState, datetime], Decision]
    ) -> Appended:
        """Follow an order."""
        return self.handler.obey(command, decision)

    def correct_regime(self, command: Command) -> Appended:
        """See decide.correct_regime. The objections about the request follow at once."""
        done = self.follow_by_law(command, decide.correct_regime)
        self.redress.follow_regimes()
        return done

    def explain(self, subject: str) -> dict[str, Any]:
        """See explanation.explain."""
        own, heard = self.handler.log.stream(subject), self.handler.inbox.about(subject)
        return explain(causal_order((*own, *heard)), self.law())

    def preview(self, command: Command, now: datetime) -> dict[str, Any]:
        """What an order about calendar or rules would move; it is refused as it would be, and nothing is written."""
        order = checked(COMMANDS[command.name], command)
        standing: Standing[Any] = (
            self.rules.known(RULES).state
            if COMMANDS[order.name].about == "rules"
            else self.calendar.known(CALENDAR).state
        )
        return self.query.preview(_PREVIEWED[order.name](order, standing, now), now)

    def follow_by_law(self, command: Command, decision: LawfulDecision) -> Appended:
        """Follow an order that rules and calendar have a say in."""
        return self.handler.obey(
            command, lambda order, state, now: decision(order, state, now, self.law())
        )

    def follow_by_list(self, command: Command, decision: LawfulDecision) -> Appended:
        """Follow an order that may rely on an entry of the exempt list, as far as was heard of it."""
        return self.handler.obey(
            command,
            lambda order, state, now: decision(order, state, now, self.law(), self._listed(state)),
        )

    def _listed(self, state: RequestState) -> EntryState:
        entry = relied_on(state)
        return self.entries.known(f"list-entry/{entry['entry']}").state if entry else EntryState()


def waiting_in(kinds: Sequence[Kind]) -> Callable[[Sequence[Event]], Mapping[str, Any]]:
    """What a stream has to be looked at for: a clock that runs, and what others have to find it by."""
    timed = clocks(kinds)
    return lambda events: {**timed(events), **found_by(events)}


def build(given: Settings, store: Store) -> EscalationTools:
    """The tools of one process."""
    law = LawBook(store.log)
    handler = handler_of(store, RequestState(), evolve)
    calendar = handler_of(store, Standing(Calendar()), evolve_standing(evolve_calendar))
    rules = handler_of(store, Standing(first_rules()), evolve_standing(evolve_rules))
    seed(calendar)
    # the clocks of an objection are folded as a request's are
    of_requests = (
        Kind(prefix, handler, timekeeping.reminders, moves.moved)
        for prefix in ("request/", "objection/")
    )
    owed = handler_of(store, DutyState(), evolve_duty)
    kinds = (*of_requests, Kind(DUTIES, owed, timekeeping.reminders, decide.move_duty))
    view, told = _views(store, kinds)
    found = FoundInView(view)
    found.prepare()
    recount = Recount(
        view,
        told,
        kinds,
        (Part(CALENDAR, calendar), Part(RULES, rules)),
        law,
        Lease(store.database, "recount", new_id()).hold,
    )
    return EscalationTools(
        handler=handler,
        entries=handler_of(store, EntryState(), evolve_entry),
        listener=Listener(INBOX, store.inbox, handler, reactions(law)),
        agenda=Agenda(view, kinds, law, lambda: waiting(given["amqp_uri"], INBOX) == 0),
        law=law,
        calendar=calendar,
        rules=rules,
        recount=recount,
        query=Query(store.log, law, told, recount),
        duties=Duties(owed, view, law),
        redress=Redress(
            objections=handler_of(store, ObjectionState(), evolve_objection),
            contested=handler_of(store, Contested(), evolve_contested),
            requests=handler,
            law=law,
            found=found,
        ),
        privacy=PrivacyCases(handler_of(store, PrivacyState(), evolve_privacy), law),
    )


def handler_of(store: Store, initial: S, evolve_: Callable[[S, Event], S]) -> Handler[S]:
    """Escalation's way of deciding about one kind of subject."""
    return Handler("escalation", store.log, store.inbox, initial, evolve_, utc_now, new_id)


def seed(calendar: Handler[Standing[Calendar]]) -> None:
    """Enter every decreed year into the calendar, once for ever, however many start at the same time."""
    for year in decreed_years():
        id_ = f"seed:calendar:{year}"
        if calendar.log.find(id_) is None:
            calendar.conclude(CALENDAR, id_, partial(_seeding, year))


def _seeding(year: int, standing: Standing[Calendar], _: datetime) -> Decision:
    return seeding(year, standing.now)


def _views(store: Store, kinds: Sequence[Kind]) -> tuple[OwnView, OwnList]:
    view = OwnView(store.database, "clocks", store.log, waiting_in(kinds))
    view.prepare("due_on", "open")
    told = OwnList(store.database, "notices", store.log, notices)
    told.prepare("name")
    told.documents.create_index([("open", 1), ("for", 1), ("_id", -1)])
    return view, told
