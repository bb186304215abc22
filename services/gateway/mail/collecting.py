"""What a mailbox process does at each round: store what lies in the folder, and only then move it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from services.gateway.mail.imap import Mailbox
from services.gateway.mail.incoming import Incoming

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Collector:
    """Brings mail in. Without a mailbox it only forgets what is old."""

    incoming: Incoming
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
                stored = self.incoming.store(arrived)
                folder.move(arrived)
                log.info("letter_came", letter=arrived.place.letter, new=stored, size=arrived.size)
                new += stored
        return new
