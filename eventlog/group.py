"""Group commit: what several callers want written at the same moment is written in one go.

The first caller to come leads and writes for all who wait; then the next one leads. There is no thread of its own,
so it works the same under threads and under eventlet's green ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event as Signal
from threading import Lock
from time import sleep
from typing import Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


class Ticket(Generic[In, Out]):
    """One caller's wish and, later, its answer."""

    def __init__(self, wish: In) -> None:
        self.wish = wish
        self.result: Out | None = None
        self.error: BaseException | None = None
        self.settled = False
        self.called = Signal()

    def succeed(self, result: Out) -> None:
        """Give the answer."""
        self.result, self.settled = result, True

    def fail(self, error: BaseException) -> None:
        """Give the error that the caller will see."""
        self.error, self.settled = error, True

    def outcome(self) -> Out | Exception:
        """The result or the error; what is no Exception rises."""
        if isinstance(self.error, Exception):
            return self.error
        return self.answer()

    def answer(self) -> Out:
        """The result; raises the error."""
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]


class Group(Generic[In, Out]):
    """Hands batches of at most `most` tickets to `write`, one batch at a time, in the order of arrival."""

    def __init__(self, write: Callable[[Sequence[Ticket[In, Out]]], None], most: int = 200) -> None:
        self._write = write
        self._most = most
        self._lock = Lock()
        self._waiting: list[Ticket[In, Out]] = []
        self._led = False

    def submit(self, wish: In) -> Out:
        """Wait until the wish is written. Raises what `write` gave to its ticket."""
        return self._wait((Ticket(wish),))[0].answer()

    def submit_all(self, wishes: Sequence[In]) -> list[Out | Exception]:
        """Wait until all wishes are written; the result or the error of each, in their order."""
        return [ticket.outcome() for ticket in self._wait([Ticket(wish) for wish in wishes])]

    def _wait(self, tickets: Sequence[Ticket[In, Out]]) -> Sequence[Ticket[In, Out]]:
        """The tickets, settled. They stand in line behind each other, so each may be called to lead in its turn."""
        leads = self._join(tickets)
        for ticket in tickets:
            if not leads:
                ticket.called.wait()
            if not ticket.settled:
                self._lead()
            leads = False
        return tickets

    def _join(self, tickets: Sequence[Ticket[In, Out]]) -> bool:
        with self._lock:
            self._waiting.extend(tickets)
            leads, self._led = not self._led, self._led or bool(tickets)
            return leads

    def _lead(self) -> None:
        """Write one batch, which holds the leader's own ticket, then call the next leader."""
        sleep(0)  # whoever is about to come may come along
        with self._lock:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            self._write(batch)
        except BaseException as error:
            for ticket in batch:
                if not ticket.settled:
                    ticket.fail(error)
            if not isinstance(error, Exception):
                raise
        finally:
            self._call_next()
            for ticket in batch:
                ticket.called.set()

    def _call_next(self) -> None:
        with self._lock:
            self._led = bool(self._waiting)
            if self._waiting:
                self._waiting[0].called.set()
