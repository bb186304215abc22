"""The register's tools, put together from its store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import sleep

from contracts.command import Command
from eventlog.consume import Listener
from eventlog.handle import Decision, Handler
from eventlog.log import Appended
from eventlog.mongo.views import MongoViews
from eventlog.settings import Settings
from eventlog.store import Store, new_id, utc_now
from eventlog.visible import Visible
from services.register.project import VIEWS
from services.register.query import (
    EntryQuery,
    NumbersQuery,
    ObjectionQuery,
    PrivacyQuery,
    PublishedQuery,
    Query,
    WorkQuery,
)
from services.register.state import RequestState, evolve


@dataclass(frozen=True, slots=True)
class RegisterTools:
    """Follows the register's orders, listens, and answers questions."""

    handler: Handler[RequestState]
    listener: Listener
    query: Query
    entries: EntryQuery
    numbers: NumbersQuery
    objections: ObjectionQuery
    privacy: PrivacyQuery
    work: WorkQuery
    published: PublishedQuery
    visible: Mapping[str, Visible]

    def follow(
        self, command: Command, decision: Callable[[Command, RequestState, datetime], Decision]
    ) -> Appended:
        """Follow an order."""
        return self.handler.obey(command, decision)


def build(_: Settings, store: Store) -> RegisterTools:
    """The tools of one process."""
    handler = Handler("register", store.log, store.inbox, RequestState(), evolve, utc_now, new_id)
    views = MongoViews(store.client, store.database, VIEWS)
    views.prepare()
    return RegisterTools(
        handler=handler,
        listener=Listener("register.inbox", store.inbox, handler),
        query=Query(views, store.numbered),
        entries=EntryQuery(views),
        numbers=NumbersQuery(views),
        objections=ObjectionQuery(views),
        privacy=PrivacyQuery(views),
        work=WorkQuery(views),
        published=PublishedQuery(views),
        visible={view.name: Visible(views, view.name, sleep) for view in VIEWS},
    )
