"""Load, and what comes of it: orders by RPC from several threads, and the moment each is seen in a view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import quantiles
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any, Self

from pymongo.collection import Collection

Order = Callable[[int], str]


@dataclass
class Measured:
    """When each order was accepted and when it was first seen."""

    began: float
    accepted: dict[str, float] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)

    @property
    def lost(self) -> int:
        """Accepted and never seen."""
        return len(self.accepted.keys() - self.seen.keys())

    @property
    def rate(self) -> float:
        """Orders a second, from the first order to the last one seen."""
        return len(self.seen) / (max(self.seen.values()) - self.began)

    def percentile(self, percent: int) -> float:
        """Seconds from accepted to seen; an order may be seen before its answer has arrived."""
        waits = [max(0.0, self.seen[each] - at) for each, at in self.accepted.items()]
        return quantiles(waits, n=100)[percent - 1]


class Watcher:
    """Notes when each document first appears in a collection, majority committed."""

    def __init__(self, collection: Collection[dict[str, Any]]) -> None:
        self.seen: dict[str, float] = {}
        self._collection = collection
        self._ready = Event()
        self._stop = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        only = [
            {"$match": {"operationType": {"$in": ["insert", "replace"]}}},
            {"$project": {"documentKey": 1}},
        ]
        with self._collection.watch(only, max_await_time_ms=50) as changes:
            self._ready.set()
            while not self._stop.is_set():
                change = changes.try_next()
                if change:
                    self.seen.setdefault(change["documentKey"]["_id"], monotonic())

    def wait_for(self, ids: set[str], seconds: float) -> None:
        """Wait until all are seen, or the time is over."""
        deadline = monotonic() + seconds
        while not ids <= self.seen.keys() and monotonic() < deadline:
            sleep(0.01)


def closed_loop(
    order: Order, watched: Collection[dict[str, Any]], threads: int, total: int
) -> Measured:
    """As fast as it goes: each thread gives its next order when the last one was accepted."""
    with Watcher(watched) as watcher:
        measured = Measured(monotonic())
        workers = [
            Thread(target=_give_all, args=(order, range(start, total, threads), measured))
            for start in range(threads)
        ]
        _run(workers)
        watcher.wait_for(set(measured.accepted), 60)
        measured.seen = {
            each: watcher.seen[each] for each in measured.accepted if each in watcher.seen
        }
    return measured


def _give_all(order: Order, numbers: range, measured: Measured) -> None:
    for number in numbers:
        measured.accepted[order(number)] = monotonic()


def open_loop(
    order: Order, watched: Collection[dict[str, Any]], rate: float, total: int, threads: int
) -> Measured:
    """At a fixed rate, whatever the answers do: waiting counts from the moment an order was due."""
    with Watcher(watched) as watcher:
        measured = Measured(monotonic())
        workers = [
            Thread(target=_give_on_time, args=(order, range(start, total, threads), rate, measured))
            for start in range(threads)
        ]
        _run(workers)
        watcher.wait_for(set(measured.accepted), 60)
        measured.seen = {
            each: watcher.seen[each] for each in measured.accepted if each in watcher.seen
        }
    return measured


def _give_on_time(order: Order, numbers: range, rate: float, measured: Measured) -> None:
    for number in numbers:
        due = measured.began + number / rate
        sleep(max(0.0, due - monotonic()))
        measured.accepted[order(number)] = due


def _run(workers: list[Thread]) -> None:
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
