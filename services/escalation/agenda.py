"""The agenda: which subjects have a clock that says something soon, and what the passing of time makes true."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any

from contracts.envelope import Event
from contracts.local import local_day
from eventlog.handle import Decision, Handler
from eventlog.mongo.client import Document
from eventlog.mongo.own_view import OwnView
from services.escalation import clock
from services.escalation.law import Law


@dataclass(frozen=True, slots=True)
class Kind:
    """Subjects that have clocks: how they are known, and what time and a change of the law make true of one.

    Their state has `clocks`, a mapping of state.Clock. `moved` is told why the law changed, "" when nobody can say.
    """

    prefix: str
    handler: Handler[Any]
    reminders: Callable[[Any, datetime, Law], Decision]
    moved: Callable[[Any, Law, date, str], Decision]


def kind_of(kinds: Sequence[Kind], subject: str) -> Kind | None:
    """What a subject is; None for what has no clocks."""
    return next((kind for kind in kinds if subject.startswith(kind.prefix)), None)


def clocks(kinds: Sequence[Kind]) -> Callable[[Sequence[Event]], Mapping[str, Any]]:
    """The fold of the agenda's view: whether a clock runs, and when the next one falls due that has more to say."""

    def fold(events: Sequence[Event]) -> Mapping[str, Any]:
        kind = kind_of(kinds, events[0].stream)
        if kind is None:
            return {"open": False}
        state = reduce(kind.handler.evolve, events, kind.handler.initial)
        running = [each for each in state.clocks.values() if not each.stopped]
        waiting = [each.due_on for each in running if not each.missed]
        due = {"due_on": min(waiting).isoformat()} if waiting else {}
        return {"open": bool(running), **due}

    return fold


class Agenda:
    """Says what the passing of time makes true. After any outage each reminder that is owed appears once."""

    def __init__(
        self,
        view: OwnView,
        kinds: Sequence[Kind],
        law: Callable[[], Law],
        heard_all: Callable[[], bool] = lambda: True,
    ) -> None:
        self._view = view
        self._kinds = kinds
        self._law = law
        self._heard_all = heard_all
        self._day = date.min
        self._looked_at: dict[str, int] = {}

    def look(self, now: datetime) -> int:
        """Record every reminder that is owed; how many subjects had one.

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
        kind = kind_of(self._kinds, document["_id"])
        said = kind is not None and self._remind(kind, document, now)
        self._looked_at[document["_id"]] = document["version"]
        return said

    def _remind(self, kind: Kind, document: Document, now: datetime) -> bool:
        """What is owed at a version of the stream on a day is said once; what is said makes it another version."""
        result = kind.handler.conclude(
            document["_id"],
            f"reminders:{document['_id']}:{document['version']}:{local_day(now)}",
            lambda state, _: kind.reminders(state, now, self._law()),
        )
        return result is not None and not result.repeated
