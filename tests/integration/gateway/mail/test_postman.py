"""Letters go out by a real SMTP server, and what became of each is recorded once."""

import ssl
from datetime import timedelta

import pytest

from contracts.errors import Rejected
from services.gateway.mail.message import Content, sender_of
from services.gateway.mail.outbox import (
    DEALT_WITH,
    DELAYS,
    FAILED,
    GIVEN_UP,
    KEPT,
    LEASE,
    MOST_ATTEMPTS,
    QUEUED,
    RETURNED,
    SENDING,
    SENT,
)
from services.gateway.mail.recording import deliveries
from services.gateway.mail.rounds import Postman, Route
from services.gateway.mail.server import read
from services.gateway.rpc import RemoteFault, Unavailable
from tests.integration.gateway.mail import certificate, sink
from tests.integration.gateway.mail.conftest import letter

ADDRESS = "ani.pemohon@example.org"
OFFICE = sender_of("PPID KPU DKI Jakarta <ppid@kpu.example.org>")
PAPER = Content("Tanda bukti penerimaan", "0001/PPID-KPU-DKI/VIII/2026", "id", b"%PDF-1.7 isi")


class Died(Exception):
    """The process is gone."""


class Register:
    """What was recorded: an order of the same id once, as the register does it."""

    def __init__(self):
        self.orders = {}
        self.away = False

    def __call__(self, one):
        if self.away:
            raise Unavailable("register")
        for order in deliveries(one):
            kept = self.orders.setdefault(order.id, order)
            assert kept.fingerprint == order.fingerprint

    @property
    def told(self):
        return [
            (each.data["state"], each.data["item"], each.data["remark"])
            for each in self.orders.values()
        ]


@pytest.fixture
def register():
    return Register()


@pytest.fixture
def postman(outbox, server, register, watch):
    return Postman(outbox, Route(read(server.address, "smtp"), OFFICE), lambda _: PAPER, register, watch)  # fmt: skip


def another(postman, **changed):
    """A postman who starts anew on the same outbox."""
    told = {name: getattr(postman, name) for name in Postman.__dataclass_fields__}
    return Postman(**{**told, **changed})


def work(postman):
    """Rounds until there is nothing to do."""
    for _ in range(100):
        if not postman.round():
            return
    raise AssertionError("it never ends")


def state(outbox, id_="letter-1"):
    return outbox.find(id_).state


class TestSending:
    def test_a_letter_arrives_with_its_paper_and_is_recorded_once(
        self, outbox, server, postman, register
    ):
        outbox.put(letter(), ADDRESS)
        work(postman)
        work(postman)

        ((recipients, message),) = server.messages
        (file,) = message.iter_attachments()
        assert recipients == [ADDRESS]
        assert message["To"] == ADDRESS
        assert message["Subject"] == "[0001/PPID-KPU-DKI/VIII/2026] Tanda bukti penerimaan"
        assert message["Message-ID"] == "<letter.letter-1@kpu.example.org>"
        assert (file.get_content_type(), file.get_content()) == ("application/pdf", PAPER.paper)
        assert state(outbox) == SENT
        assert register.told == [("sent", "receipt", None)]

    def test_the_order_is_that_of_whoever_had_it_sent_and_names_nobody_else(
        self, outbox, postman, register
    ):
        outbox.put(letter(), ADDRESS)
        work(postman)

        (order,) = register.orders.values()
        assert (str(order.actor), order.subject) == ("desk:ani", "request/1")
        assert order.data["proof"] == "<letter.letter-1@kpu.example.org>"
        assert ADDRESS not in str(order)

    def test_the_address_is_kept_sealed_and_destroyed_when_the_letter_is_out(
        self, outbox, postman, database
    ):
        outbox.put(letter(), ADDRESS)
        assert ADDRESS not in str(database["letters"].find_one())

        work(postman)

        assert "address" not in database["letters"].find_one()

    def test_the_same_form_sends_one_letter(self, outbox, server, postman):
        outbox.put(letter(), ADDRESS)
        outbox.put(letter(), ADDRESS)
        work(postman)
        outbox.put(letter(), ADDRESS)
        work(postman)

        assert len(server.messages) == 1

    def test_the_same_form_for_another_letter_is_refused(self, outbox):
        outbox.put(letter(), ADDRESS)

        with pytest.raises(Rejected, match="another letter"):
            outbox.put(letter(paper="notification"), ADDRESS)

    def test_the_letter_that_waits_longest_goes_first(self, outbox, server, postman, watch):
        outbox.put(letter("late", ordered_at=watch() - timedelta(minutes=1)), ADDRESS)
        outbox.put(letter("later"), ADDRESS)
        work(postman)

        ids = [message["Message-ID"] for _, message in server.messages]
        assert ids == ["<letter.late@kpu.example.org>", "<letter.later@kpu.example.org>"]

    def test_without_a_server_letters_wait(self, outbox, postman):
        outbox.put(letter(), ADDRESS)

        assert not another(postman, route=None).round()
        assert state(outbox) == QUEUED


class TestLater:
    @pytest.mark.parametrize(
        ("answers", "said"),
        [
            ({"to_recipients": ["451 4.7.1 ani.pemohon@example.org: greylisted"]}, "451 4.7.1"),
            ({"to_messages": ["452 4.3.1 no space"]}, "452 4.3.1"),
            ({"to_messages": ["421 closing"]}, "421"),
        ],
    )
    def test_what_the_server_does_not_take_now_goes_later(
        self, outbox, server, postman, register, watch, answers, said
    ):
        vars(server).update(answers)
        outbox.put(letter(), ADDRESS)
        work(postman)

        delayed = outbox.find("letter-1")
        assert (delayed.state, delayed.said, delayed.attempts) == (QUEUED, said, 1)
        assert (server.messages, register.orders) == ([], {})

        watch.forward(DELAYS[0] - timedelta(seconds=1))
        work(postman)
        assert state(outbox) == QUEUED

        watch.forward(seconds=1)
        work(postman)
        assert state(outbox) == SENT
        assert register.told == [("sent", "receipt", None)]

    def test_a_server_that_is_away_is_tried_less_and_less_often_and_then_no_more(
        self, outbox, postman, register, watch
    ):
        nobody = Route(read("smtp://127.0.0.1:1?tls=off", "smtp"), OFFICE)
        lost = another(postman, route=nobody)
        outbox.put(letter(), ADDRESS)

        for delay in DELAYS:
            work(lost)
            assert outbox.find("letter-1").next_attempt_at == watch() + delay
            watch.forward(delay)
        work(lost)

        given_up = outbox.find("letter-1")
        assert (given_up.state, given_up.attempts) == (FAILED, MOST_ATTEMPTS)
        assert register.told == [("failed", "receipt", "server_away")]

    def test_a_server_without_the_encryption_that_was_asked_for_gets_nothing(
        self, outbox, server, postman
    ):
        demanding = Route(read(f"smtp://127.0.0.1:{server.port}", "smtp"), OFFICE)
        outbox.put(letter(), ADDRESS)
        work(another(postman, route=demanding))

        assert (outbox.find("letter-1").said, server.messages) == ("server_unsafe", [])

    @pytest.mark.parametrize("trouble", [Unavailable("intake"), RemoteFault("a.Bug")])
    def test_a_paper_that_cannot_be_drawn_now_is_drawn_later(
        self, outbox, server, postman, watch, trouble
    ):
        troubles = [trouble]

        def write(_):
            if troubles:
                raise troubles.pop()
            return PAPER

        outbox.put(letter(), ADDRESS)
        clumsy = another(postman, write=write)
        work(clumsy)
        watch.forward(DELAYS[0])
        work(clumsy)

        assert len(server.messages) == 1


class TestNever:
    @pytest.mark.parametrize(
        "answers",
        [
            {"to_recipients": ["550 5.1.1 <ani.pemohon@example.org>: no such user"]},
            {"to_messages": ["550 5.1.1 ani.pemohon@example.org"]},
        ],
    )
    def test_what_the_server_refuses_has_failed_and_says_so_without_naming_anybody(
        self, outbox, server, postman, register, database, answers
    ):
        vars(server).update(answers)
        outbox.put(letter(), ADDRESS)
        work(postman)
        work(postman)

        assert register.told == [("failed", "receipt", "550 5.1.1")]
        assert outbox.find("letter-1").said == "550 5.1.1"
        assert "pemohon" not in str(database["letters"].find_one())

    def test_it_can_be_sent_anew_and_is_recorded_again(
        self, outbox, server, postman, register, watch
    ):
        server.to_recipients = ["550 no"]
        outbox.put(letter(), ADDRESS)
        work(postman)
        watch.forward(days=1)
        outbox.again("letter-1", watch())
        work(postman)

        assert [told[0] for told in register.told] == ["failed", "sent"]
        assert state(outbox) == SENT

    def test_what_is_on_its_way_is_not_sent_anew(self, outbox, watch):
        outbox.put(letter(), ADDRESS)
        for act in (outbox.again, outbox.drop):
            with pytest.raises(Rejected) as refused:
                act("letter-1", watch())
            assert refused.value.code == "wrong_phase"

    def test_one_that_is_given_up_keeps_no_address(self, outbox, server, postman, watch, database):
        server.to_recipients = ["550 no"]
        outbox.put(letter(), ADDRESS)
        work(postman)
        outbox.drop("letter-1", watch())

        assert state(outbox) == GIVEN_UP
        assert "address" not in database["letters"].find_one()

    def test_after_some_weeks_it_is_given_up_by_itself(self, outbox, server, postman, watch):
        server.to_recipients = ["550 no"]
        outbox.put(letter(), ADDRESS)
        work(postman)
        watch.forward(KEPT + timedelta(seconds=1))
        work(postman)

        assert state(outbox) == GIVEN_UP

    def test_a_paper_that_is_not_there_any_more_is_not_sent(self, outbox, postman, register):
        def write(_):
            raise Rejected("applicant_erased", "")

        outbox.put(letter(), ADDRESS)
        work(another(postman, write=write))

        assert register.told == [("failed", "receipt", "applicant_erased")]

    @pytest.mark.parametrize(
        "hostile",
        [
            Content("Tanda\r\nBcc: x@example.org", "1", "id", b"x"),
            Content("Tanda", "1\nBcc: x@example.org", "id", b"x"),
        ],
    )
    def test_nothing_that_is_printed_becomes_a_header(self, outbox, server, postman, hostile):
        outbox.put(letter(), ADDRESS)
        work(another(postman, write=lambda _: hostile))

        assert (outbox.find("letter-1").said, server.messages) == ("unsendable", [])

    @pytest.mark.parametrize(
        "hostile",
        ["ani@example.org\r\nBcc: x@example.org", "a@example.org, x@example.org", "<x>", ""],
    )
    def test_an_address_is_one_address(self, outbox, server, postman, hostile):
        outbox.put(letter(), hostile)
        work(postman)

        assert (outbox.find("letter-1").said, server.messages) == ("unsendable", [])


class TestReturned:
    """What came back by a report of a mail server (test_mailbox.py)."""

    @pytest.fixture
    def returned(self, outbox, postman, watch):
        outbox.put(letter(), ADDRESS)
        work(postman)
        watch.forward(hours=1)
        assert outbox.returned(outbox.find("letter-1"), watch(), "5.1.1")
        return outbox.find("letter-1")

    def test_it_is_recorded_beside_that_it_went_out(self, postman, register, returned):  # noqa: ARG002
        work(postman)
        work(postman)

        assert register.told == [("sent", "receipt", None), ("returned", "receipt", "5.1.1")]

    def test_one_that_came_back_before_that_it_went_out_was_told_tells_both(
        self, outbox, postman, register, watch
    ):
        outbox.put(letter(), ADDRESS)
        outbox.sent(outbox.take(watch()), watch())
        outbox.returned(outbox.find("letter-1"), watch(), "5.1.1")
        work(postman)

        assert [told[0] for told in register.told] == ["sent", "returned"]

    def test_it_comes_back_once(self, outbox, returned, watch):
        assert not outbox.returned(returned, watch(), "5.2.2")

    def test_it_stays_on_the_list_until_somebody_saw_to_it(self, outbox, postman, returned, watch):
        work(postman)
        assert [each.id for each in outbox.in_state(RETURNED)] == [returned.id]
        outbox.deal_with(returned.id, watch())

        assert state(outbox) == DEALT_WITH
        assert outbox.in_state(RETURNED) == []

    def test_its_address_is_gone_so_it_is_not_sent_anew(self, outbox, postman, returned, watch):
        work(postman)
        for act in (outbox.again, outbox.drop):
            with pytest.raises(Rejected):
                act(returned.id, watch())

    def test_one_that_did_not_come_back_is_not_dealt_with(self, outbox, postman, watch):
        outbox.put(letter(), ADDRESS)
        work(postman)

        with pytest.raises(Rejected) as refused:
            outbox.deal_with("letter-1", watch())
        assert refused.value.code == "wrong_phase"


class TestDying:
    def test_a_letter_whose_postman_died_before_sending_goes_out_when_its_lease_has_ended(
        self, outbox, server, postman, watch
    ):
        outbox.put(letter(), ADDRESS)
        outbox.take(watch())
        work(postman)
        assert (state(outbox), server.messages) == (SENDING, [])

        watch.forward(LEASE)
        work(postman)

        assert (state(outbox), len(server.messages)) == (SENT, 1)

    def test_one_who_died_after_the_server_took_it_makes_the_message_go_twice_and_its_record_once(
        self, outbox, server, postman, register, watch, monkeypatch
    ):
        """The limit of the promise (docs/decisions/0019): both have the same Message-ID."""

        def die(*_):
            raise Died

        outbox.put(letter(), ADDRESS)
        with monkeypatch.context() as patched:
            patched.setattr(type(outbox), "sent", die)
            with pytest.raises(Died):
                work(postman)

        watch.forward(LEASE)
        work(another(postman))

        ids = {message["Message-ID"] for _, message in server.messages}
        assert (len(server.messages), len(ids)) == (2, 1)
        assert register.told == [("sent", "receipt", None)]

    def test_one_who_died_between_sending_and_recording_records_it_once(
        self, outbox, server, postman, register, monkeypatch
    ):
        def die(*_):
            raise Died

        outbox.put(letter(), ADDRESS)
        with monkeypatch.context() as patched:
            patched.setattr(type(outbox), "recorded", die)
            with pytest.raises(Died):
                work(postman)
        work(another(postman))

        assert len(server.messages) == 1
        assert register.told == [("sent", "receipt", None)]
        assert outbox.unrecorded() == []

    def test_while_the_register_is_away_nothing_is_forgotten(self, outbox, postman, register):
        register.away = True
        outbox.put(letter(), ADDRESS)
        with pytest.raises(Unavailable):
            work(postman)
        register.away = False
        work(postman)

        assert register.told == [("sent", "receipt", None)]

    def test_a_postman_whose_lease_ended_changes_nothing_any_more(self, outbox, watch):
        outbox.put(letter(), ADDRESS)
        slow = outbox.take(watch())
        watch.forward(LEASE)
        quick = outbox.take(watch())

        assert not outbox.failed(slow, watch(), "451")
        assert outbox.sent(quick, watch())

    def test_a_letter_that_kills_its_postman_each_time_is_given_up(
        self, outbox, postman, register, watch
    ):
        outbox.put(letter(), ADDRESS)
        for _ in range(MOST_ATTEMPTS):
            outbox.take(watch())
            watch.forward(LEASE)
        work(postman)

        assert register.told == [("failed", "receipt", "interrupted")]

    def test_what_the_register_refuses_is_not_told_for_ever(self, outbox, postman):
        def refuse(_):
            raise Rejected("not_found", "")

        outbox.put(letter(), ADDRESS)
        work(another(postman, record=refuse))

        assert outbox.find("letter-1").not_recorded == "not_found"


class TestEncryption:
    def test_a_server_whose_certificate_is_known_is_spoken_to_in_secret(
        self, outbox, postman, tmp_path
    ):
        files = certificate.made(tmp_path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(files.certificate, files.key)
        with sink.listening(tls_context=context, require_starttls=True) as safe:
            address = f"smtp://localhost:{safe.port}"
            known = Route(read(address, "smtp", ca_file=str(files.certificate)), OFFICE)
            unknown = Route(read(address, "smtp"), OFFICE)
            outbox.put(letter(), ADDRESS)

            work(another(postman, route=unknown))
            assert (outbox.find("letter-1").said, safe.messages) == ("server_away", [])

            postman.now.forward(DELAYS[0])
            work(another(postman, route=known))
            assert (state(outbox), len(safe.messages)) == (SENT, 1)
