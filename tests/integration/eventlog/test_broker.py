"""What the broker is told and what it confirms."""

import time

import amqp
import pytest

from contracts.catalogue import SERVICES
from contracts.topology import SUBSCRIPTIONS, Subscription, subscription
from deploy.local.waiting import wait_until
from eventlog.broker import BROKEN, connect, connected, declare, declare_all, messages_in
from eventlog.jobs import _publisher
from eventlog.memory import MemoryLog
from eventlog.mongo.checkpoint import Checkpoint
from eventlog.mongo.lease import Lease
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.pipeline import NotPublished, Pipeline, message_of
from eventlog.publish import JOB, Relay
from eventlog.replay import replay
from eventlog.resend import resender
from tests.suites.events import commit, event, events

NOWHERE = "amqp://guest:guest@127.0.0.1:9//"


class TestDeclaring:
    def test_the_plan_may_be_declared_as_often_as_one_likes(self, uri):
        declare_all(uri)
        declare_all(uri)

    @pytest.mark.parametrize("queue", [each.queue for each in SUBSCRIPTIONS])
    def test_every_queue_of_the_plan_is_there(self, channel, queue):
        assert messages_in(channel, queue) == 0
        assert messages_in(channel, subscription(queue).parking) == 0

    def test_a_queue_that_exists_otherwise_is_refused_at_once(self, connection):
        other = Subscription("intake.inbox", "intake", {}, single=True)

        with pytest.raises(amqp.PreconditionFailed):
            declare(connection.channel(), (other,))

    def test_a_broker_that_is_not_there_is_found_out_at_once(self):
        with pytest.raises(BROKEN):
            connect(NOWHERE)

    def test_a_wrong_password_is_found_out_at_once(self, uri):
        with pytest.raises(BROKEN):
            connect(uri.replace("guest:guest", "guest:wrong"))


class TestPublishing:
    def test_each_queue_gets_what_it_hears(self, connection, channel):
        Pipeline(connection).publish([event("Closed"), event("RequestReceived")])

        assert {each.queue: messages_in(channel, each.queue) for each in SUBSCRIPTIONS} == {
            "register.log": 2,
            "reporting.log": 2,
            "intake.inbox": 1,
            "classification.inbox": 1,
            "escalation.inbox": 1,
            "register.inbox": 1,
        }

    def test_messages_are_what_a_stock_consumer_understands(self, connection, channel):
        made = event("Closed")
        Pipeline(connection).publish([made])
        message = channel.basic_get("intake.inbox", no_ack=True)

        assert message.properties["content_type"] == "application/json"
        assert message.properties["delivery_mode"] == 2
        assert (message.properties["message_id"], message.properties["type"]) == (
            made.id,
            made.type,
        )

    @pytest.mark.parametrize("window", [1, 7, 1000])
    def test_many_are_under_way_at_once_and_all_are_confirmed(self, connection, channel, window):
        pipeline = Pipeline(connection, window=window)
        pipeline.publish(events(60))

        assert not pipeline._open
        assert messages_in(channel, "register.log") == 60

    def test_what_is_published_is_there_in_order(self, connection, channel):
        made = events(50)
        Pipeline(connection).publish(made)
        ids = [
            channel.basic_get("escalation.inbox", no_ack=True).properties["message_id"]
            for _ in made
        ]

        assert ids == [each.id for each in made]

    def test_one_pipeline_publishes_again_and_again(self, connection, channel):
        pipeline = Pipeline(connection)
        for at in range(5):
            pipeline.publish(events(3, subject=f"request/{at}"))

        assert messages_in(channel, "register.log") == 15

    def test_what_goes_nowhere_is_not_published(self, connection):
        pipeline = Pipeline(connection)
        pipeline.send(message_of(event()), "", "no.such.queue")

        with pytest.raises(NotPublished, match="unroutable"):
            pipeline.settle()

    def test_what_is_not_confirmed_in_time_is_not_published(self, connection):
        pipeline = Pipeline(connection, patience=0)
        pipeline.send(message_of(event()), "", "register.log")

        with pytest.raises(NotPublished, match="unconfirmed"):
            pipeline.settle()

    def test_one_that_goes_nowhere_spoils_the_batch(self, connection):
        pipeline = Pipeline(connection)
        pipeline.send(message_of(event()), "", "register.log")
        pipeline.send(message_of(event()), "", "no.such.queue")

        with pytest.raises(NotPublished):
            pipeline.settle()

    def test_what_a_full_queue_refuses_is_not_published(self, connection, channel):
        arguments = {"x-max-length": 1, "x-overflow": "reject-publish"}
        full = channel.queue_declare("", exclusive=True, arguments=arguments).queue
        pipeline = Pipeline(connection)
        pipeline.send(message_of(event()), "", full)
        pipeline.settle()
        pipeline.send(message_of(event()), "", full)

        with pytest.raises(NotPublished, match="full"):
            pipeline.settle()
        assert messages_in(channel, full) == 1

    def test_an_exchange_that_is_not_there_is_found_out(self, connection):
        pipeline = Pipeline(connection)
        pipeline.send(message_of(event()), "no.such.exchange", "Closed")

        with pytest.raises((NotPublished, *BROKEN)):
            pipeline.settle()

    def test_sending_once_more_puts_it_into_one_queue_only(self, uri, channel):
        resender(uri, "register.log")(events(5))

        assert messages_in(channel, "register.log") == 5
        assert messages_in(channel, "reporting.log") == 0

    def test_sending_nothing_asks_nobody(self):
        resender(NOWHERE, "register.log")([])


class TestAlarm:
    @pytest.fixture
    def blocked(self, servers, uri):
        servers.broker.raise_memory_alarm()
        yield uri
        servers.broker.clear_memory_alarm()

    def test_a_broker_that_blocks_does_not_hold_the_relay_and_it_recovers(
        self, servers, database, blocked
    ):
        log = MemoryLog()
        log.append(commit(count=3))
        relay = Relay(
            "intake", log, Checkpoint(database, JOB), Lease(database, JOB, "one"),
            lambda: _publisher(blocked),
        )  # fmt: skip

        began = time.monotonic()
        with pytest.raises((NotPublished, *BROKEN)) as fault:
            relay.step()
        took = time.monotonic() - began
        relay._forget(fault.value)
        assert took < 12
        assert relay.checkpoint.position() == 0

        servers.broker.clear_memory_alarm()
        wait_until(lambda: _steps(relay) or relay.position == 1, "the relay recovers", 20)
        with connected(blocked) as connection, connection.channel() as channel:
            assert messages_in(channel, "register.log") >= 3
        relay._leave()


def _steps(relay):
    try:
        return relay.step()
    except (NotPublished, *BROKEN) as fault:
        relay._forget(fault)
        return 0


class TestReplaying:
    @pytest.fixture
    def numbered(self, database):
        numbered = MongoNumberedLog(database)
        numbered.prepare()
        return numbered

    def test_a_queue_that_comes_late_gets_everything_in_order(self, uri, channel, numbered):
        told = events(1200)
        numbered.record(told)
        into = subscription("escalation.inbox")
        sent = replay(numbered, into, resender(uri, into.queue))
        ids = [
            channel.basic_get(into.queue, no_ack=True).properties["message_id"] for _ in range(sent)
        ]

        assert ids == [each.id for each in told]

    def test_a_queue_gets_only_what_it_hears(self, uri, channel, numbered):
        numbered.record([event("Closed"), event("RequestReceived"), event("DeadlineMissed")])

        assert replay(numbered, subscription("intake.inbox"), resender(uri, "intake.inbox")) == 2
        assert messages_in(channel, "intake.inbox") == 2


def test_every_service_has_an_exchange(channel):
    for service in SERVICES:
        channel.exchange_declare(f"{service}.events", "topic", passive=True)
