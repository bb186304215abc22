"""A log and an inbox in memory: for tests of decisions, held to the same suite as the real ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from threading import Lock

from contracts.envelope import Event
from eventlog.log import Appended, Commit, Conflict, Taken


class MemoryLog:
    """Keeps the promises of Log until the process ends."""

    def __init__(self) -> None:
        self._commits: list[Appended] = []
        self._by_command: dict[str, Appended] = {}
        self._streams: dict[str, list[Event]] = defaultdict(list)
        self._numbers: dict[str, int] = defaultdict(int)
        self._holders: dict[tuple[str, int], Appended] = {}
        self._ids: set[str] = set()
        self._lock = Lock()

    def append(self, commit: Commit) -> Appended:
        """See Log."""
        with self._lock:
            return self._append(commit)

    def append_all(self, commits: Sequence[Commit]) -> list[Appended | Exception]:
        """See Log."""
        return [self._attempt(commit) for commit in commits]

    def _attempt(self, commit: Commit) -> Appended | Exception:
        try:
            return self.append(commit)
        except Exception as error:  # noqa: BLE001 - the refusal is the answer
            return error

    def _append(self, commit: Commit) -> Appended:
        if commit.command_id in self._by_command:
            return self._by_command[commit.command_id].again()
        if commit.expected != len(self._streams[commit.stream]):
            raise Conflict(commit.stream)
        number = self._number(commit)
        events = commit.events(number)
        self._refuse_known_ids(events)
        if commit.claim and (commit.series, commit.claim) in self._holders:
            raise Taken(f"{commit.series} {commit.claim}")
        appended = Appended(
            position=len(self._commits) + 1,
            stream=commit.stream,
            version=commit.expected + len(events),
            events=events,
            fingerprint=commit.fingerprint,
        )
        self._keep(commit, appended, number)
        return appended

    def _number(self, commit: Commit) -> int:
        if not commit.series:
            return 0
        return commit.claim or self._numbers[commit.series] + 1

    def _refuse_known_ids(self, events: tuple[Event, ...]) -> None:
        ids = [event.id for event in events]
        if not ids or len(set(ids)) != len(ids) or self._ids.intersection(ids):
            raise ValueError("a commit holds events, each with an id of its own")

    def _keep(self, commit: Commit, appended: Appended, number: int) -> None:
        self._commits.append(appended)
        self._by_command[commit.command_id] = appended
        self._streams[commit.stream].extend(appended.events)
        self._ids.update(event.id for event in appended.events)
        if commit.series:
            taken = range(number, number + (1 if commit.claim else commit.count))
            self._holders.update({(commit.series, each): appended for each in taken})
            if not commit.claim:
                self._numbers[commit.series] = taken[-1]

    def stream(self, name: str) -> tuple[Event, ...]:
        """See Log."""
        return tuple(self._streams.get(name, ()))

    def streams(self, names: Sequence[str]) -> dict[str, tuple[Event, ...]]:
        """See Log."""
        return {name: self.stream(name) for name in names}

    def version(self, name: str) -> int:
        """See Log."""
        return len(self._streams.get(name, ()))

    def find(self, command_id: str) -> Appended | None:
        """See Log."""
        done = self._by_command.get(command_id)
        return done.again() if done else None

    def holder(self, series: str, number: int) -> Appended | None:
        """See Log."""
        return self._holders.get((series, number))

    def read(self, after: int, limit: int) -> Sequence[Appended]:
        """See Log."""
        return tuple(self._commits[after : after + limit])

    def head(self) -> int:
        """See Log."""
        return len(self._commits)


class MemoryInbox:
    """Keeps the promises of Inbox until the process ends."""

    def __init__(self) -> None:
        self._events: dict[str, Event] = {}
        self._lock = Lock()

    def receive(self, event: Event) -> bool:
        """See Inbox."""
        with self._lock:
            new = event.id not in self._events
            self._events.setdefault(event.id, event)
            return new

    def about(self, subject: str) -> tuple[Event, ...]:
        """See Inbox."""
        return self.about_all((subject,))[subject]

    def about_all(self, subjects: Sequence[str]) -> dict[str, tuple[Event, ...]]:
        """See Inbox."""
        found: dict[str, list[Event]] = {subject: [] for subject in subjects}
        for event in self._events.values():
            if event.subject in found:
                found[event.subject].append(event)
        return {subject: tuple(events) for subject, events in found.items()}
