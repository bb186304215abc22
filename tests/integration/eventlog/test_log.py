import pytest

from eventlog.mongo.inbox import MongoInbox
from eventlog.mongo.log import MongoLog
from eventlog.mongo.numbered import MongoNumberedLog
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


class TestMongoInbox(InboxSuite):
    @pytest.fixture
    def inbox(self, database):
        return prepared(MongoInbox(database))


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


def test_indexes_are_made_as_often_as_one_likes(database):
    for made in (MongoLog(database), MongoInbox(database), MongoNumberedLog(database)):
        made.prepare()
        made.prepare()
