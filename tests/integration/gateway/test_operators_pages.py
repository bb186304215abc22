"""Health and parked messages on real servers, and with one of them away: what does not answer is said, never a fault."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import amqp
import pytest
from pymongo import MongoClient

from contracts.roles import ADMINISTRATOR, DESK
from contracts.topology import SUBSCRIPTIONS
from eventlog.broker import connected, declare, messages_in
from eventlog.lot import reasons_of
from services.gateway.app import build
from services.gateway.identity.accounts import Accounts
from services.gateway.identity.sessions import Lifetime, MongoSessions, Sessions
from services.gateway.rpc import Services

NOWHERE = "amqp://guest:guest@127.0.0.1:9//"
QUEUE = "intake.inbox"
HEALTH, PARKED = "/services-health", "/settings/parked"


def emptied(uri):
    with connected(uri) as connection, connection.channel() as channel:
        declare(channel)
        for each in SUBSCRIPTIONS:
            channel.queue_purge(each.queue)
            channel.queue_purge(each.parking)


@pytest.fixture
def broker(servers):
    emptied(servers.addresses.amqp)
    yield servers.addresses.amqp
    emptied(servers.addresses.amqp)


@pytest.fixture
def given(given, broker, prefix):
    return replace(given, values={**given.values, "amqp_uri": broker, "database_prefix": prefix})


@pytest.fixture
def system(given, database, people, clock):
    """A gateway on a real broker and a real database, with no service behind them."""

    def made(uri):
        there = replace(given, values={**given.values, "amqp_uri": uri})
        app = build(there, Services(uri, 2, 0.5), database, clock)
        app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
        return app

    return made


@pytest.fixture
def keeper(system, broker, visit):
    visitor = visit(system(broker))
    visitor.sign_in(ADMINISTRATOR)
    return visitor


class TestHealth:
    def test_servers_answer_and_services_that_were_never_started_do_not(self, keeper):
        page = keeper.get(HEALTH)

        assert page.status_code == 200
        assert "Basis data (MongoDB)</strong>: menjawab" in page.text
        assert "(RabbitMQ)</strong>: menjawab" in page.text
        assert page.text.count("tidak menjawab") == 5
        assert "Ada bagian yang terganggu" in page.text

    def test_what_waits_unread_and_what_is_parked_is_counted(self, keeper, broker):
        park(broker, b"no event", "bad-1")
        page = keeper.get(HEALTH).text

        assert "0 menunggu, 0 pembaca, 1 diparkir" in page
        assert f"{PARKED}?queue={QUEUE}" in page

    def test_without_a_broker_it_says_so(self, system, visit):
        visitor = visit(system(NOWHERE))
        visitor.sign_in(DESK)
        page = visitor.get(HEALTH)

        assert page.status_code == 200
        assert "(RabbitMQ)</strong>: tidak menjawab" in page.text
        assert "Basis data (MongoDB)</strong>: menjawab" in page.text

    def test_without_a_database_whose_session_cannot_be_read_is_told_all_the_same(
        self, system, broker, visit
    ):
        app = system(broker)
        visitor = visit(app)
        visitor.sign_in(DESK)
        with without_database(app):
            page = visitor.get(HEALTH)

            assert page.status_code == 503
            assert "Basis data (MongoDB)</strong>: tidak menjawab" in page.text
            assert "(RabbitMQ)</strong>: menjawab" in page.text
            assert visitor.get("/today").status_code == 503

    def test_who_is_not_signed_in_is_asked_to(self, system, broker, visit):
        assert visit(system(broker)).get(HEALTH).status_code == 303


class TestParked:
    @pytest.fixture
    def bad(self, broker):
        """A message that nobody can handle, whose key is nothing that an address could hold."""
        park(broker, b"no event", "../bad?1")
        return {"queue": QUEUE, "key_of": "../bad?1"}

    def test_it_is_listed_with_its_reason(self, keeper, bad, client, prefix):
        reasons_of(client, prefix)["intake"].note(QUEUE, bad["key_of"], "not JSON")
        page = keeper.get(PARKED).text

        assert "../bad?1" in page
        assert "not JSON" in page
        assert "Tidak ada pesan" in keeper.get(f"{PARKED}?queue=register.log").text

    def test_it_is_shown_with_its_content_and_that_is_written_down(self, keeper, bad, traces):
        page = keeper.post(f"{PARKED}/show", bad, page=PARKED)

        assert "no event" in page.text
        assert traces() == [("shown", "administrator:administrator", None)]

    def test_it_goes_back_into_its_queue(self, keeper, bad, broker, traces):
        done = keeper.post(f"{PARKED}/retry", bad, page=PARKED)

        assert (done.status_code, done.location) == (302, PARKED)
        assert counted(broker) == (1, 0)
        assert traces() == [("retried", "administrator:administrator", None)]

    def test_it_is_dropped_with_a_reason(self, keeper, bad, broker, traces):
        path = f"{PARKED}/drop?{urlencode(bad)}"
        assert keeper.post(path, {"key": "one", "reason": ""}).status_code == 422
        assert counted(broker) == (0, 1)

        assert keeper.post(path, {"key": "one", "reason": "Bukan milik kami"}).status_code == 302
        assert counted(broker) == (0, 0)
        assert traces() == [("dropped", "administrator:administrator", "Bukan milik kami")]
        assert "Bukan milik kami" in keeper.get(PARKED).text

    def test_what_a_colleague_settled_meanwhile_is_said_to_be_gone(self, keeper, bad):
        keeper.post(f"{PARKED}/retry", bad, page=PARKED)
        keeper.post(f"{PARKED}/retry", bad, page=PARKED)

        assert "sudah tidak diparkir" in keeper.get(PARKED).text

    def test_a_queue_that_there_is_not_is_not_found(self, keeper, bad):
        made_up = {**bad, "queue": "amq.rabbitmq.trace"}
        assert keeper.post(f"{PARKED}/retry", made_up, page=PARKED).status_code == 404

    def test_without_a_broker_it_says_what_is_away(self, system, visit):
        visitor = visit(system(NOWHERE))
        visitor.sign_in(ADMINISTRATOR)
        page = visitor.get(PARKED)

        assert page.status_code == 503
        assert "RabbitMQ" in page.text

    def test_nobody_else_may(self, system, broker, visit):
        visitor = visit(system(broker))
        visitor.sign_in(DESK)
        assert visitor.get(PARKED).status_code == 403

    @pytest.fixture
    def traces(self, client, prefix):
        """What was done, by whom and why."""

        def done():
            found = reasons_of(client, prefix)["intake"].traces()
            return [(each["action"], each["who"], each.get("why")) for each in found]

        return done


def park(uri, body, key):
    with connected(uri) as connection, connection.channel() as channel:
        channel.basic_publish(
            amqp.Message(body, message_id=key, delivery_mode=2), "", f"{QUEUE}.parked"
        )


def counted(uri):
    """How many messages lie in the queue, and how many are parked of it."""
    with connected(uri) as connection, connection.channel() as channel:
        return messages_in(channel, QUEUE), messages_in(channel, f"{QUEUE}.parked")


@contextmanager
def without_database(app):
    """The database is gone after the start, for sessions, accounts and everything that is looked at."""
    with MongoClient("mongodb://127.0.0.1:9/", serverSelectionTimeoutMS=200) as gone:
        lifetime = Lifetime(timedelta(hours=1), timedelta(hours=1))
        sessions = Sessions(gone["gone"], lifetime, lambda: datetime.now(UTC))
        app.session_interface = MongoSessions(sessions, always_secure=False)
        kept = replace(app.config["IDENTITY"], sessions=sessions, accounts=Accounts(gone["gone"]))
        app.config.update(IDENTITY=kept, SYSTEM=replace(app.config["SYSTEM"], client=gone))
        yield
