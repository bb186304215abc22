from itertools import count

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from eventlog.mongo.log import MongoLog
from tests.suites.append_model import machine_of


def test_append_does_what_the_plainest_model_does(database):
    names = count(1)

    def empty_log():
        log = MongoLog(database, f"log_{next(names)}")
        log.prepare()
        return log

    run_state_machine_as_test(
        machine_of(empty_log), settings=settings(max_examples=40, stateful_step_count=25)
    )
