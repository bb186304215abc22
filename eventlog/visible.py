"""Waiting until a view shows what was just recorded, so that who wrote it reads it.

However many wait, the views are asked once a look, for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any

from eventlog.mongo.views import MongoViews

Shown = dict[str, Any]
LOOK_SECONDS = 0.004


@dataclass(eq=False)
class Wait:
    """One caller's condition: a number per service that the view must have reached."""

    subject: str
    versions: Mapping[str, int]
    deadline: float
    shown: Shown | None = None

    def met(self, shown: Shown) -> bool:
        """Whether a document shows enough."""
        reached = shown["versions"]
        return all(reached.get(service, 0) >= version for service, version in self.versions.items())


@dataclass
class Visible:
    """Looks on behalf of everybody who waits. `sleep` lets the others run (green or real threads)."""

    views: MongoViews
    view: str
    sleep: Callable[[float], object]
    _waiting: list[Wait] = field(default_factory=list)
    _looking: Lock = field(default_factory=Lock)

    def until(self, subject: str, versions: Mapping[str, int], seconds: float) -> Shown | None:
        """The document as soon as it shows `versions`; None when that takes longer than `seconds`."""
        wait = Wait(subject, versions, monotonic() + seconds)
        self._waiting.append(wait)
        while wait in self._waiting:
            if self._looking.acquire(blocking=False):
                self._look_once()
            else:
                self.sleep(LOOK_SECONDS / 2)
        return wait.shown

    def _look_once(self) -> None:
        try:
            self._look()
            self.sleep(LOOK_SECONDS)
        finally:
            self._looking.release()

    def _look(self) -> None:
        waiting = list(self._waiting)
        query = {"_id": {"$in": list({wait.subject for wait in waiting})}}
        found = {
            document["_id"]: document for document in self.views.collection(self.view).find(query)
        }
        for wait in waiting:
            shown = found.get(wait.subject)
            if shown and wait.met(shown):
                wait.shown = shown
            if wait.shown or monotonic() > wait.deadline:
                self._waiting.remove(wait)
