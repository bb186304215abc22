"""Several processes write one log; and the database is killed while they do."""

import multiprocessing
import os
import signal
from concurrent.futures import ThreadPoolExecutor

from deploy.local.waiting import wait_until
from eventlog.mongo.log import MongoLog
from tests.integration.eventlog.writers import SERIES, append_many, append_patiently
from tests.suites.events import numbered_commit, serials

WRITERS, EACH = 4, 25


def prepared(database):
    log = MongoLog(database)
    log.prepare()
    return log


def test_several_processes_leave_no_gap_and_no_duplicate(servers, database):
    log = prepared(database)
    context = multiprocessing.get_context("spawn")
    people = [
        context.Process(
            target=append_many, args=(servers.addresses.mongo, database.name, writer, EACH)
        )
        for writer in range(WRITERS)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join(60)

    assert [person.exitcode for person in people] == [0] * WRITERS
    assert [done.position for done in log.read(0, 1000)] == list(range(1, 2 * WRITERS * EACH + 1))
    assert serials(log) == list(range(1, WRITERS * EACH + 1))
    assert len(log.stream("request/contested")) == WRITERS * EACH


def test_what_was_acknowledged_outlives_a_killed_database(servers, database):
    log, told = prepared(database), []
    wishes = [
        numbered_commit(f"request/{at}", SERIES, command_id=f"order {at}") for at in range(2000)
    ]
    killed = servers.supervisor.pids()["mongod"]
    with ThreadPoolExecutor(16) as people:
        waiting = [people.submit(append_patiently, log, wish, told) for wish in wishes]
        wait_until(lambda: len(told) > 200, "some were written", 30)
        os.kill(killed, signal.SIGKILL)
        for each in waiting:
            each.result(60)
    servers.database.wait()

    assert servers.supervisor.pids()["mongod"] != killed
    kept = {done.position: done for done in log.read(0, 10_000)}
    assert sorted(kept) == list(range(1, len(wishes) + 1))
    assert serials(log) == list(range(1, len(wishes) + 1))
    assert all(kept[done.position].events == done.events for done in told)
