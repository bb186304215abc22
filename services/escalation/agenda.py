"""The agenda: which requests have a clock that says something soon."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import reduce
from typing import Any

from contracts.envelope import Event
from contracts.local import local_day
from eventlog.handle import Handler
from eventlog.mongo.client import Document
from eventlog.mongo.own_view import OwnView
from services.escalation import clock, timekeeping
from services.escalation.law import Law
from services.escalation.state import RequestState, evolve


def earliest_due(events: Sequence[Event]) -> Mapping[str, Any]:
    """When the next clock of a request falls due; nothing when none has anything more to say."""
    state = reduce(evolve, events, RequestState())
    waiting = [each.due_on for each in state.clocks.values() if not (each.stopped or each.missed)]
    return {"due_on": min(waiting).isoformat()} if waiting else {}


class Agenda:
    """Says what the passing of time makes true. After any outage each reminder that is owed appears once."""

    def __init__(
        self,
        view: OwnView,
        handler: Handler[RequestState],
        law: Callable[[], Law],
        heard_all: Callable[[], bool] = lambda: True,
    ) -> None:
        self._view = view
        self._handler = handler
        self._law = law
        self._heard_all = heard_all
        self._day = date.min
        self._looked_at: dict[str, int] = {}

    def look(self, now: datetime) -> int:
        """Record every reminder that is owed; how many requests had one.

        While others' facts wait to be heard it says nothing: one of them may be the answer that it would call missing.
        """
        if not self._heard_all():
            return 0
        self._view.catch_up()
        self._begin(local_day(now))
        return sum(self._look_at(document, now) for document in list(self._near(local_day(now))))

    def _begin(self, day: date) -> None:
        """What was looked at today has no more to say, unless its stream grows: only the day makes reminders true."""
        if day != self._day:
            self._day, self._looked_at = day, {}

    def _near(self, today: date) -> Iterator[Document]:
        soon = self._law().rules.days("remind.soon", today).value["count"]
        until = clock.surely_within(today, soon).isoformat()
        fields = {"due_on": 1, "version": 1}
        for document in self._view.documents.find({"due_on": {"$lte": until}}, fields):
            if self._looked_at.get(document["_id"]) != document["version"]:
                yield document

    def _look_at(self, document: Document, now: datetime) -> bool:
        said = self._remind(document["_id"], document["due_on"], now)
        self._looked_at[document["_id"]] = document["version"]
        return said

    def _remind(self, request: str, due_on: str, now: datetime) -> bool:
        passed = "missed" if due_on < local_day(now).isoformat() else "near"
        result = self._handler.conclude(
            request,
            f"{passed}:{request}:{due_on}",
            lambda state, at: timekeeping.reminders(state, at, self._law()),
        )
        return result is not None and not result.repeated
