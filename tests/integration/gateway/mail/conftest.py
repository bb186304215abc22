"""The office's mail on real servers: a database, an SMTP server in this process, and Debian's dovecot beside it."""

from datetime import UTC, datetime, timedelta

import pytest

from services.gateway.mail.cipher import Cipher
from services.gateway.mail.incoming import Incoming
from services.gateway.mail.outbox import Letter, Outbox
from tests.integration.gateway.mail import dovecot, sink

KEY = b"k" * 32
BEGIN = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)


class Watch:
    """A time that only tests move."""

    def __init__(self):
        self.time = BEGIN

    def __call__(self):
        return self.time

    def forward(self, span=timedelta(0), **parts):
        self.time += span + timedelta(**parts)


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def server():
    with sink.listening() as one:
        yield one


@pytest.fixture(scope="session")
def mailbox_server():
    if not dovecot.version().startswith(dovecot.WRITTEN_FOR):
        pytest.skip(f"written for dovecot {dovecot.WRITTEN_FOR}, here is {dovecot.version()}")
    with dovecot.running() as one:
        yield one


@pytest.fixture
def outbox(database):
    made = Outbox(database, Cipher(KEY))
    made.prepare()
    return made


@pytest.fixture
def incoming(database):
    made = Incoming(database, Cipher(KEY), KEY)
    made.prepare()
    return made


def letter(id_="letter-1", **changed):
    told = {
        "request": "1",
        "paper": "receipt",
        "event": "event-1",
        "lang": "id",
        "message_id": f"<letter.{id_}@kpu.example.org>",
        "account": "ani",
        "role": "desk",
        "ordered_at": BEGIN,
    }
    return Letter(id_, **{**told, **changed})
