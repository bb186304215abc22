"""What a mailbox process does at each round: store what lies in the folder, and only then move it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from services.gateway.mail.imap import Mailbox
from services.gateway.mail.incoming import Arrived, Incoming, Reported
from services.gateway.mail.outbox import Outbox
from services.gateway.mail.reports import FAILED, report

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Collector:
    """Brings mail in. Without a mailbox it only forgets what is old."""

    incoming: Incoming
    outbox: Outbox
    mailbox: Mailbox | None
    now: Callable[[], datetime]

    def round(self) -> int:
        """How many new letters there are. Raises one of imap.AWAY; what was stored until then is stored."""
        self.incoming.forget(self.now())
        if self.mailbox is None:
            return 0
        new = 0
        with self.mailbox.opened() as folder:
            for arrived in folder.messages():
                stored = self.incoming.store(arrived, self._reported(arrived))
                folder.move(arrived)
                log.info("letter_came", letter=arrived.place.letter, new=stored, size=arrived.size)
                new += stored
        return new

    def _reported(self, arrived: Arrived) -> Reported | None:
        """What a report is about that comes about a letter of ours, which is noted with that letter; else None.

        Noted before it is stored: a process that dies in between does both again, and a letter comes back once.
        """
        told = report(arrived.raw)
        letter = self.outbox.named(told.about) if told else None
        if told is None or letter is None:
            return None
        if told.action == FAILED and self.outbox.returned(letter, self.now(), told.status):
            log.warning("letter_returned", letter=letter.id, code=told.status)
        return Reported(letter.request, letter.objection, self.now())
