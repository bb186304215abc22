"""The relay with a publisher in memory that fails as it likes: nothing is skipped, whatever happens."""

import random
import threading
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymongo.errors import AutoReconnect

from deploy.local.waiting import wait_until
from eventlog import publish
from eventlog.memory import MemoryLog
from eventlog.mongo.checkpoint import Checkpoint, Fenced
from eventlog.mongo.lease import Lease
from eventlog.pace import Pace
from eventlog.pipeline import NotPublished
from eventlog.publish import JOB, Relay
from telemetry import metrics
from tests.suites.events import commit


class Broker:
    """Takes events one by one; `fails` says before each whether it goes away, and after how many."""

    def __init__(self, fails=lambda: False):
        self.taken = []
        self.connections = 0
        self.open = 0
        self._fails = fails

    def connect(self):
        self.connections += 1
        self.open += 1
        return self

    def close(self):
        self.open -= 1

    def publish(self, events):
        for each in events:
            if self._fails():
                raise NotPublished("away")
            self.taken.append(each)


class Position:
    """A checkpoint in memory, for histories of many faults."""

    def __init__(self):
        self.at = 0

    def position(self):
        return self.at

    def advance(self, position, token):
        assert position >= self.at
        assert token == 1
        self.at = position


class Mine:
    """A lease that nobody else wants."""

    def hold(self):
        return 1

    def release(self):
        return None


def filled(count, each=2):
    log = MemoryLog()
    for at in range(count):
        log.append(commit(f"request/{at}", count=each))
    return log


def written(log):
    return [event for done in log.read(0, 10_000) for event in done.events]


def relay_of(log, broker, checkpoint=None, lease=None):
    return Relay("intake", log, checkpoint or Position(), lease or Mine(), broker.connect)


def first_times(events):
    """Each event at the place where it first came."""
    return list(dict.fromkeys(event.id for event in events))


def run_out(relay, until):
    """Step until everything is published, forgetting after every fault as `run` does."""
    while relay.checkpoint.position() < until:
        try:
            relay.step()
        except NotPublished as fault:
            relay._forget(fault)


class TestPublishing:
    def test_everything_is_published_in_order(self):
        log, broker = filled(10), Broker()
        relay = relay_of(log, broker)

        assert relay.step() == 20
        assert broker.taken == written(log)

    def test_what_is_published_is_not_published_again(self):
        log, broker = filled(3), Broker()
        relay = relay_of(log, broker)
        relay.step()

        assert relay.step() == 0
        assert len(broker.taken) == 6

    def test_a_relay_that_begins_anew_goes_on_behind_the_checkpoint(self):
        log, broker, position = filled(3), Broker(), Position()
        relay_of(log, broker, position).step()
        log.append(commit("request/new"))
        relay_of(log, broker, position).step()

        assert broker.taken == written(log)

    def test_a_long_backlog_is_published_batch_by_batch(self, monkeypatch):
        monkeypatch.setattr(publish, "BATCH", 4)
        log, broker = filled(10, each=1), Broker()
        relay = relay_of(log, broker)

        assert [relay.step() for _ in range(4)] == [4, 4, 2, 0]

    def test_one_connection_serves_until_it_fails(self):
        log, broker = filled(3), Broker()
        relay = relay_of(log, broker)
        for at in range(3):
            relay.step()
            log.append(commit(f"request/new-{at}"))

        assert broker.connections == 1

    @settings(max_examples=100)
    @given(st.integers(1, 30), st.integers(1, 3), st.integers(0, 2**32), st.floats(0, 0.4))
    def test_whatever_fails_everything_is_published_at_least_once_in_order(
        self, count, each, seed, likely
    ):
        chance = random.Random(seed)
        log, broker = filled(count, each), Broker(lambda: chance.random() < likely / each)
        publish.BATCH, before = 5, publish.BATCH
        try:
            run_out(relay_of(log, broker), count)
        finally:
            publish.BATCH = before

        assert first_times(broker.taken) == [event.id for event in written(log)]

    @settings(max_examples=100)
    @given(st.integers(1, 20), st.integers(0, 2**32))
    def test_the_checkpoint_never_passes_what_was_not_confirmed(self, count, seed):
        chance, log = random.Random(seed), filled(count)
        broker = Broker(lambda: chance.random() < 0.1)
        known = written(log)

        class Watched(Position):
            def advance(self, position, token):
                super().advance(position, token)
                confirmed = {event.id for event in broker.taken}
                assert {event.id for event in known[: 2 * position]} <= confirmed

        run_out(relay_of(log, broker, Watched()), count)

    def test_a_failed_batch_leaves_the_checkpoint_where_it_was(self):
        log, position = filled(3), Position()
        relay = relay_of(log, Broker(lambda: True), position)

        with pytest.raises(NotPublished):
            relay.step()
        assert position.at == 0

    def test_a_connection_that_failed_is_let_go(self):
        broker = Broker(lambda: True)
        relay = relay_of(filled(1), broker)
        with pytest.raises(NotPublished) as fault:
            relay.step()
        relay._forget(fault.value)

        assert broker.open == 0

    def test_how_long_the_oldest_waits_is_seen_from_outside(self):
        log = filled(1)
        relay = relay_of(log, Broker())
        relay._report(log.read(0, 10))
        waiting = metrics.OLDEST_UNPUBLISHED.labels("intake")._value.get()
        relay.step()
        relay.step()

        assert waiting == metrics.epoch("2026-08-12T03:00:00+00:00")
        assert metrics.OLDEST_UNPUBLISHED.labels("intake")._value.get() == 0


class TestOnMongo:
    def relay(self, database, log, broker, holder="one", seconds=30):
        lease = Lease(database, JOB, holder, seconds)
        return relay_of(log, broker, Checkpoint(database, JOB), lease)

    def test_one_relay_at_a_time_is_active(self, database):
        log, broker = filled(3), Broker()
        one, two = (self.relay(database, log, broker, holder) for holder in ("one", "two"))

        assert (one.step(), two.step()) == (6, 0)
        assert broker.taken == written(log)

    def test_when_one_leaves_the_other_goes_on(self, database):
        log, broker = filled(3), Broker()
        one = self.relay(database, log, broker, "one")
        one.step()
        one._leave()
        log.append(commit("request/new"))

        assert self.relay(database, log, broker, "two").step() == 1
        assert broker.taken == written(log)

    def test_who_slept_and_lost_the_lease_moves_no_checkpoint(self, database):
        log, broker = filled(3), Broker()
        sleeper = self.relay(database, log, broker, "one")
        sleeper.lease.hold()
        Lease(database, JOB, "one").release()
        self.relay(database, log, broker, "two").step()
        log.append(commit("request/new"))

        with pytest.raises(Fenced):
            sleeper.step()
        assert sleeper.checkpoint.position() == 3

    def test_it_runs_through_faults_until_it_is_told_to_stop(self, database, monkeypatch):
        monkeypatch.setattr(publish, "RETRY_SECONDS", 0.01)
        log, faults = filled(5), iter([False, True, False, True, True])
        broker, stop = Broker(lambda: next(faults, False)), threading.Event()
        relay = self.relay(database, log, broker)
        runner = threading.Thread(target=relay.run, args=(Pace(stop), lambda: not stop.is_set()))
        runner.start()
        for at in range(5):
            log.append(commit(f"request/new-{at}"))
        wait_until(lambda: relay.checkpoint.position() == 10, "everything is published", 10)
        stop.set()
        runner.join(10)

        assert not runner.is_alive()
        assert first_times(broker.taken) == [event.id for event in written(log)]
        assert (broker.connections, broker.open) == (4, 0)
        assert Lease(database, JOB, "two").hold() == 2

    def test_it_leaves_even_when_the_database_is_away(self):
        class Away(Mine):
            def release(self):
                raise AutoReconnect("away")

        relay_of(filled(1), Broker(), lease=Away())._leave()

    def test_a_bug_in_leaving_is_told(self):
        class Wrong(Mine):
            def release(self):
                raise KeyError("bug")

        with pytest.raises(KeyError):
            relay_of(filled(1), Broker(), lease=Wrong())._leave()

    def test_a_bug_ends_it(self, database):
        def bug():
            raise KeyError("bug")

        stop = threading.Event()
        relay = self.relay(database, filled(1), Broker(bug))

        with pytest.raises(KeyError):
            relay.run(Pace(stop), lambda: True)

    def test_events_of_a_stream_never_overtake_each_other(self, database):
        log, chance = MemoryLog(), random.Random(1)
        for at in range(60):
            log.append(commit(f"request/{at % 3}", at // 3))
        broker = Broker(lambda: chance.random() < 0.05)
        run_out(self.relay(database, log, broker), 60)

        for stream in range(3):
            ids = [event.id for event in log.stream(f"request/{stream}")]
            places = [first_times(broker.taken).index(id_) for id_ in ids]
            assert all(before < after for before, after in pairwise(places))
