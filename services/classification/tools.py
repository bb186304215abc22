"""Classification's tools, put together from its store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from contracts.command import Command
from eventlog.consume import Listener
from eventlog.handle import Decision, Handler
from eventlog.log import Appended
from eventlog.settings import Settings
from eventlog.store import Store, new_id, utc_now
from services.classification import decide
from services.classification.state import EntryState, RequestState, evolve, evolve_entry


@dataclass(frozen=True, slots=True)
class ClassificationTools:
    """Follows classification's orders. It only listens to others: nothing of theirs makes it say anything."""

    requests: Handler[RequestState]
    entries: Handler[EntryState]
    listener: Listener

    def classify(self, command: Command) -> Appended:
        """See decide.classify."""
        return self.requests.obey(command, decide.classify)

    def flag_exemption(self, command: Command) -> Appended:
        """See decide.flag_exemption; the entry is read as it stands now."""
        named = command.data.get("list_entry")

        def decision(order: Command, state: RequestState, now: datetime) -> Decision:
            entry = self.entries.known(f"list-entry/{named}").state if named else EntryState()
            return decide.flag_exemption(order, state, now, entry)

        return self.requests.obey(command, decision)

    def publish_entry(self, command: Command) -> Appended:
        """See decide.publish_entry. The entry's id is made from the order's, so it is published once."""
        entry = uuid5(NAMESPACE_URL, f"terbuka:list-entry:{command.id}")
        return self.entries.create(
            replace(command, subject=f"list-entry/{entry}"), decide.publish_entry
        )

    def revoke_entry(self, command: Command) -> Appended:
        """See decide.revoke_entry."""
        return self.entries.obey(command, decide.revoke_entry)


def build(_: Settings, store: Store) -> ClassificationTools:
    """The tools of one process."""
    handler = partial(Handler, "classification", store.log, store.inbox, now=utc_now, new_id=new_id)
    requests = handler(initial=RequestState(), evolve=evolve)
    entries = handler(initial=EntryState(), evolve=evolve_entry)
    return ClassificationTools(
        requests, entries, Listener("classification.inbox", store.inbox, requests)
    )
