"""What a postman does at each round: record what became of letters, then send the one that waits longest.

The message may go out twice, never its record: if the postman dies after the server took the message and before that is
written, the next one sends it again, under the same Message-ID (docs/decisions/0019).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from contracts.errors import Rejected
from services.gateway.mail import transport
from services.gateway.mail.cipher import Unreadable
from services.gateway.mail.message import BadAddress, Content, Sender, message
from services.gateway.mail.outbox import MOST_ATTEMPTS, Letter, Outbox
from services.gateway.mail.server import Server
from services.gateway.mail.transport import Never, NotNow
from services.gateway.rpc import RemoteFault, Unavailable

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Route:
    """How letters leave: by which server, and from whom."""

    server: Server
    sender: Sender


@dataclass(frozen=True, slots=True)
class Postman:
    """One postman. `write` makes a letter's content, `record` tells the register what became of it."""

    outbox: Outbox
    route: Route | None
    write: Callable[[Letter], Content]
    record: Callable[[Letter], None]
    now: Callable[[], datetime]

    def round(self) -> bool:
        """Whether there was something to do. Raises Unavailable while nothing can be recorded."""
        recorded = self._record_all()
        letter = self.outbox.take(self.now()) if self.route else None
        if letter is None:
            self.outbox.forget(self.now())
            return recorded
        self._deliver(letter, self.route)
        return True

    def _record_all(self) -> bool:
        ended = self.outbox.unrecorded()
        for letter in ended:
            try:
                self.record(letter)
            except Rejected as refused:
                log.warning("delivery_not_recorded", letter=letter.id, code=refused.code)
                self.outbox.recorded(letter, refused.code)
            else:
                self.outbox.recorded(letter)
        return bool(ended)

    def _deliver(self, letter: Letter, route: Route | None) -> None:
        try:
            self._send(letter, route)
        except Never as refused:
            kept = self.outbox.failed(letter, self.now(), str(refused))
            log.warning("letter_failed", letter=letter.id, code=str(refused), kept=kept)
        except NotNow as delay:
            kept = self.outbox.delayed(letter, self.now(), str(delay))
            log.warning("letter_delayed", letter=letter.id, code=str(delay), kept=kept)
        else:
            kept = self.outbox.sent(letter, self.now())
            log.info("letter_sent", letter=letter.id, attempts=letter.attempts, kept=kept)

    def _send(self, letter: Letter, route: Route | None) -> None:
        if route is None:
            raise NotNow("not_set_up")
        if letter.attempts > MOST_ATTEMPTS:  # whoever had it died each time
            raise Never("interrupted")
        recipient = self._recipient(letter)
        content = self._content(letter)
        try:
            ready = message(letter.message_id, content, route.sender, recipient, self.now())
        except (BadAddress, ValueError) as wrong:
            raise Never("unsendable") from wrong
        transport.send(route.server, ready, route.sender.address, recipient)

    def _recipient(self, letter: Letter) -> str:
        try:
            return self.outbox.address(letter)
        except (Unreadable, KeyError) as gone:
            raise Never("address_gone") from gone

    def _content(self, letter: Letter) -> Content:
        try:
            return self.write(letter)
        except Rejected as refused:
            raise Never(refused.code) from refused
        except Unavailable as away:
            raise NotNow("service_unavailable") from away
        except RemoteFault as fault:
            raise NotNow("service_fault") from fault
