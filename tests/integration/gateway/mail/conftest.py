"""The office's mail on real servers: a database, an SMTP server in this process, and Debian's dovecot beside it."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from contracts import roles
from eventlog.settings import load
from services.gateway.mail.cipher import Cipher
from services.gateway.mail.content import written
from services.gateway.mail.incoming import Incoming
from services.gateway.mail.outbox import Letter, Outbox
from services.gateway.mail.recording import record
from services.gateway.mail.rounds import Postman, Route
from services.gateway.mail.server import read
from tests.integration.gateway.mail import dovecot, sink
from tests.suites.papers import PERSON

STATE = "S11 notified of a refusal"
EMAIL = "sari.wulandari@example.org"
ON = {
    "TERBUKA_SMTP_URL": "smtp://127.0.0.1:1?tls=off",
    "TERBUKA_MAIL_FROM": "PPID KPU DKI Jakarta <ppid@kpu.example.org>",
}
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


@pytest.fixture
def mail_settings():
    return ON


@pytest.fixture
def given(secret_files, mail_settings):
    return load("gateway", {**secret_files, **mail_settings})


@pytest.fixture
def person():
    return {**PERSON, "email": EMAIL}


@pytest.fixture
def desk(office_at, visit, person):
    """Somebody in front of a case, with all that was read of the applicant."""

    def made(role=roles.DESK, state=STATE):
        lines, app = office_at(state)
        # pages say by the real time what is due, and the office must be there already
        lines.office.time = datetime.now(UTC) + timedelta(minutes=5)
        lines.reads = []

        def applicant(*asked):
            lines.reads.append(asked)
            return app.config["SEAL"].close(person)

        lines.intake_applicant = applicant
        lines.register_named = lambda subjects: dict.fromkeys(subjects, "0001/PPID")
        lines.register_tracked = lambda told: (
            lines.register_request("request/1") if told in ("1", "0001") else None
        )
        visitor = visit(app)
        visitor.sign_in(role)
        return lines, app, visitor

    return made


@pytest.fixture
def postman(server):
    """A postman who works for an application."""

    def made(lines, app):
        outbox = app.config["OUTBOX"]
        route = Route(read(server.address, "smtp"), app.config["MAIL_SENDER"])
        return Postman(outbox, route, written, partial(record, lines), lambda: lines.office.time)

    return made
