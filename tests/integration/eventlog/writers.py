"""Programs that other processes run: they append, and note what they were told."""

from pymongo.errors import PyMongoError

from eventlog.log import Conflict
from eventlog.mongo.client import connect, unavailable
from eventlog.mongo.log import MongoLog
from tests.suites.events import commit, numbered_commit

SERIES = "register/2026"


def append_many(uri, database, writer, count):
    """Append numbered commits of one's own, and fight for one stream with the other writers."""
    with connect(uri, f"writer-{writer}") as client:
        log = MongoLog(client[database])
        for at in range(count):
            log.append(numbered_commit(f"request/{writer}-{at}", SERIES))
            _fight(log)


def _fight(log):
    """One more event on the stream that everybody writes to."""
    while True:
        try:
            log.append(commit("request/contested", len(log.stream("request/contested"))))
        except Conflict:
            continue
        return


def append_patiently(log, wish, told):
    """Order until it is answered, whatever happens to the database; note the answer."""
    while True:
        try:
            told.append(log.append(wish))
        except PyMongoError as error:
            if not unavailable(error):
                raise
        else:
            return
