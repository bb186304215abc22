"""Classification's tools, put together from its store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from contracts.command import Command
from contracts.envelope import Event
from contracts.rules import Rules
from eventlog.consume import Listener
from eventlog.handle import Decision, Handler, reaction_id
from eventlog.log import Appended
from eventlog.rulebook import HEARD, Rulebook
from eventlog.settings import Settings
from eventlog.store import Store, new_id, utc_now
from services.classification import decide
from services.classification.consume import opens, publish_opened
from services.classification.state import EntryState, RequestState, evolve, evolve_entry

Classifying = Callable[[Command, RequestState, datetime, EntryState], Decision]


@dataclass(frozen=True, slots=True)
class ClassificationTools:
    """Follows classification's orders, listens, and puts on the public list what others have opened."""

    requests: Handler[RequestState]
    entries: Handler[EntryState]
    listener: Listener
    rules: Callable[[], Rules]

    def classify(self, command: Command) -> Appended:
        """See decide.classify."""
        return self._follow(command, decide.classify)

    def flag_exemption(self, command: Command) -> Appended:
        """See decide.flag_exemption."""
        return self._follow(command, decide.flag_exemption)

    def _follow(self, command: Command, decision: Classifying) -> Appended:
        """The entry that is named is read as it stands now."""
        named = command.data.get("list_entry")

        def decided(order: Command, state: RequestState, now: datetime) -> Decision:
            entry = self.entries.known(f"list-entry/{named}").state if named else EntryState()
            return decision(order, state, now, entry)

        return self.requests.obey(command, decided)

    def hear(self, event: Event) -> str:
        """Take in an event; see consume.publish_opened for the one kind that is answered."""
        heard = self.listener.hear(event)
        if opens(event):
            self.entries.conclude(
                opened_entry(event),
                reaction_id("classification", event),
                lambda state, _: publish_opened(event, state),
            )
        return heard

    def publish_entry(self, command: Command) -> Appended:
        """See decide.publish_entry. The entry's id is made from the order's, so it is published once."""
        entry = uuid5(NAMESPACE_URL, f"terbuka:list-entry:{command.id}")
        return self.entries.create(
            replace(command, subject=f"list-entry/{entry}"),
            lambda order, now: decide.publish_entry(order, now, self.rules()),
        )

    def revoke_entry(self, command: Command) -> Appended:
        """See decide.revoke_entry."""
        return self.entries.obey(command, decide.revoke_entry)


def opened_entry(event: Event) -> str:
    """The subject of what an event opens: always the same for the same event, so that it is published once."""
    return f"list-entry/{uuid5(NAMESPACE_URL, f'terbuka:opened:{event.id}')}"


def build(_: Settings, store: Store) -> ClassificationTools:
    """The tools of one process."""
    handler = partial(Handler, "classification", store.log, store.inbox, now=utc_now, new_id=new_id)
    requests = handler(initial=RequestState(), evolve=evolve)
    entries = handler(initial=EntryState(), evolve=evolve_entry)
    listener = Listener("classification.inbox", store.inbox, requests)
    return ClassificationTools(requests, entries, listener, Rulebook(store.inbox.about, HEARD))
