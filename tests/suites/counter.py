"""Intake's counter without its vault, on any log; and what became of each serial of a year."""

from collections import Counter as Tally
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count

from eventlog.handle import Handler
from eventlog.memory import MemoryInbox
from eventlog.store import new_id
from services.intake import decide
from services.intake.numbers import subject
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

    def blocks(self, year=YEAR):
        """The blocks of a year, each from first to last."""
        return self.paper.numbers.known(subject(year)).state.blocks

    def void(self, serial, year=YEAR, id_=None):
        """Void a serial."""
        return self.paper.void(self.order("VoidNumber", "", id_, year=year, serial=serial))


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of the serials of a year: counted one by one, written on paper, spoilt."""

    counted: tuple[int, ...]
    paper: tuple[int, ...]
    void: tuple[int, ...]
    reserved: frozenset[int]

    @property
    def used(self):
        """Serials of requests, as often as that happened."""
        return (*self.counted, *self.paper)

    @property
    def ended(self):
        """Serials that were used or are void, as often as that happened."""
        return Tally((*self.used, *self.void))

    @property
    def duplicates(self):
        """Serials that came to an end more than once."""
        return sorted(serial for serial, times in self.ended.items() if times > 1)

    @property
    def strays(self):
        """Reserved serials that the counter gave away, and paper forms that nobody reserved."""
        return sorted(self.reserved & set(self.counted) | {*self.paper, *self.void} - self.reserved)

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
    paper = {
        event.subject: event.data["paper_serial"]
        for event in events
        if event.name == "RequestReceived" and event.data.get("paper_serial")
        if event.data["received_at"].startswith(str(year))
    }
    told = [event for event in events if event.data.get("year") == year]
    submitted = [event for event in told if event.name == "RequestSubmitted"]
    counted = [each.data["serial"] for each in submitted if each.subject not in paper]
    # A form that was submitted under another serial than its own would be used twice over.
    odd = [
        each.data["serial"]
        for each in submitted
        if paper.get(each.subject, each.data["serial"]) != each.data["serial"]
    ]
    blocks = [event.data for event in told if event.name == "NumbersReserved"]
    return Ledger(
        tuple(sorted((*counted, *odd))),
        tuple(sorted(paper.values())),
        tuple(sorted(event.data["serial"] for event in told if event.name == "NumberVoided")),
        frozenset(
            serial for block in blocks for serial in range(block["first"], block["last"] + 1)
        ),
    )
