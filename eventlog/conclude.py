"""How a service concludes something about many subjects at once: few reads, few writes, each subject by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from eventlog.handle import Decision, Handler
from eventlog.log import Appended, Commit, Conflict

S = TypeVar("S")
TOGETHER = 200
Decide = Callable[[S, datetime], Decision]


def conclude_many(
    handler: Handler[S], subjects: Sequence[str], id_of: Callable[[str], str], decide: Decide[S]
) -> Iterator[Appended]:
    """What `Handler.conclude` does, for many subjects; what was recorded, as it goes on.

    A subject that moves on meanwhile is decided anew, alone. After an error of the connection the outcome of some is
    unknown; concluding again is safe, as with `append`.
    """
    for first in range(0, len(subjects), TOGETHER):
        commits = list(_drafts(handler, subjects[first : first + TOGETHER], id_of, decide))
        outcomes = handler.log.append_all(commits)
        for commit, outcome in zip(commits, outcomes, strict=True):
            done = _settled(handler, commit, outcome, decide)
            if done:
                yield done


def _drafts(
    handler: Handler[S], subjects: Sequence[str], id_of: Callable[[str], str], decide: Decide[S]
) -> Iterator[Commit]:
    now = handler.now()
    for subject, known in handler.known_all(subjects).items():
        decision = decide(known.state, now)
        if decision:
            yield handler.conclusion(subject, id_of(subject), None, known, decision, now)


def _settled(
    handler: Handler[S], commit: Commit, outcome: Appended | Exception, decide: Decide[S]
) -> Appended | None:
    if isinstance(outcome, Conflict):
        return handler.conclude(commit.stream, commit.command_id, decide)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
