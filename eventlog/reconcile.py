"""Reconcile: compares each service's log with a numbered log, and sends what is missing once more.

Nothing should ever be missing. If a queue was purged or a broker lost its disk, this is what notices, and mends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from contracts.envelope import Event
from eventlog.log import Appended, Log
from eventlog.mongo.checkpoint import Checkpoint, Fenced
from eventlog.numbered import NumberedLog
from telemetry import metrics

BATCH = 500
Resend = Callable[[Iterable[Event]], None]


class Positions(Protocol):
    """How far a relay has come; what it has not published yet is not missing."""

    def position(self) -> int:
        """The last published commit."""


@dataclass(frozen=True, slots=True)
class Source:
    """One service's log, what its relay has published, and how far it was found complete."""

    service: str
    log: Log
    published: Positions
    complete: Checkpoint


@dataclass(frozen=True, slots=True)
class Finding:
    """What a comparison found for one service: commits looked at, and events that were missing."""

    service: str
    head: int
    complete: int
    missing: tuple[str, ...]


def reconcile(
    source: Source, numbered: NumberedLog, resend: Resend, *, until: int | None = None
) -> Finding:
    """Compare everything published up to `until` that was not yet found complete; resend what is missing.

    Events on their way look missing. Give as `until` what was published some time ago, or run it twice: resending an
    event that is there does no harm. The position of completeness moves only over commits that are wholly there.
    """
    end = source.published.position() if until is None else until
    position = complete = source.complete.position()
    missing: list[str] = []
    while position < end:
        commits = [commit for commit in source.log.read(position, BATCH) if commit.position <= end]
        if not commits:  # the relay is ahead of its log: the log was restored from an older copy
            break
        lost = _lost(commits, numbered)
        resend([event for commit in commits for event in commit.events if event.id in lost])
        missing.extend(sorted(lost))
        position = commits[-1].position
        complete = position if not missing else complete
    with suppress(Fenced):  # somebody else has compared further meanwhile
        source.complete.advance(complete, 0)
    _report(source.service, complete, len(missing))
    return Finding(source.service, source.log.head(), complete, tuple(missing))


def _lost(commits: Iterable[Appended], numbered: NumberedLog) -> set[str]:
    return numbered.missing([event.id for commit in commits for event in commit.events])


def _report(service: str, complete: int, missing: int) -> None:
    metrics.RECONCILED_POSITION.labels(service).set(complete)
    metrics.RECONCILED_MISSING.labels(service).inc(missing)


@dataclass
class Watch:
    """Reconciles again and again, each time up to what was published at the time before."""

    sources: tuple[Source, ...]
    numbered: NumberedLog
    resend: Resend
    published: Mapping[str, int] | None = None

    def round(self) -> list[Finding]:
        """One comparison of every service."""
        before = self.published or {}
        self.published = {source.service: source.published.position() for source in self.sources}
        return [
            reconcile(source, self.numbered, self.resend, until=before.get(source.service, 0))
            for source in self.sources
        ]
