from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pymongo.errors import BulkWriteError

from eventlog.chain import first_break
from eventlog.log import Conflict
from eventlog.mongo.client import database_of
from eventlog.mongo.inbox import MongoInbox
from eventlog.mongo.log import MongoLog
from eventlog.mongo.numbered import MongoNumberedLog
from tests.suites.events import commit, events, numbered_commit, serials
from tests.suites.inbox_suite import InboxSuite
from tests.suites.log_suite import FullLogSuite
from tests.suites.numbered_suite import NumberedLogSuite


def prepared(made):
    made.prepare()
    return made


class TestMongoLog(FullLogSuite):
    @pytest.fixture
    def log(self, database):
        return prepared(MongoLog(database))

    @pytest.fixture
    def another(self, database):
        return MongoLog(database)

    def test_a_writer_goes_on_behind_another(self, log, another):
        for at in range(3):
            for writer in (log, another):
                writer.append(numbered_commit(f"request/{at}-{id(writer)}", "register/2026"))

        assert [done.position for done in log.read(0, 10)] == [1, 2, 3, 4, 5, 6]
        assert serials(log) == [1, 2, 3, 4, 5, 6]

    def test_what_another_writer_was_ordered_before_is_answered(self, log, another):
        first = another.append(commit(command_id="once"))

        assert log.append(commit(command_id="once")) == replace(first, repeated=True)

    def test_a_stream_that_another_writer_moved_on_is_a_conflict(self, log, another):
        another.append(commit())

        with pytest.raises(Conflict):
            log.append(commit())

    def test_two_writers_fight_for_the_same_numbers_without_a_gap(self, log, another):
        def write(writer, name):
            for at in range(40):
                writer.append(numbered_commit(f"request/{name}-{at}", "register/2026"))

        with ThreadPoolExecutor(2) as people:
            list(people.map(write, (log, another), "ab"))

        assert serials(log) == list(range(1, 81))

    def test_what_the_database_refuses_is_told_and_the_log_goes_on(self, database, log):
        log.append(commit("request/0"))
        only_what(database, "log", {"stream": {"$ne": "request/forbidden"}})

        with pytest.raises(BulkWriteError):
            log.append(commit("request/forbidden"))
        assert log.append(commit("request/1")).position == 2


class TestMongoInbox(InboxSuite):
    @pytest.fixture
    def inbox(self, database):
        return prepared(MongoInbox(database))


def only_what(database, collection, rule):
    """Have the database refuse what does not keep a rule."""
    database.command("collMod", collection, validator=rule)


class TestMongoNumberedLog(NumberedLogSuite):
    @pytest.fixture
    def numbered(self, database):
        return prepared(MongoNumberedLog(database))

    @pytest.fixture
    def another(self, database):
        return MongoNumberedLog(database)

    @pytest.fixture
    def elsewhere(self, database):
        return prepared(MongoNumberedLog(database, "restored"))

    def test_what_the_database_refuses_is_told_and_the_log_goes_on(self, database, numbered):
        first, forbidden, last = events(3)
        only_what(database, "events", {"event.id": {"$ne": forbidden.id}})

        with pytest.raises(BulkWriteError):
            numbered.record([first, forbidden])
        assert numbered.record([first, last]) == 1
        assert first_break(numbered.lines(0)) is None


def test_every_service_has_a_database_of_its_own(client):
    assert database_of(client, "intake").name == "terbuka_intake"
    assert database_of(client, "intake", "test").name == "test_intake"


def test_indexes_are_made_as_often_as_one_likes(database):
    for made in (MongoLog(database), MongoInbox(database), MongoNumberedLog(database)):
        made.prepare()
        made.prepare()
