"""`python -m tests.performance.numbering`: many counters on several machines register at once, and every serial is counted.

Processes stand for machines. Each has its own log on one database and its own threads, all of them at intake's real
decisions. Half way one of them reserves a block of paper forms; then everybody tries to enter every form, and to void
the spoilt ones. Prints a table; ends with 1 when a serial is missing, was given twice, or is not accounted for.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from contracts.errors import Rejected
from deploy.local.waiting import wait_until
from eventlog.mongo.client import connect
from eventlog.mongo.log import MongoLog
from tests.performance.servers import servers
from tests.suites.counter import Desk, Ledger, ledger

# Of a block of forms: entered, spoilt, and left in the drawer.
ENTERED, SPOILT, LEFT = 30, 5, 5
PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Plan:
    """How many counters register how many requests, those on paper among them."""

    processes: int = 5
    threads: int = 10
    requests: int = 10_000

    @property
    def writers(self) -> int:
        """All counters."""
        return self.processes * self.threads

    def share(self, writer: int) -> range:
        """The requests that one counter numbers itself."""
        return range(writer, self.requests - ENTERED, self.writers)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it."""

    plan: Plan
    book: Ledger
    seconds: float

    @property
    def held(self) -> bool:
        """Whether every request has one number, and every number one end."""
        book = self.book
        return (
            not book.gaps
            and not book.duplicates
            and not book.strays
            and len(book.used) == self.plan.requests
            and (len(book.void), len(book.open)) == (SPOILT, LEFT)
        )

    def table(self) -> str:
        """One line under its headings."""
        book = self.book
        cells = {
            "processes": self.plan.processes,
            "writers": self.plan.writers,
            "registered": len(book.used),
            "first": min(book.ended, default=0),
            "last": book.last,
            "gaps": len(book.gaps),
            "duplicates": len(book.duplicates),
            "voids": len(book.void),
            "open": len(book.open),
            "seconds": f"{self.seconds:.1f}",
        }
        rows = (cells.keys(), ("---" for _ in cells), map(str, cells.values()))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def measure(uri: str, database: str, plan: Plan) -> Result:
    """Let all counters work on a database, and read what they left there."""
    with connect(uri, "numbering") as client:
        log = MongoLog(client[database])
        log.prepare()
        began = monotonic()
        _run(uri, database, plan)
        took = monotonic() - began
        return Result(plan, ledger(log), took)


def _run(uri: str, database: str, plan: Plan) -> None:
    context = multiprocessing.get_context("spawn")
    people = [
        context.Process(target=work, args=(uri, database, plan, process))
        for process in range(plan.processes)
    ]
    for each in people:
        each.start()
    for each in people:
        each.join()
    if any(each.exitcode for each in people):
        raise RuntimeError("a counter broke down")


def work(uri: str, database: str, plan: Plan, process: int) -> None:
    """One machine: its counters share a log."""
    with connect(uri, f"counter-{process}") as client:
        log = MongoLog(client[database])
        first = process * plan.threads
        with ThreadPoolExecutor(plan.threads) as people:
            for done in people.map(
                lambda writer: _counter(log, plan, writer), range(first, first + plan.threads)
            ):
                assert done


def _counter(log: MongoLog, plan: Plan, writer: int) -> bool:
    desk, share = Desk(log, f"counter {writer}"), plan.share(writer)
    for at, _ in enumerate(share):
        if writer == 0 and at == len(share) // 2:
            desk.reserve(ENTERED + SPOILT + LEFT)
        desk.receive()
    _enter_forms(desk, writer)
    return True


def _enter_forms(desk: Desk, writer: int) -> None:
    """Everybody tries every form, each beginning with another one; all but one are refused."""
    wait_until(desk.blocks, "the block is reserved", PATIENCE)
    first, _ = desk.blocks()[0]
    for serial in _turned(range(first, first + ENTERED), writer):
        with suppress(Rejected):
            desk.receive(paper_serial=serial)
    for serial in _turned(range(first + ENTERED, first + ENTERED + SPOILT), writer):
        with suppress(Rejected):
            desk.void(serial)


def _turned(serials: range, by: int) -> Iterator[int]:
    return (serials[(at + by) % len(serials)] for at in range(len(serials)))


def main() -> int:
    """Measure on fresh servers and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name in ("processes", "threads", "requests"):
        asked.add_argument(f"--{name}", type=int, default=getattr(Plan(), name))
    plan = Plan(**vars(asked.parse_args()))
    with servers() as stack:
        result = measure(stack.addresses.mongo, "numbering", plan)
    print(result.table())  # noqa: T201 - the program's one answer
    return 0 if result.held else 1


if __name__ == "__main__":
    sys.exit(main())
