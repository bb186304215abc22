"""A real SMTP server for tests, in this process: it keeps what it takes, and answers as it is told."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller

from deploy.local.ports import free_ports

TAKEN = "250 OK"


@dataclass
class Sink:
    """What was taken, and what is answered: the next answers first, then always 250."""

    port: int = 0
    messages: list = field(default_factory=list)
    to_recipients: list = field(default_factory=list)
    to_messages: list = field(default_factory=list)
    on_message: object = None

    # names and arguments are aiosmtpd's
    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        answer = self.to_recipients.pop(0) if self.to_recipients else TAKEN
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        answer = self.to_messages.pop(0) if self.to_messages else TAKEN
        if answer == TAKEN:
            self.messages.append(
                (envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default))
            )
            if self.on_message:
                self.on_message()
        return answer

    @property
    def address(self):
        return f"smtp://127.0.0.1:{self.port}?tls=off"


@contextmanager
def listening(**options):
    """Start it and stop it."""
    sink = Sink(free_ports().gateway)
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, **options)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
