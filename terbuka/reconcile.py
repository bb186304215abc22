"""`terbuka reconcile`: compares every service's log with the numbered logs, and sends what is missing once more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass

import click

from contracts.envelope import Event
from contracts.topology import LISTENING_TO_ALL
from deploy.local.waiting import TooLate, wait_until
from eventlog import reconcile as comparing
from eventlog.jobs import sources
from eventlog.numbered import NumberedLog
from eventlog.reconcile import Source
from eventlog.resend import resender
from terbuka.answer import answer, end, for_machines, progress
from terbuka.reach import Reach, reached
from terbuka.table import table

# What was published a moment ago may be on its way, and is not missing.
SECONDS_ON_THE_WAY = 3
SECONDS_TO_ARRIVE = 15
TITLES = ("log", "service", "head", "complete", "resent", "missing")


@dataclass(frozen=True, slots=True)
class Line:
    """What was found for one service in one numbered log: how many events were resent, and how many are missing still."""

    log: str
    service: str
    head: int
    complete: int
    resent: int
    missing: int


@click.command()
@for_machines
@reached
def reconcile(reach: Reach, *, as_json: bool) -> None:
    """Compare all logs and resend what is missing. Ends with 1 when something had to be resent."""
    with progress("comparing", len(LISTENING_TO_ALL)) as advance:
        found = [line for name in LISTENING_TO_ALL for line in _logged(reach, name, advance)]
    text = table(TITLES, [tuple(asdict(line).values()) for line in found])
    answer([asdict(line) for line in found], text, as_json=as_json)
    end(fault=any(line.resent or line.missing for line in found))


def _logged(reach: Reach, name: str, advance: Callable[[int], None]) -> Iterator[Line]:
    given, store = reach.settings(name), reach.store(name)
    send = resender(given["amqp_uri"], f"{name}.log")
    for source in sources(store, given):
        yield _compared(name, source, store.numbered, send)
    advance(1)


def _compared(
    name: str, source: Source, numbered: NumberedLog, send: Callable[[Iterable[Event]], None]
) -> Line:
    suspects: list[Event] = []
    found = comparing.reconcile(source, numbered, suspects.extend)
    _wait(suspects, numbered, SECONDS_ON_THE_WAY)
    lost = _still_missing(suspects, numbered)
    send(lost)
    _wait(lost, numbered, SECONDS_TO_ARRIVE)
    missing = len(_still_missing(lost, numbered))
    return Line(name, source.service, found.head, found.complete, len(lost), missing)


def _wait(events: list[Event], numbered: NumberedLog, seconds: float) -> None:
    with suppress(TooLate):
        wait_until(lambda: not _still_missing(events, numbered), "events arrive", seconds)


def _still_missing(events: list[Event], numbered: NumberedLog) -> list[Event]:
    if not events:
        return []
    ids = numbered.missing([event.id for event in events])
    return [event for event in events if event.id in ids]
