"""What happens to a stack while it runs: everything that is killed comes back, with its data."""

import json

import amqp
import pymongo
import pytest

from deploy.local.readiness import answers_ready
from deploy.local.waiting import wait_until


def test_a_killed_database_comes_back_under_a_new_pid_with_its_data(stack):
    with pymongo.MongoClient(stack.addresses.mongo) as client:
        client.restart.facts.insert_one({"_id": "kept"})
        _kill(stack, "mongod")
        stack.database.wait()
        assert client.restart.facts.find_one() == {"_id": "kept"}


def test_a_killed_broker_comes_back_under_a_new_pid_with_its_messages(stack, queue):
    stack.broker.settle()
    queue.put("kept")
    _kill(stack, "broker")
    stack.broker.wait()
    assert queue.get() == "kept"


def test_a_killed_port_mapper_comes_back_and_finds_the_broker(stack):
    _kill(stack, "epmd")
    stack.broker.wait_for_mapper()
    wait_until(stack.broker.reachable, "the broker is known to its port mapper again", 20)


def test_a_killed_program_comes_back_under_a_new_pid(stack):
    _kill(stack, "desk")
    stack.wait()
    assert answers_ready(stack.ports.gateway)


def test_the_record_follows_a_new_pid(stack):
    new = _kill(stack, "desk")
    assert stack.refresh()
    assert json.loads((stack.folder / "run.json").read_text())["processes"]["desk"] == new


def test_the_record_is_left_alone_while_nothing_changes(stack):
    stack.refresh()
    assert not stack.refresh()


def test_a_program_that_was_stopped_stays_stopped_until_started(stack):
    stack.supervisor.stop_program("desk")
    assert stack.supervisor.state("desk") == "STOPPED"
    stack.supervisor.start_program("desk")
    stack.wait()


def test_a_memory_alarm_blocks_publishers_until_cleared(stack, queue):
    stack.broker.raise_memory_alarm()
    try:
        with pytest.raises((TimeoutError, amqp.AMQPError)):
            queue.put("blocked", timeout=0.3)
    finally:
        stack.broker.clear_memory_alarm()
    assert queue.get() == "blocked"


def _kill(stack, name):
    """Kill -9 the process; answer the pid under which it came back."""
    old = stack.supervisor.pid(name)
    stack.supervisor.kill(name)
    wait_until(lambda: stack.supervisor.pid(name) not in {0, old}, f"{name} comes back", 20)
    return stack.supervisor.pid(name)
