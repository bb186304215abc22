"""How views follow a numbered log, and how a service says what they are.

A view is a pure function of the *set* of an entity's events: the fold gets them in causal order, so the order in which
they were delivered cannot matter, and a view built now equals one that grew for years, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.envelope import Event, causal_order
from eventlog.numbered import Recorded

Document = dict[str, Any]
Fold = Callable[[Sequence[Event]], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class View:
    """One collection of documents, one document an entity.

    `subjects` is the prefix of the subjects it shows (`request/`). `fold` is pure; None means nothing to show.
    `indexes` are lists of (field, direction). `searched` are fields that are searched by their words, in any language.
    """

    name: str
    subjects: str
    fold: Fold
    indexes: tuple[tuple[tuple[str, int], ...], ...] = ()
    searched: tuple[str, ...] = ()

    def shows(self, subject: str) -> bool:
        """Whether an entity belongs into this view."""
        return subject.startswith(self.subjects)

    def document(self, subject: str, recorded: Sequence[Recorded]) -> Document | None:
        """What the view shows of an entity. `position` is that of the newest event in it."""
        content = self.fold(causal_order(each.event for each in recorded))
        if content is None:
            return None
        return {"_id": subject, "position": max(each.position for each in recorded), **content}


def affected(views: Iterable[View], recorded: Iterable[Recorded]) -> set[str]:
    """The subjects of some events that any of the views shows."""
    subjects = {each.event.subject for each in recorded}
    return {subject for subject in subjects if any(view.shows(subject) for view in views)}


def contiguous(after: int, recorded: Sequence[Recorded]) -> bool:
    """Whether events follow a position without a hole. A hole is tampering or a bug, never normal."""
    return all(each.position == after + step for step, each in enumerate(recorded, start=1))
