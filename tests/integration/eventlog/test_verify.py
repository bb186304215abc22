"""Verifying the chain bit by bit on a real log."""

import pytest

from eventlog import verify
from eventlog.chain import Break
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.verify import ChainWatch
from telemetry import metrics
from tests.suites.events import events


@pytest.fixture
def numbered(database):
    numbered = MongoNumberedLog(database)
    numbered.prepare()
    numbered.record(events(10))
    return numbered


@pytest.fixture
def watch(numbered, monkeypatch):
    monkeypatch.setattr(verify, "MOST_LINES", 4)
    return ChainWatch("register", numbered)


def test_it_comes_nearer_to_the_head_with_every_round(watch):
    reached = []
    for _ in range(4):
        assert watch.round() is None
        reached.append(watch.position)

    assert reached == [4, 8, 10, 10]


def test_it_goes_on_with_what_was_added(watch, numbered):
    for _ in range(3):
        watch.round()
    numbered.record(events(2, subject="request/2"))
    watch.round()

    assert watch.position == 12


def test_it_stays_before_the_first_fault(watch, database):
    watch.round()
    database["events"].update_one({"_id": 6}, {"$set": {"event.actor": "desk:budi"}})

    assert [watch.round(), watch.round()] == [Break(6, "was altered")] * 2
    assert watch.position == 4


def test_how_far_it_came_is_seen_from_outside(watch):
    watch.round()

    assert metrics.CHAIN_VERIFIED.labels("register")._value.get() == 4
