"""A postman and a mailbox process beside the running product: a letter goes out and stands with its request, mail comes in."""

import os
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from deploy.local import readiness
from deploy.local.ports import free_ports
from deploy.local.process import Process
from deploy.local.processes import environment_of, processes
from deploy.local.supervisord import ROOT, inherited
from eventlog import settings
from services.gateway.mail.incoming import REPORT, WAITING
from services.gateway.mail.installing import incoming_of, outbox_of
from services.gateway.mail.outbox import LEASE, SENT, Letter
from tests.e2e.desk import new_key, wait
from tests.integration.gateway.mail import dovecot, sink
from tests.suites.bounces import reported

ADDRESS = "sari@example.org"


@pytest.fixture(scope="module")
def server():
    with sink.listening() as one:
        yield one


@pytest.fixture(scope="module")
def given(stack):
    return settings.load("gateway", environment_of(stack.addresses))


@pytest.fixture(scope="module")
def database(mongo, given):
    return mongo[given["database"]]


@pytest.fixture(scope="module")
def outbox(database, given):
    return outbox_of(given, database)


@pytest.fixture
def beside(stack, tmp_path):
    """Another process of the product, told of a mail server that the stack's own knows nothing of."""

    @contextmanager
    def running(name, **told):
        port = free_ports().gateway
        (plan,) = (each for each in processes(stack.addresses) if each.name == name)
        one = Process(name, (*plan.argv[:-1], str(port)), {**plan.environment, **told}, port=port)
        environment = {**inherited(os.environ), **one.environment}
        with (tmp_path / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(one.argv, cwd=ROOT, env=environment, stdout=log, stderr=log)
            try:
                wait(lambda: readiness.answers_ready(port), f"the other {name}")
                yield process
            finally:
                process.kill()
                process.wait(20)

    return running


@pytest.fixture
def postman(beside, server):
    return lambda: beside(
        "postman",
        TERBUKA_SMTP_URL=server.address,
        TERBUKA_MAIL_FROM="PPID KPU DKI Jakarta <ppid@kpu.example.org>",
    )


def letter(request, **changed):
    id_ = new_key()
    told = {
        "request": request,
        "paper": "receipt",
        "event": "",
        "lang": "id",
        "account": "demo-desk",
    }
    message_id = f"<letter.{id_}@kpu.example.org>"
    told |= {"role": "desk", "message_id": message_id, "ordered_at": datetime.now(UTC)}
    return Letter(id_, **{**told, **changed})


def deliveries(desk, request):
    return [
        (each["item"], each["medium"], each["state"], each["recorded_by"])
        for each in desk.see(f"/requests/{request}")["deliveries"]
    ]


def test_a_letter_goes_out_and_stands_with_its_request(desk, outbox, server, postman):
    request = desk.receive()["id"]
    sent = letter(request)
    with postman():
        outbox.put(sent, ADDRESS)
        wait(lambda: deliveries(desk, request), "the delivery is shown")

    ((recipients, message),) = [
        each for each in server.messages if sent.id in each[1]["Message-ID"]
    ]
    (file,) = message.iter_attachments()
    assert recipients == [ADDRESS]
    assert file.get_content().startswith(b"%PDF")
    assert deliveries(desk, request) == [("receipt", "email", "sent", "desk:demo-desk")]


def test_a_postman_killed_after_the_server_took_the_letter_leaves_one_delivery(
    desk, outbox, database, server, postman
):
    """The message goes twice, which is the limit of the promise; what stands with the request does not."""
    request = desk.receive()["id"]
    sent = letter(request)
    with postman() as process:
        server.on_message = process.kill  # before the server says 250
        outbox.put(sent, ADDRESS)
        wait(lambda: process.poll() is not None, "the postman is dead")
        server.on_message = None
    assert outbox.find(sent.id).state != SENT

    long_ago = datetime.now(UTC) - LEASE  # as if its lease had ended
    database["letters"].update_one({"_id": sent.id}, {"$set": {"next_attempt_at": long_ago}})
    with postman():
        wait(lambda: outbox.find(sent.id).recorded, "the next one has it recorded")

    wait(lambda: deliveries(desk, request), "the delivery is shown")
    assert deliveries(desk, request) == [("receipt", "email", "sent", "desk:demo-desk")]
    ours = [message for _, message in server.messages if sent.id in message["Message-ID"]]
    assert len(ours) == 2


@pytest.fixture
def collecting(beside, tmp_path):
    """A mailbox process that looks into a mailbox of a server that runs meanwhile."""
    if not dovecot.version().startswith(dovecot.WRITTEN_FOR):
        pytest.skip(f"written for dovecot {dovecot.WRITTEN_FOR}")
    password = tmp_path / "password"
    password.write_text(dovecot.PASSWORD)

    def running(mailbox):
        return beside(
            "mailbox",
            TERBUKA_IMAP_URL=mailbox.address("ppid"),
            TERBUKA_IMAP_PASSWORD_FILE=str(password),
            TERBUKA_IMAP_SECONDS="1",
        )

    return running


def test_a_letter_that_comes_back_is_told_with_its_request(
    desk, outbox, database, given, postman, collecting
):
    request = desk.receive()["id"]
    sent = letter(request)
    with postman():
        outbox.put(sent, ADDRESS)
        wait(lambda: deliveries(desk, request), "the delivery is shown")
    with dovecot.running() as mailbox:
        mailbox.deliver("ppid", reported(sent.message_id))
        with collecting(mailbox):
            wait(lambda: len(deliveries(desk, request)) > 1, "the return is shown")

    assert [state for _, _, state, _ in deliveries(desk, request)] == ["sent", "returned"]
    reports = incoming_of(given, database).listed(REPORT)
    assert [each.request for each in reports] == [request]


def test_a_paper_of_an_objection_goes_out_and_stands_with_it(desk, outbox, server, postman):
    case = desk.receive(received_at="2026-01-05T09:00:00+07:00")["id"]
    filed = datetime.now(UTC).isoformat()
    silence = {"request": case, "grounds": ["35c"], "case_position": "x", "filed_at": filed}
    objection = desk.post("/objections", silence).json()
    sent = letter("", objection=objection["id"], paper="objection-receipt")

    def stands():
        return desk.see(f"/objections/{objection['id']}")["deliveries"]

    with postman():
        outbox.put(sent, ADDRESS)
        wait(stands, "the delivery is shown")

    ((_, message),) = [each for each in server.messages if sent.id in each[1]["Message-ID"]]
    assert objection["number"] in message["Subject"]
    assert [(each["item"], each["state"]) for each in stands()] == [("objection_receipt", "sent")]
    assert deliveries(desk, case) == []


def test_mail_that_comes_waits_to_be_registered(collecting, database, given):
    incoming = incoming_of(given, database)

    def ours():  # other tests leave letters as well
        return [each for each in incoming.listed(WAITING) if each.summary.name == "Budi"]

    with dovecot.running() as mailbox:
        mailbox.deliver(
            "ppid", b"From: Budi <budi@example.org>\r\nSubject: Mohon daftar\r\n\r\nhalo\r\n"
        )
        with collecting(mailbox):
            wait(ours, "the letter is here")
            wait(lambda: mailbox.count("ppid", "Terbuka") == 1, "and moved away")

    (found,) = ours()
    assert found.summary.subject == "Mohon daftar"
