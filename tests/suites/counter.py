"""Intake's counter without its vault, on any log; and what became of each serial of a year."""

from collections import Counter as Tally
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count

from eventlog.handle import Handler
from eventlog.memory import MemoryInbox
from eventlog.store import new_id
from services.intake import decide
from services.intake.paper import Paper
from services.intake.state import NumbersState, RequestState, evolve, evolve_numbers
from tests.suites.facts import APPLICANT
from tests.suites.orders import order
from tests.suites.practice import PRACTICE

NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
YEAR = 2026


class Desk:
    """One counter of the office; several may stand on one log. `name` keeps their orders apart."""

    def __init__(self, log, name="desk"):
        self.log, self.name = log, name
        self._orders = count(1)
        self._requests = self._handler(RequestState(), evolve)
        self.paper = Paper(self._handler(NumbersState(), evolve_numbers), lambda: PRACTICE)

    def _handler(self, initial, fold):
        return Handler("intake", self.log, MemoryInbox(), initial, fold, lambda: NOW, new_id)

    def order(self, name, subject, id_=None, **changed):
        """An order with an id of its own."""
        id_ = id_ or f"{self.name} {next(self._orders)}"
        return order(name, subject=subject, id_=id_, **changed)

    def receive(self, id_=None, **changed):
        """Take in a request. Raises Rejected as the real counter does."""
        command = self.order("ReceiveRequest", "", id_, **changed)
        created = replace(command, subject=f"request/{command.id}")

        def decision(given, now):
            numbers = self.paper.known(given)
            return decide.receive(given, now, decide.Arrival(APPLICANT), PRACTICE, numbers)

        with self.paper.claiming(changed.get("paper_serial")):
            return self._requests.create(created, decision)

    def complete(self, request):
        """Take in what was missing."""
        command = self.order("CompleteRequest", request)
        return self._requests.obey(
            command, lambda given, state, now: decide.complete(given, state, now, PRACTICE)
        )

    def reserve(self, size, year=YEAR, id_=None):
        """Reserve a block; its first serial and its last."""
        command = self.order("ReserveNumbers", "", id_, year=year, count=size)
        reserved = self.paper.reserve(command).events[0].data
        return reserved["first"], reserved["last"]

    def void(self, serial, year=YEAR, id_=None):
        """Void a serial."""
        return self.paper.void(self.order("VoidNumber", "", id_, year=year, serial=serial))


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of the serials of a year."""

    used: tuple[int, ...]
    void: tuple[int, ...]
    reserved: frozenset[int]

    @property
    def ended(self):
        """Serials that were used or are void, as often as that happened."""
        return Tally((*self.used, *self.void))

    @property
    def duplicates(self):
        """Serials that came to an end more than once."""
        return sorted(serial for serial, times in self.ended.items() if times > 1)

    @property
    def open(self):
        """Serials of paper forms that wait."""
        return self.reserved - set(self.ended)

    @property
    def last(self):
        """The highest serial."""
        return max((*self.ended, *self.reserved), default=0)

    @property
    def gaps(self):
        """Serials nobody can account for."""
        return sorted(set(range(1, self.last + 1)) - set(self.ended) - self.reserved)


def ledger(log, year=YEAR):
    """The ledger of a year from all that is in a log."""
    events = [event for done in log.read(0, 10**6) for event in done.events]
    used = {(event.subject, serial) for event in events if (serial := _used(event, year))}
    void = [
        event.data["serial"]
        for event in events
        if event.name == "NumberVoided" and event.data["year"] == year
    ]
    blocks = [
        range(event.data["first"], event.data["last"] + 1)
        for event in events
        if event.name == "NumbersReserved" and event.data["year"] == year
    ]
    return Ledger(
        tuple(sorted(serial for _, serial in used)),
        tuple(sorted(void)),
        frozenset(serial for block in blocks for serial in block),
    )


def _used(event, year):
    if event.name == "RequestSubmitted":
        return event.data["serial"] if event.data["year"] == year else 0
    if event.name == "RequestReceived" and event.data["received_at"].startswith(str(year)):
        return event.data.get("paper_serial") or 0
    return 0
