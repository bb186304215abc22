"""Ingest on a real broker: what is good is numbered, what is bad is parked, and nothing stops it."""

import json
import random
import threading
from contextlib import contextmanager
from datetime import UTC, datetime

import amqp
import pytest
from pymongo.errors import AutoReconnect

from contracts.envelope import to_cloudevent
from contracts.topology import subscription
from deploy.local.waiting import wait_until
from eventlog import consume, ingest
from eventlog import reconcile as reconciling
from eventlog.broker import messages_in
from eventlog.chain import first_break
from eventlog.ingest import Ingest, Intake
from eventlog.mongo.checkpoint import Checkpoint
from eventlog.mongo.log import MongoLog
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.pace import Pace
from eventlog.parking import BY_BROKER, Parking, Reasons
from eventlog.pipeline import Pipeline
from eventlog.publish import JOB
from eventlog.reconcile import Source, Watch, reconcile
from eventlog.resend import resender
from telemetry import metrics
from tests.suites.events import commit, event, events

QUEUE = "register.log"
NOWHERE = "amqp://guest:guest@127.0.0.1:9//"
GOOD = to_cloudevent(event())
JSON = "application/json"
NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)


def deep(levels):
    inside = {}
    for _ in range(levels):
        inside = {"a": inside}
    return inside


def altered(**changed):
    return json.dumps({**GOOD, **changed}).encode()


def with_data(**more):
    return altered(data={**GOOD["data"], **more})


# What nobody can handle, each with what the parked reason must tell.
BAD = {
    "no JSON": (b"{", "not JSON"),
    "nothing": (b"", "not JSON"),
    "another encoding": ('{"id": "\u00e9"}'.encode("latin-1"), "not JSON"),
    "NUL bytes": (b"\x00" * 10, "not JSON"),
    "no object": (b"[1, 2]", "malformed"),
    "no event": (b"{}", "malformed"),
    "unknown version": (altered(type="id.terbuka.intake.RequestWithdrawn.v9"), "unknown type"),
    "unknown name": (altered(type="id.terbuka.intake.Unheard.v1"), "unknown type"),
    "another kind": (altered(streamversion="1"), "streamversion"),
    "missing field": (altered(data={}), "reason"),
    "half a character": (altered(data={"reason": "\ud800"}), ""),
    "half a character in a name": (with_data(**{"\ud800": 1}), ""),
    "NUL in a name": (with_data(**{"a\x00b": 1}), ""),
    "beyond 64 bits": (with_data(n=2**70), ""),
    "version beyond 64 bits": (altered(streamversion=10**30), ""),
    "too deep": (with_data(deep=deep(400)), ""),
}


@pytest.fixture
def numbered(database):
    numbered = MongoNumberedLog(database)
    numbered.prepare()
    return numbered


@pytest.fixture
def reasons(database):
    return Reasons(database, lambda: NOW)


@pytest.fixture
def parking(connection, reasons):
    return Parking(connection, {"register": reasons})


@contextmanager
def running(uri, numbered, reasons):
    """Ingest on a thread of its own; what ended it is raised at the end."""
    stop, faults = threading.Event(), []
    ingesting = Ingest(subscription(QUEUE), uri, numbered, reasons)

    def run():
        try:
            ingesting.run(Pace(stop), lambda: not stop.is_set())
        except BaseException as fault:  # noqa: BLE001 - told to the test
            faults.append(fault)

    runner = threading.Thread(target=run)
    runner.start()
    try:
        yield
    finally:
        stop.set()
        runner.join(20)
        assert not runner.is_alive()
        assert faults == []


def take(uri, numbered, reasons, count):
    """Ingest just so many messages, and no second of waiting for more."""
    connection = ingest.connect(uri)
    taking, taken = Intake(QUEUE, connection, numbered, reasons), 0
    while taken < count:
        taken += taking.step(lambda _: None)
    connection.close()


def put(channel, body, content_type=JSON, **properties):
    channel.basic_publish(
        amqp.Message(body, content_type=content_type, delivery_mode=2, **properties),
        routing_key=QUEUE,
    )


def numbered_ids(numbered):
    return [each.event.id for each in numbered.read(0, 100_000)]


def wait_for(numbered, head):
    wait_until(lambda: numbered.head() >= head, f"{head} events are numbered", 20)


def wait_parked(channel, number):
    parked = subscription(QUEUE).parking
    wait_until(lambda: messages_in(channel, parked) == number, f"{number} are parked", 20)


class TestGoodMessages:
    def test_events_are_numbered_in_the_order_of_the_queue(
        self, uri, connection, channel, numbered, reasons
    ):
        made = events(700)
        Pipeline(connection).publish(made)
        with running(uri, numbered, reasons):
            wait_for(numbered, 700)

        assert numbered_ids(numbered) == [each.id for each in made]
        assert messages_in(channel, QUEUE) == 0
        assert first_break(numbered.lines(0)) is None

    def test_a_storm_of_duplicates_is_numbered_once(
        self, uri, connection, channel, numbered, reasons
    ):
        made = events(150)
        storm = list(made) * 6
        random.Random(1).shuffle(storm)
        Pipeline(connection).publish(storm)
        with running(uri, numbered, reasons):
            wait_until(lambda: messages_in(channel, QUEUE) == 0, "the queue is empty", 20)
            wait_for(numbered, 150)

        assert sorted(numbered_ids(numbered)) == sorted(each.id for each in made)
        assert first_break(numbered.lines(0)) is None

    def test_what_was_stored_but_not_acknowledged_comes_again_and_is_ignored(
        self, uri, connection, numbered, reasons
    ):
        made = events(20)
        Pipeline(connection).publish(made)

        class Crashing(MongoNumberedLog):
            def record(self, told):
                super().record(told)
                raise ConnectionAbortedError("killed")

        crashing = Crashing(numbered._events.database)
        with pytest.raises(ConnectionAbortedError):
            self.one_step(uri, crashing, reasons)
        take(uri, numbered, reasons, 20)

        assert numbered_ids(numbered) == [each.id for each in made]

    def one_step(self, uri, numbered, reasons):
        connection = ingest.connect(uri)
        try:
            Intake(QUEUE, connection, numbered, reasons).step(lambda _: None)
        finally:
            connection.collect()

    def test_without_messages_a_step_ends_by_itself(self, connection, numbered, reasons):
        Intake(QUEUE, connection, numbered, reasons).step(lambda _: None)

        assert numbered.head() == 0

    def test_while_the_database_is_away_nothing_is_given_back(
        self, uri, connection, channel, database, reasons, monkeypatch
    ):
        monkeypatch.setattr(consume, "RETRY_SECONDS", 0.02)
        faults = iter([AutoReconnect("away")] * 25)

        class Away(MongoNumberedLog):
            def record(self, told):
                for fault in faults:
                    raise fault
                return super().record(told)

        away = Away(database)
        away.prepare()
        Pipeline(connection).publish(events(10))
        with running(uri, away, reasons):
            wait_for(away, 10)

        assert messages_in(channel, subscription(QUEUE).parking) == 0

    def test_it_waits_for_a_broker_that_is_away_and_stops_when_told(self, numbered, reasons):
        asked = iter([True, True, False])
        away = Ingest(subscription(QUEUE), NOWHERE, numbered, reasons)
        stopped = threading.Event()
        stopped.set()
        away.run(Pace(stopped), lambda: next(asked))

        assert list(asked) == []

    def test_it_stops_when_told_while_the_database_is_away(
        self, uri, connection, channel, database, reasons
    ):
        class Away(MongoNumberedLog):
            def record(self, _):
                raise AutoReconnect("away")

        Pipeline(connection).publish(events(10))
        with running(uri, Away(database), reasons):
            wait_until(metrics.PAUSED.labels(QUEUE)._value.get, "it waits", 20)
        metrics.PAUSED.labels(QUEUE).set(0)

        wait_until(lambda: messages_in(channel, QUEUE) == 10, "all came back", 20)


class TestBadMessages:
    @pytest.mark.parametrize("kind", BAD)
    def test_what_nobody_can_handle_is_parked_and_the_rest_goes_on(
        self, uri, channel, numbered, reasons, parking, kind
    ):
        body, told = BAD[kind]
        before, after = event(), event(subject="request/2")
        put(channel, json.dumps(to_cloudevent(before)))
        put(channel, body, message_id="bad")
        put(channel, json.dumps(to_cloudevent(after)))
        take(uri, numbered, reasons, 3)
        wait_parked(channel, 1)

        assert numbered_ids(numbered) == [before.id, after.id]
        assert told in parking.list(QUEUE)[0].reason
        assert parking.list(QUEUE)[0].reason != BY_BROKER

    @pytest.mark.parametrize("content_type", ["text/plain", "application/cloudevents+json", None])
    def test_another_content_type_is_parked(
        self, uri, channel, numbered, reasons, parking, content_type
    ):
        properties = {"content_type": content_type} if content_type else {}
        message = amqp.Message(json.dumps(GOOD), message_id="bad", **properties)
        channel.basic_publish(message, routing_key=QUEUE)
        take(uri, numbered, reasons, 1)
        wait_parked(channel, 1)

        assert "content type" in parking.list(QUEUE)[0].reason

    def test_a_message_that_says_another_encoding_than_it_has_is_parked(
        self, uri, channel, numbered, reasons
    ):
        put(channel, b'{"id": "\xe9"}', content_encoding="ascii")
        put(channel, b'{"id": "\xe9"}', content_encoding="no-such-encoding")
        take(uri, numbered, reasons, 2)
        wait_parked(channel, 2)

    def test_an_event_in_another_encoding_that_says_so_is_read(
        self, uri, channel, numbered, reasons
    ):
        made = event(data={"reason": "Café"})
        text = json.dumps(to_cloudevent(made), ensure_ascii=False)
        put(channel, text.encode("latin-1"), content_encoding="latin-1")
        take(uri, numbered, reasons, 1)

        assert numbered.read(0, 1)[0].event.data["reason"] == "Café"

    @pytest.mark.parametrize("id_", ["bad \ud800", b"bad \xff", "bad \x00"])
    def test_a_message_whose_id_is_no_text_is_parked_too(
        self, uri, channel, numbered, reasons, id_
    ):
        put(channel, b"{", message_id=id_)
        with running(uri, numbered, reasons):
            wait_parked(channel, 1)

    def test_a_message_whose_properties_are_no_text_takes_no_others_with_it(
        self, uri, connection, channel, numbered, reasons
    ):
        made = events(40)
        Pipeline(connection).publish(made[:20])
        put(channel, b"{", correlation_id=b"bad \xff")
        Pipeline(connection).publish(made[20:])
        with running(uri, numbered, reasons):
            wait_for(numbered, 40)
            wait_parked(channel, 1)

        assert sorted(numbered_ids(numbered)) == sorted(each.id for each in made)

    def test_many_bad_ones_among_good_ones_disturb_none(self, uri, channel, numbered, reasons):
        made, bodies = events(120), [body for body, _ in BAD.values()]
        for at, each in enumerate(made):
            put(channel, json.dumps(to_cloudevent(each)))
            put(channel, bodies[at % len(bodies)])
        with running(uri, numbered, reasons):
            wait_for(numbered, 120)
            wait_parked(channel, 120)

        assert numbered_ids(numbered) == [each.id for each in made]
        assert messages_in(channel, QUEUE) == 0


class TestParking:
    def park(self, uri, channel, numbered, reasons, *bodies):
        for number, body in enumerate(bodies):
            put(channel, body, message_id=f"bad {number}")
        take(uri, numbered, reasons, len(bodies))
        wait_parked(channel, len(bodies))

    def test_what_is_parked_is_listed_with_its_reason_and_stays(
        self, uri, channel, numbered, reasons, parking
    ):
        self.park(uri, channel, numbered, reasons, b"{", b"[]")

        assert [each.key for each in parking.list(QUEUE)] == ["bad 0", "bad 1"]
        assert len(parking.list(QUEUE)) == 2

    def test_what_is_retried_goes_back_into_its_queue_once(
        self, uri, channel, numbered, reasons, parking
    ):
        self.park(uri, channel, numbered, reasons, b"{", b"[]")

        assert parking.retry(QUEUE, "bad 0", "ani") is True
        assert messages_in(channel, QUEUE) == 1
        assert [each.key for each in parking.list(QUEUE)] == ["bad 1"]

    def test_what_is_dropped_is_gone(self, uri, channel, numbered, reasons, parking):
        self.park(uri, channel, numbered, reasons, b"{")

        assert parking.drop(QUEUE, "bad 0", "ani") is True
        assert parking.list(QUEUE) == []
        assert messages_in(channel, QUEUE) == 0

    def test_one_of_several_is_dropped(self, uri, channel, numbered, reasons, parking):
        self.park(uri, channel, numbered, reasons, b"{", b"[]", b"1")

        assert parking.drop(QUEUE, "bad 1", "ani") is True
        assert sorted(each.key for each in parking.list(QUEUE)) == ["bad 0", "bad 2"]

    def test_each_step_leaves_a_trace(self, uri, channel, numbered, reasons, parking):
        self.park(uri, channel, numbered, reasons, b"{", b"[]")
        parking.retry(QUEUE, "bad 0", "ani")
        parking.drop(QUEUE, "bad 1", "budi")

        assert [(each["key"], each["action"], each["who"]) for each in reasons.traces()] == [
            ("bad 0", "retried", "ani"),
            ("bad 1", "dropped", "budi"),
        ]

    def test_what_is_not_parked_is_neither_retried_nor_dropped(self, parking, reasons):
        assert parking.retry(QUEUE, "nothing", "ani") is False
        assert parking.drop(QUEUE, "nothing", "ani") is False
        assert reasons.traces() == []

    def test_what_was_mended_meanwhile_is_handled_when_retried(
        self, uri, channel, numbered, reasons, parking
    ):
        made = event()
        put(channel, json.dumps(to_cloudevent(made)), "text/plain", message_id=made.id)
        take(uri, numbered, reasons, 1)
        wait_parked(channel, 1)
        (parked,) = parking.list(QUEUE)

        assert parked.content() == to_cloudevent(made)


class TestReconciling:
    @pytest.fixture
    def source(self, database):
        log = MongoLog(database)
        log.prepare()
        return Source("intake", log, Checkpoint(database, JOB), Checkpoint(database, "complete"))

    def written(self, source, count):
        done = [source.log.append(commit(f"request/{at}", count=2)) for at in range(count)]
        source.published.advance(done[-1].position, 1)
        return [each for one in done for each in one.events]

    def test_where_nothing_is_missing_nothing_is_sent(self, source, numbered):
        numbered.record(self.written(source, 5))
        sent = []
        finding = reconcile(source, numbered, sent.extend)

        assert (finding.missing, finding.complete, sent) == ((), 5, [])

    def test_a_removed_event_is_found_and_sent_once_more(self, uri, source, numbered, reasons):
        made = self.written(source, 5)
        numbered.record([*made[:4], *made[5:]])
        finding = reconcile(source, numbered, resender(uri, QUEUE))
        take(uri, numbered, reasons, 1)

        assert finding.missing == (made[4].id,)
        assert numbered.missing([each.id for each in made]) == set()

    def test_completeness_moves_only_over_what_is_wholly_there(self, source, numbered, monkeypatch):
        monkeypatch.setattr(reconciling, "BATCH", 1)
        made = self.written(source, 5)
        numbered.record([each for each in made if each.stream != "request/2"])

        assert reconcile(source, numbered, lambda _: None).complete == 2
        numbered.record(made)
        assert reconcile(source, numbered, lambda _: None).complete == 5

    def test_what_is_not_published_yet_is_not_missing(self, source, numbered):
        self.written(source, 2)
        source.log.append(commit("request/new"))

        assert len(reconcile(source, numbered, lambda _: None).missing) == 4

    def test_a_watch_gives_events_a_round_to_arrive(self, source, numbered):
        sent = []
        watch = Watch((source,), numbered, sent.extend)
        made = self.written(source, 3)

        assert watch.round()[0].missing == ()
        assert len(watch.round()[0].missing) == 6
        assert sent == made

    def test_an_emptied_log_is_filled_again(self, uri, source, numbered, database, reasons):
        made = self.written(source, 30)
        numbered.record(made)
        database["events"].delete_many({})
        fresh = MongoNumberedLog(database)
        reconcile(source, fresh, resender(uri, QUEUE))
        take(uri, fresh, reasons, 60)

        assert sorted(numbered_ids(fresh)) == sorted(each.id for each in made)
