"""Counting again: after the calendar or a rule has changed, every open clock is counted by what stands now.

A date that is another now is moved by an event of its request; when all have been looked at, one event beside the
change says so. Whoever stops half way, or counts at the same time as others, does no harm: what has moved does not
move again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any

import structlog

from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import WIB, local_day
from eventlog.conclude import TOGETHER, conclude_many
from eventlog.handle import Decision, Handler
from eventlog.mongo.own_view import OwnList, OwnView
from services.escalation import clock
from services.escalation.agenda import Kind
from services.escalation.calendar import decreed_until
from services.escalation.law import Law
from services.escalation.state import Standing
from telemetry import metrics

log = structlog.get_logger()
# An order that was decided by the old law may be written a moment after its request was looked at.
LATECOMERS = timedelta(seconds=60)
LONGEST = 300
By = tuple[Law, date, str]  # by what law, on what day, and why it changed


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the law that may change: the calendar, or the rules."""

    subject: str
    handler: Handler[Standing[Any]]


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of counting again."""

    looked_at: int
    moved: int


class Recount:
    """Counts when it is owed: after a change, once more a little later, and each day once."""

    def __init__(
        self,
        view: OwnView,
        notices: OwnList,
        kinds: Sequence[Kind],
        parts: Sequence[Part],
        law: Callable[[], Law],
        alone: Callable[[], object] = lambda: True,
    ) -> None:
        self._view = view
        self._notices = notices
        self._kinds = kinds
        self._parts = parts
        self._law = law
        self._alone = alone
        self._known: dict[str, tuple[int, Standing[Any]]] = {}
        self._next: datetime | None = None
        self._owed_since: datetime | None = None

    def look(self, now: datetime) -> Counted | None:
        """Count where it is owed; None where it is not, or where somebody else does it."""
        changed = [(part, standing) for part, standing in self._standing() if standing.pending]
        self._owe(now, owed=bool(changed))
        if not self._owed(changed, now) or not self._alone():
            return None
        because = "; ".join(said for _, standing in changed for said in standing.said)
        counted = self.count(now, because[:LONGEST])
        for part, standing in changed:
            self._settle(part, standing, counted)
        self._owe(now, owed=False)
        self._plan(now, again=bool(changed))
        return counted

    def _standing(self) -> Iterator[tuple[Part, Standing[Any]]]:
        """The parts as they stand; a stream is read again only when it grew."""
        for part in self._parts:
            version = part.handler.log.version(part.subject)
            known = self._known.get(part.subject)
            if known is None or known[0] != version:
                known = (version, part.handler.known(part.subject).state)
                self._known[part.subject] = known
            yield part, known[1]

    def _owed(self, changed: Sequence[object], now: datetime) -> bool:
        return bool(changed) or self._next is None or now >= self._next

    def _owe(self, now: datetime, *, owed: bool) -> None:
        """Say since when this process sees a change that nobody has followed yet."""
        self._owed_since = (self._owed_since or now) if owed else None
        since = self._owed_since.timestamp() if self._owed_since else 0
        metrics.RECOUNT_OWED_SINCE.set(since)

    def _plan(self, now: datetime, *, again: bool) -> None:
        self._next = now + (LATECOMERS if again else timedelta(days=1))

    def count(self, now: datetime, because: str = "") -> Counted:
        """Count every open clock by the law as it stands now, and say why where a date moves."""
        began, law, today = monotonic(), self._law(), local_day(now)
        self._view.catch_up()
        counted = Counted(0, 0)
        for kind in self._kinds:
            subjects = self.open_subjects(kind)
            moved = sum(1 for _ in self._moved(kind, subjects, (law, today, because)))
            counted = Counted(counted.looked_at + len(subjects), counted.moved + moved)
        self._notices.catch_up()
        took = monotonic() - began
        log.info("recounted", looked_at=counted.looked_at, moved=counted.moved, seconds=took)
        _measure(counted, took)
        _measure_calendar(decreed_until(law.calendar, today), today)
        metrics.RECOUNT_LAST.set(now.timestamp())
        return counted

    def open_subjects(self, kind: Kind) -> list[str]:
        """Everything of a kind that has a clock running."""
        query = {"open": True, "_id": {"$regex": f"^{kind.prefix}"}}
        return [document["_id"] for document in self._view.documents.find(query, {"_id": 1})]

    def _moved(self, kind: Kind, subjects: Sequence[str], by: By) -> Iterator[object]:
        run = kind.handler.new_id()
        for done in conclude_many(
            kind.handler,
            subjects,
            lambda subject: f"recount:{run}:{subject}",
            lambda state, _: _moves(kind, state, by),
        ):
            self._alone()
            yield done

    def _settle(self, part: Part, counted_by: Standing[Any], counted: Counted) -> None:
        """Say that the clocks follow; not where something has changed meanwhile, which the next look will see."""

        def decide(standing: Standing[Any], _: datetime) -> Decision:
            if not standing.pending or standing.changes != counted_by.changes:
                return ()
            figures = {"looked_at": counted.looked_at, "moved": counted.moved}
            return (Fact("ClocksRecomputed", figures),)

        part.handler.conclude(
            part.subject, f"recounted:{part.subject}:{counted_by.changes}", decide
        )

    def would_move(self, law: Law, today: date) -> Iterator[tuple[str, Fact]]:
        """What another law would move, request by request. Nothing is written."""
        self._view.catch_up()
        for kind in self._kinds:
            subjects = self.open_subjects(kind)
            for first in range(0, len(subjects), TOGETHER):
                known = kind.handler.known_all(subjects[first : first + TOGETHER])
                for subject, each in known.items():
                    for fact in _facts(_moves(kind, each.state, (law, today, ""))):
                        if fact.name == "DeadlineMoved":  # what follows from a move is none
                            yield subject, fact


def _moves(kind: Kind, state: object, by: By) -> Decision:
    """A rule that is missing is no reason to leave all other clocks uncounted."""
    try:
        return kind.moved(state, *by)
    except Rejected as error:
        log.warning("clock_not_counted", code=error.code, detail=error.detail)
        return ()


def _facts(decision: Decision) -> Sequence[Fact]:
    return decision if isinstance(decision, Sequence) else ()


def _measure(counted: Counted, took: float) -> None:
    metrics.RECOUNT_LOOKED_AT.set(counted.looked_at)
    metrics.RECOUNT_MOVED.set(counted.moved)
    metrics.RECOUNT_SECONDS.set(took)


def _measure_calendar(until: date, today: date) -> None:
    metrics.CALENDAR_DECREED.set(_timestamp(until))
    metrics.CALENDAR_DECREED_DAYS.set(len(clock.days_between(today, until)) - 1)


def _timestamp(day: date) -> float:
    return datetime.combine(day, datetime.min.time(), WIB).timestamp()
