"""Mail comes in from a real IMAP server: each message once, stored before it is moved away, however broken it is."""

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count

import pytest

from contracts.errors import Rejected
from services.gateway.mail.collecting import Collector
from services.gateway.mail.imap import AWAY, Mailbox
from services.gateway.mail.incoming import (
    BROKEN,
    DROPPED,
    KEPT,
    READABLE,
    REPORT,
    TAKEN,
    TOO_LARGE,
    WAITING,
)
from services.gateway.mail.outbox import FAILED, RETURNED, SENT
from services.gateway.mail.reading import Unreadable
from services.gateway.mail.server import read
from tests.integration.gateway.mail.conftest import letter as outgoing
from tests.integration.gateway.mail.dovecot import PASSWORD
from tests.suites.bounces import reported

DONE = "Terbuka"
_users = count(1)


class Died(Exception):
    """The process is gone."""


@pytest.fixture
def user():
    """A mailbox of one's own."""
    return f"ppid{next(_users)}"


@pytest.fixture
def collector(incoming, outbox, mailbox_server, user, watch):
    server = read(mailbox_server.address(user), "imap", PASSWORD)
    return Collector(incoming, outbox, Mailbox(server, "INBOX", DONE, 100_000), watch)


@pytest.fixture
def deliver(mailbox_server, user):
    return lambda raw: mailbox_server.deliver(user, raw)


@pytest.fixture
def lying(mailbox_server, user):
    """How many messages lie in the inbox, and how many among the stored."""
    return lambda: (mailbox_server.count(user), mailbox_server.count(user, DONE))


def mail(**changed):
    told = {
        "From": "Ani Pemohon <ani@example.org>",
        "To": "ppid@kpu.example.org",
        "Subject": "Permohonan informasi: rekapitulasi suara",
        "Date": "Tue, 11 Aug 2026 20:15:00 +0700",
        "Message-ID": "<1@example.org>",
    }
    text = changed.pop("text", "Mohon rekapitulasi suara per kecamatan.\n")
    made = EmailMessage(policy=SMTP)
    said = {name.replace("_", "-"): value for name, value in changed.items()}
    for name, value in {**told, **said}.items():
        made[name] = value
    made.set_content(text)
    return made


def only(incoming, state=WAITING):
    (found,) = incoming.listed(state)
    return found


class TestComing:
    def test_a_message_becomes_a_letter_and_is_moved_away(
        self, incoming, collector, deliver, lying
    ):
        deliver(mail().as_bytes())

        assert collector.round() == 1

        found = only(incoming)
        assert (found.kind, found.summary.name) == (READABLE, "Ani Pemohon")
        assert found.summary.address == "ani@example.org"
        assert found.summary.subject == "Permohonan informasi: rekapitulasi suara"
        assert incoming.message(found.id).text == "Mohon rekapitulasi suara per kecamatan."
        assert lying() == (0, 1)

    def test_when_it_came_is_what_the_server_says_not_the_sender(
        self, incoming, collector, deliver
    ):
        deliver(mail(Date="Thu, 1 Jan 1970 00:00:00 +0000").as_bytes())
        collector.round()

        found = only(incoming)
        assert found.received_at.year > 2020
        assert found.summary.sent_at.startswith("1970")

    def test_files_come_with_it(self, incoming, collector, deliver):
        with_file = mail()
        with_file.add_attachment(
            b"%PDF-1.7 ktp", maintype="application", subtype="pdf", filename="../ktp ani.pdf"
        )
        deliver(with_file.as_bytes())
        collector.round()

        found = only(incoming)
        (file,) = incoming.message(found.id).files
        assert found.summary.files == 1
        assert (file.media_type, file.content) == ("application/pdf", b"%PDF-1.7 ktp")

    def test_nothing_of_it_can_be_read_in_the_database(self, collector, deliver, database):
        deliver(mail().as_bytes())
        collector.round()

        kept = str([*database["incoming"].find(), *database["incoming_parts"].find()])
        assert not [word for word in ("Ani", "example.org", "kecamatan", "suara") if word in kept]

    def test_all_that_lies_there_comes_the_oldest_first(self, incoming, collector, deliver):
        for number in range(3):
            deliver(
                mail(Message_ID=f"<{number}@example.org>", Subject=f"Surat {number}").as_bytes()
            )

        assert collector.round() == 3
        assert sorted(each.summary.subject for each in incoming.listed(WAITING)) == [
            "Surat 0", "Surat 1", "Surat 2",
        ]  # fmt: skip

    def test_a_large_message_is_kept_in_parts_and_comes_back_whole(
        self, incoming, outbox, mailbox_server, user, watch, deliver
    ):
        raw = mail(text="panjang " * 200_000).as_bytes()
        server = read(mailbox_server.address(user), "imap", PASSWORD)
        deliver(raw)
        Collector(incoming, outbox, Mailbox(server, "INBOX", DONE, 10_000_000), watch).round()

        assert incoming.raw(only(incoming).id) == raw

    def test_a_mailbox_without_an_address_brings_nothing(self, incoming, outbox, watch):
        assert Collector(incoming, outbox, None, watch).round() == 0


class TestOnce:
    def test_one_that_was_stored_and_not_moved_is_moved_and_not_stored_again(
        self, incoming, collector, deliver, lying, monkeypatch
    ):
        def die(*_):
            raise Died

        deliver(mail().as_bytes())
        with monkeypatch.context() as patched:
            patched.setattr("services.gateway.mail.imap.Folder.move", die)
            with pytest.raises(Died):
                collector.round()
        assert lying() == (1, 0)

        assert collector.round() == 0
        assert only(incoming).copies == 0
        assert lying() == (0, 1)

    def test_one_that_could_not_be_stored_stays_in_the_mailbox(
        self, collector, deliver, lying, monkeypatch
    ):
        def die(*_):
            raise Died

        deliver(mail().as_bytes())
        with monkeypatch.context() as patched:
            patched.setattr("services.gateway.mail.incoming.Incoming.store", die)
            with pytest.raises(Died):
                collector.round()
        assert lying() == (1, 0)

        assert collector.round() == 1

    def test_one_that_was_delivered_twice_is_one_letter(self, incoming, collector, deliver, lying):
        deliver(b"Received: from a\r\n" + mail().as_bytes())
        deliver(b"Received: from b\r\n" + mail().as_bytes())

        assert collector.round() == 1
        assert only(incoming).copies == 1
        assert lying() == (0, 2)

    @pytest.mark.parametrize(
        "other", [{"text": "Sesuatu yang lain."}, {"Subject": "Lain"}, {"From": "x@example.org"}]
    )
    def test_the_same_id_hides_no_other_message(self, collector, deliver, other):
        """Whoever writes chooses the id: it must not make somebody else's letter disappear."""
        deliver(mail().as_bytes())
        deliver(mail(**other).as_bytes())

        assert collector.round() == 2

    def test_messages_without_an_id_are_each_a_letter(self, collector, deliver):
        without = mail()
        del without["Message-ID"]
        deliver(without.as_bytes())
        deliver(without.as_bytes())

        assert collector.round() == 2


class TestReports:
    """What mail servers report of what the office sent."""

    @pytest.fixture
    def sent(self, outbox, watch):
        outbox.put(outgoing(), "sari@example.org")
        taken = outbox.take(watch())
        outbox.sent(taken, watch())
        watch.forward(hours=1)
        return taken

    @pytest.mark.parametrize("back", ["message", "head"])
    def test_a_letter_that_came_back_is_known_and_nobody_has_to_read_the_report(
        self, incoming, outbox, collector, deliver, lying, sent, back
    ):
        deliver(reported(sent.message_id, back=back))
        collector.round()

        found = outbox.find(sent.id)
        assert (found.state, found.said, found.recorded) == (RETURNED, "5.1.1", False)
        assert (incoming.listed(WAITING), incoming.waiting()) == ([], 0)
        assert only(incoming, REPORT).request == sent.request
        assert lying() == (0, 1)

    def test_when_it_went_out_is_not_forgotten(self, outbox, collector, deliver, sent, watch):
        deliver(reported(sent.message_id))
        collector.round()

        found = outbox.find(sent.id)
        assert found.changed_at == watch()
        assert found.changed_at - found.sent_at == timedelta(hours=1)

    def test_a_paper_of_an_objection_comes_back_to_the_objection(
        self, incoming, outbox, collector, deliver, watch
    ):
        outbox.put(outgoing(request="", objection="o"), "sari@example.org")
        outbox.sent(outbox.take(watch()), watch())
        deliver(reported(outgoing().message_id))
        collector.round()

        assert [each.state for each in outbox.of("objection/o")] == [RETURNED]
        assert only(incoming, REPORT).objection == "o"

    def test_one_that_matches_nothing_of_ours_stays_a_letter(
        self, incoming, outbox, collector, deliver, sent
    ):
        deliver(reported("<letter.lain@kpu.example.org>"))
        collector.round()

        assert only(incoming).state == WAITING
        assert outbox.find(sent.id).state == SENT

    def test_a_letter_that_only_says_it_came_back_stays_a_letter(
        self, incoming, outbox, collector, deliver, sent
    ):
        deliver(
            mail(In_Reply_To=sent.message_id, text="Status: 5.1.1\nAction: failed\n").as_bytes()
        )
        collector.round()

        assert only(incoming).state == WAITING
        assert outbox.find(sent.id).state == SENT

    def test_one_that_is_still_under_way_there_has_not_come_back(
        self, incoming, outbox, collector, deliver, sent
    ):
        deliver(reported(sent.message_id, action="delayed", status="4.4.1"))
        collector.round()

        assert outbox.find(sent.id).state == SENT
        assert only(incoming, REPORT).request == sent.request

    def test_what_never_went_out_does_not_come_back(self, outbox, collector, deliver, watch):
        outbox.put(outgoing(), "sari@example.org")
        outbox.failed(outbox.take(watch()), watch(), "550")
        deliver(reported(outgoing().message_id))
        collector.round()

        assert outbox.find("letter-1").state == FAILED

    def test_a_process_that_died_before_storing_it_does_it_all_again(
        self, incoming, outbox, collector, deliver, sent, monkeypatch
    ):
        def die(*_):
            raise Died

        deliver(reported(sent.message_id))
        with monkeypatch.context() as patched:
            patched.setattr("services.gateway.mail.incoming.Incoming.store", die)
            with pytest.raises(Died):
                collector.round()
        outbox.recorded(outbox.find(sent.id))
        collector.round()

        assert outbox.find(sent.id).recorded
        assert only(incoming, REPORT).request == sent.request

    def test_a_report_is_destroyed_some_weeks_later_as_other_mail_is(
        self, incoming, collector, deliver, sent, watch
    ):
        deliver(reported(sent.message_id))
        collector.round()
        watch.forward(KEPT + timedelta(seconds=1))
        collector.round()

        assert only(incoming, REPORT).forgotten


BROKEN_ONES = {
    "nothing": b"\r\n",
    "no head": b"halo\r\n\r\nhalo\r\n",
    "bytes": bytes(range(14, 256)) * 10,
    "an unknown alphabet": b"From: a@b.id\r\nContent-Type: text/plain; charset=tidak-ada\r\n\r\nhalo\r\n",
    "a part that never ends": b"From: a@b.id\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhalo",
    "bad base64": b"From: a@b.id\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n",
    "a head that is no text": b"From: =?utf-8?b?/////w==?= <a@b.id>\r\nSubject: =?x?q?=FF?=\r\n\r\nhalo\r\n",
    "a strange date": b"From: a@b.id\r\nDate: Selasa, 99 Foo 99999\r\n\r\nhalo\r\n",
    "many inside each other": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
        for number in range(600)
    ),
    "a sender who is nobody": b"From: \x01\r\nTo: @@@\r\n\r\nhalo\r\n",
}


class TestBroken:
    @pytest.mark.parametrize("kind", BROKEN_ONES)
    def test_whatever_comes_is_kept_as_it_came_and_stops_nothing(
        self, incoming, collector, deliver, lying, kind
    ):
        deliver(BROKEN_ONES[kind])
        deliver(mail().as_bytes())

        assert collector.round() == 2
        assert lying() == (0, 2)
        kept = [incoming.raw(each.id) for each in incoming.listed(WAITING)]
        assert BROKEN_ONES[kind] in kept

    def test_one_that_nobody_can_read_says_so(self, incoming, collector, deliver, monkeypatch):
        def fail(_):
            raise Unreadable("RecursionError")

        monkeypatch.setattr("services.gateway.mail.incoming.read", fail)
        deliver(mail().as_bytes())
        collector.round()

        found = only(incoming)
        assert (found.kind, found.summary.address) == (BROKEN, "")
        assert incoming.raw(found.id) == mail().as_bytes()

    def test_of_one_that_is_too_large_only_the_head_comes(
        self, incoming, collector, deliver, lying
    ):
        deliver(mail(text="x" * 200_000).as_bytes())
        collector.round()

        found = only(incoming)
        assert (found.kind, found.summary.address) == (TOO_LARGE, "ani@example.org")
        assert found.size > 200_000
        assert len(incoming.raw(found.id)) < 1000
        assert lying() == (0, 1)

    def test_a_server_that_is_away_is_told_as_such(self, incoming, outbox, watch):
        nobody = read("imap://ppid@127.0.0.1:1?tls=off", "imap", "x")
        with pytest.raises(AWAY):
            Collector(incoming, outbox, Mailbox(nobody, "INBOX", DONE, 1000), watch).round()

    def test_so_is_one_that_does_not_let_us_in(self, incoming, outbox, mailbox_server, user, watch):
        wrong = read(mailbox_server.address(user), "imap", "salah")
        with pytest.raises(AWAY):
            Collector(incoming, outbox, Mailbox(wrong, "INBOX", DONE, 1000), watch).round()


class TestSettling:
    @pytest.fixture
    def letter(self, incoming, collector, deliver):
        deliver(mail().as_bytes())
        collector.round()
        return only(incoming).id

    def test_somebody_takes_it_and_a_colleague_may_take_it_over(self, incoming, letter, watch):
        incoming.take(letter, "ani", watch())
        incoming.take(letter, "budi", watch())

        assert only(incoming, TAKEN).taken_by == "budi"

    def test_it_becomes_one_request(self, incoming, letter, watch):
        incoming.take(letter, "ani", watch())
        incoming.register(letter, "request-1", "ani", watch())

        assert incoming.find(letter).request == "request-1"
        for again in (
            lambda: incoming.register(letter, "request-2", "budi", watch()),
            lambda: incoming.drop(letter, "Iklan", "budi", watch()),
            lambda: incoming.take(letter, "budi", watch()),
        ):
            with pytest.raises(Rejected) as refused:
                again()
            assert refused.value.code == "already_done"

    def test_what_is_dropped_says_why_and_is_destroyed_some_weeks_later(
        self, incoming, collector, letter, watch, database
    ):
        incoming.drop(letter, "Iklan", "ani", watch())
        watch.forward(KEPT)
        collector.round()
        assert incoming.raw(letter)

        watch.forward(timedelta(seconds=1))
        collector.round()

        gone = only(incoming, DROPPED)
        assert (gone.reason, gone.forgotten, gone.summary.address) == ("Iklan", True, "")
        assert database["incoming_parts"].count_documents({"letter": letter}) == 0

    def test_what_waits_is_never_destroyed(self, incoming, collector, letter, watch):
        watch.forward(days=1000)
        collector.round()

        assert incoming.raw(letter)
        assert incoming.waiting() == 1

    def test_a_letter_that_is_not_there_is_not_found(self, incoming, watch):
        with pytest.raises(Rejected) as refused:
            incoming.take("nowhere", "ani", watch())
        assert refused.value.code == "not_found"
