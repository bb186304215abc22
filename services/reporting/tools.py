"""Reporting's tools, put together from its store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from time import sleep
from typing import Any

from contracts.command import Command
from contracts.envelope import Event
from contracts.errors import Rejected
from eventlog.handle import Decision, Handler
from eventlog.log import Appended
from eventlog.mongo.views import MongoViews
from eventlog.rulebook import HEARD, Rulebook
from eventlog.settings import Settings
from eventlog.store import Store, new_id, utc_now
from eventlog.visible import Visible
from services.reporting import decide
from services.reporting.project import VIEWS
from services.reporting.query import Query
from services.reporting.state import ReportState, evolve

MONTH = len("2026-08")


@dataclass(frozen=True, slots=True)
class ReportingTools:
    """Follows reporting's orders and answers questions. Its facts of others come through its numbered log."""

    handler: Handler[ReportState]
    query: Query
    days: Visible
    reports: Visible

    def supervise(self, command: Command) -> Appended:
        """See decide.supervise."""
        day = day_of(command.subject)
        return self._follow(command, decide.supervise, day, lambda: self.query.day(day)["figures"])

    def issue(self, command: Command) -> Appended:
        """See decide.issue."""
        period = period_of(command.subject)
        return self._follow(
            command, decide.issue, period, lambda: self.query.period(period)["figures"]
        )

    def acknowledge(self, command: Command) -> Appended:
        """See decide.acknowledge."""
        period = period_of(command.subject)
        return self.handler.obey(
            command, lambda order, state, now: decide.acknowledge(order, state, now, period)
        )

    def _follow(self, command: Command, decision: Any, about: Any, figures: Any) -> Appended:
        def decided(order: Command, state: ReportState, now: datetime) -> Decision:
            result: Decision = decision(order, state, now, about, figures())
            return result

        return self.handler.obey(command, decided)


def day_of(subject: str) -> date:
    """The day of `day/2026-08-12`. Raises Rejected for what is no day."""
    text = subject.removeprefix("day/")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Rejected("not_found", "There is no such day.") from None
    if day.isoformat() != text:  # 20260812 and 2026-W33-3 would be other streams of the same day
        raise Rejected("not_found", "There is no such day. Write it like 2026-08-12.")
    return day


def period_of(subject: str) -> str:
    """The month of `report/2026-08`, or the year of `report/2026`. Raises Rejected for what is neither."""
    period = subject.removeprefix("report/")
    try:
        date.fromisoformat(f"{period}-01" if len(period) == MONTH else f"{period}-01-01")
    except ValueError:
        raise Rejected("not_found", "There is no such period.") from None
    return period


def build(_: Settings, store: Store) -> ReportingTools:
    """The tools of one process."""
    handler = Handler(
        "reporting", store.log, store.inbox, ReportState(), evolve, utc_now, new_id, sleep
    )
    views = MongoViews(store.client, store.database, VIEWS)
    views.prepare()

    def enacted(subject: str) -> list[Event]:
        """Rules reach reporting in its numbered log, as everything does."""
        recorded = store.numbered.about([subject], store.numbered.head())[subject]
        return [each.event for each in recorded]

    query = Query(views, Rulebook(enacted, HEARD))
    return ReportingTools(
        handler, query, Visible(views, "days", sleep), Visible(views, "reports", sleep)
    )
