"""The projector: shows new events of a numbered log in the live views, batch by batch.

Documents and position are one write, so a crash repeats a batch and never half of it. A second projector does no harm:
whoever comes late to a position writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import time

import structlog

from eventlog.mongo.client import Document, unavailable
from eventlog.mongo.views import Generation, MongoViews, Overtaken
from eventlog.numbered import NumberedLog, Recorded
from eventlog.pace import Pace
from eventlog.project import View, affected, contiguous
from telemetry import metrics

BATCH = 500
RETRY_SECONDS = 0.5
log = structlog.get_logger()


class Hole(Exception):
    """The log has a hole. Stop and look: it is tampering or a bug."""


@dataclass
class Projector:
    """Keeps one service's views up to date. `observe` gets the events that have just become visible."""

    service: str
    source: NumberedLog
    views: MongoViews
    observe: Callable[[Sequence[Recorded]], None] = lambda _: None
    generation: Generation | None = None

    def run(self, pace: Pace, running: Callable[[], bool]) -> None:
        """Project until told to stop. The database being away does not end it; a hole or a bug does."""
        while running():
            try:
                if done := self.step():
                    pace.worked(full=done >= BATCH)
                else:
                    pace.rest()
            except Exception as error:
                if not unavailable(error):
                    raise
                log.warning("projector_interrupted", service=self.service, error=repr(error))
                self.generation = None
                pace.pause(RETRY_SECONDS)

    def step(self) -> int:
        """Show one batch; how many events it held."""
        at = self.generation or self.views.live()
        batch = self.source.read(at.position, BATCH)
        if not batch:
            self.generation = at
            return 0
        documents = documents_of(self.views.views, self.source, at.position, batch)
        try:
            self.views.write(at, batch[-1].position, documents)
        except Overtaken:
            self.generation = None
            return 0
        self.generation = replace(at, position=batch[-1].position)
        self._report(batch)
        return len(batch)

    def _report(self, batch: Sequence[Recorded]) -> None:
        self.observe(batch)
        metrics.PROJECTION_POSITION.labels(self.service).set(batch[-1].position)
        newest = max(metrics.epoch(each.event.time) for each in batch)
        metrics.PROJECTION_LAST_EVENT.labels(self.service).set(newest)


def documents_of(
    views: Sequence[View], source: NumberedLog, after: int, batch: Sequence[Recorded]
) -> dict[str, list[Document]]:
    """The documents that a batch changes. Raises Hole when it does not follow `after`."""
    if not contiguous(after, batch):
        raise Hole(f"the log has a hole behind {after}")
    histories = source.about(affected(views, batch), batch[-1].position)
    return {view.name: list(_documents(view, histories)) for view in views}


def _documents(view: View, histories: dict[str, list[Recorded]]) -> Sequence[Document]:
    folded = (
        view.document(subject, recorded)
        for subject, recorded in histories.items()
        if view.shows(subject)
    )
    return [document for document in folded if document is not None]


def observe_waiting(batch: Sequence[Recorded]) -> None:
    """Measure how long each event was on its way to the eyes of the staff."""
    now = time()
    for each in batch:
        metrics.ACCEPTED_TO_VISIBLE.observe(max(0, now - metrics.epoch(each.event.time)))
