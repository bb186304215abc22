"""Paper forms for when the power is out: blocks of serials reserved, used one by one, or void.

A block is taken from the year's own series in one write, so the register has no gap. A serial comes to its end once:
the log refuses the second commit that claims it, on whatever machine it is ordered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from contracts.command import Command
from contracts.local import local_day
from eventlog.handle import Decision, Handler
from eventlog.log import Appended, Taken
from services.intake import decide
from services.intake.numbers import paper, subject
from services.intake.practice import Practice
from services.intake.state import NumbersState


@dataclass(frozen=True, slots=True)
class Paper:
    """What intake does about paper forms."""

    numbers: Handler[NumbersState]
    practice: Callable[[], Practice]

    def reserve(self, command: Command) -> Appended:
        """Reserve a block."""
        return self.numbers.obey(_about_its_year(command), decide.reserve)

    def void(self, command: Command) -> Appended:
        """Write down that a form was spoilt."""

        def decision(order: Command, state: NumbersState, now: datetime) -> Decision:
            return decide.void(order, state, now, self.practice())

        with self.claiming(command.data["serial"]):
            return self.numbers.obey(_about_its_year(command), decision)

    def known(self, command: Command) -> NumbersState:
        """The numbers of the year of receipt where a request comes from a paper form. Raises Rejected for a used one."""
        serial = command.data.get("paper_serial")
        if serial is None:
            return NumbersState()
        year = local_day(command.data["received_at"]).year
        holder = self.numbers.log.holder(paper(year), serial)
        if holder and holder.stream != command.subject:
            raise decide.used_already(serial)
        return self.numbers.known(subject(year)).state

    @staticmethod
    @contextmanager
    def claiming(serial: int | None) -> Iterator[None]:
        """Say it as a refusal when somebody else was faster with a serial."""
        try:
            yield
        except Taken:
            raise decide.used_already(serial or 0) from None


def _about_its_year(command: Command) -> Command:
    return replace(command, subject=subject(command.data["year"]))
