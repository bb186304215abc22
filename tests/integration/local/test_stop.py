"""What `down` promises, and what the next `up` does about a run that could not keep it."""

import json
import os
import signal
import subprocess
import sys

import psutil
import pymongo
import pytest

from deploy.local import leftovers
from deploy.local.waiting import wait_until

_KILLED = """
import os, sys
from pathlib import Path
from deploy.local.addresses import Given
from deploy.local.ports import free_ports
from deploy.local.stack import Stack
Stack(Path(sys.argv[1]), free_ports(), given=Given(amqp=sys.argv[2])).up()
os.kill(os.getpid(), 9)
"""
_RUN = """
import sys
from deploy.local import run
run.processes = lambda addresses: ()
sys.exit(run.main(sys.argv[1:]))
"""


def test_down_leaves_no_process_and_no_record_behind(beside):
    one = beside(own_database=True)
    one.up()
    pids = leftovers.find(one.folder)
    one.down()
    assert not _alive(pids)
    assert not (one.folder / "run.json").exists()


def test_down_twice_is_no_fault(beside):
    one = beside()
    one.up()
    one.down()
    one.down()


def test_down_before_up_is_no_fault(beside):
    beside().down()


def test_the_socket_of_a_killed_run_is_removed_too(beside, stack):
    one = beside(own_database=True)
    _run_and_die(one.folder, stack.addresses.amqp)
    room = (one.folder / "rpc").readlink()
    one.down()
    assert not room.exists()


def test_a_stack_that_moved_to_other_ports_has_its_data(beside):
    one = beside(own_database=True)
    one.up()
    _insert(one)
    one.down()
    other = beside(own_database=True)
    other.up()
    assert _count(other) == 1


def test_what_a_killed_run_left_behind_is_ended_by_the_next(beside, stack):
    one = beside(own_database=True)
    _run_and_die(one.folder, stack.addresses.amqp)
    left = leftovers.find(one.folder)
    assert len(left) == 2
    one.up()
    assert not set(left) & set(leftovers.find(one.folder))


def test_a_killed_supervisor_keeps_nobody_from_ending_its_programs(beside):
    one = beside(own_database=True)
    one.up()
    pids = leftovers.find(one.folder)
    os.kill(psutil.Process(one.supervisor.pid("mongod")).ppid(), signal.SIGKILL)
    wait_until(lambda: not one.running(), "supervisord is dead", 5)
    one.down()
    assert not _alive(pids)


def test_a_process_that_only_names_the_folder_is_nobody_of_the_stack(beside):
    one = beside()
    stranger = subprocess.Popen([sys.executable, "-c", "input()", str(one.folder)], stdin=-1)
    try:
        one.up()
        one.down()
        assert stranger.poll() is None
    finally:
        stranger.communicate(b"\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_asked_to_stop_stops_everything_and_ends_well(stack, tmp_path, number):
    run = _start_run(stack, tmp_path)
    record = tmp_path / "run.json"
    wait_until(record.exists, "the run is ready", 30)
    recorded = json.loads(record.read_text())["processes"]
    assert list(recorded) == ["mongod"]
    pids = leftovers.find(tmp_path)
    run.send_signal(number)
    output, _ = run.communicate(timeout=30)
    assert run.returncode == 0
    assert "Terbuka is ready: http://127.0.0.1:" in output
    assert not _alive(pids)


def test_a_whole_stack_leaves_nothing_behind_epmd_included(neighbour):
    pids = leftovers.find(neighbour.folder)
    assert neighbour.supervisor.pid("epmd") in pids
    neighbour.down()
    assert not _alive(pids)


def _alive(pids):
    """Answer those that run; one whose parent has yet to take note of its end does not."""
    return [
        one.pid
        for one in psutil.process_iter()
        if one.pid in pids and one.status() != psutil.STATUS_ZOMBIE
    ]


def _insert(stack):
    with pymongo.MongoClient(stack.addresses.mongo) as client:
        client.stop.facts.insert_one({})


def _count(stack):
    with pymongo.MongoClient(stack.addresses.mongo) as client:
        return client.stop.facts.count_documents({})


def _run_and_die(folder, amqp):
    subprocess.run([sys.executable, "-c", _KILLED, str(folder), amqp], check=False, timeout=60)


def _start_run(stack, folder):
    environment = os.environ | {
        "TERBUKA_AMQP_URI": stack.addresses.amqp,
        "DEMO": "no",
    }
    command = [sys.executable, "-c", _RUN, "--free-ports", "--folder", str(folder)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_a_discarded_stack_is_gone_at_once(beside):
    one = beside(own_database=True)
    one.up()
    one.discard()

    assert leftovers.find(one.folder) == []
    assert not one.running()
    one.discard()
