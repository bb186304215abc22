"""Catching up on a real database: what a register of an older release did not hear is there, once, and known to be."""

import pytest

from contracts.topology import subscription
from eventlog.catchup import CatchUp, asked
from eventlog.mongo.asked import Asked
from eventlog.mongo.inbox import MongoInbox
from eventlog.mongo.numbered import MongoNumberedLog
from tests.suites.events import event

OWN = subscription("register.inbox")
RECEIVED = event("RequestReceived")


@pytest.fixture
def inbox(database):
    made = MongoInbox(database)
    made.prepare()
    return made


@pytest.fixture
def numbered(database):
    made = MongoNumberedLog(database)
    made.prepare()
    made.record([RECEIVED])
    return made


def catching_up(database, numbered, inbox):
    kept = Asked(database, OWN.queue)
    return CatchUp(OWN, numbered, inbox, kept.known, kept.note)


def test_what_was_not_heard_is_there_and_is_not_looked_for_again(database, numbered, inbox):
    one = catching_up(database, numbered, inbox)

    assert (one.round(), one.round()) == (1, 0)
    assert [each.id for each in inbox.about(RECEIVED.subject)] == [RECEIVED.id]
    assert set(Asked(database, OWN.queue).known()) == asked(OWN)
    numbered.record([event("RequestReceived", version=2)])
    assert catching_up(database, numbered, inbox).round() == 0


def test_what_was_heard_already_stays_as_it_is(database, numbered, inbox):
    inbox.receive(RECEIVED)

    assert catching_up(database, numbered, inbox).round() == 0
    assert inbox.about(RECEIVED.subject) == (RECEIVED,)
