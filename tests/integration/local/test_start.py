"""What `up` promises."""

import json
import stat
import sys

import psutil
import pymongo
import pytest

from deploy.local import leftovers
from deploy.local.claim import AlreadyRuns
from deploy.local.ports import Ports, free_ports
from deploy.local.process import Process
from deploy.local.readiness import NotReady, answers_ready
from deploy.local.stack import PortTaken, Stack


def test_a_cold_start_leaves_the_programs_ready(stack):
    assert answers_ready(stack.ports.gateway)


def test_a_cold_start_leaves_a_database_with_transactions(stack):
    with pymongo.MongoClient(stack.addresses.mongo) as client, client.start_session() as session:
        session.with_transaction(lambda s: client.start.facts.insert_one({"_id": 1}, session=s))
        assert client.start.facts.count_documents({}) == 1


def test_a_cold_start_leaves_a_broker_with_quorum_queues(stack, queue):
    queue.put("first")
    assert queue.get() == "first"


def test_every_socket_is_on_loopback(stack):
    sockets = [
        connection.laddr.ip
        for pid in leftovers.find(stack.folder)
        for connection in psutil.Process(pid).net_connections()
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(sockets) >= 7
    assert set(sockets) <= {"127.0.0.1", "::1"}


def test_the_record_names_every_process_and_where_it_is(stack):
    stack.refresh()
    record = json.loads((stack.folder / "run.json").read_text())
    assert record == {
        "gateway": f"http://127.0.0.1:{stack.ports.gateway}",
        "tokens": {"desk": "demo"},
        "accounts": {"desk": {"account": "demo-desk", "password": "demo"}},
        "amqp": stack.addresses.amqp,
        "mongo": stack.addresses.mongo,
        "processes": stack.supervisor.pids(),
    }
    assert set(record["processes"]) == {"epmd", "mongod", "broker", "desk"}


def test_only_its_owner_reads_the_record(stack):
    assert stat.S_IMODE((stack.folder / "run.json").stat().st_mode) == 0o600


def test_two_stacks_side_by_side_are_different_nodes(stack, neighbour):
    names = {one.broker.rabbitmqctl("eval", "node().") for one in (stack, neighbour)}
    assert len(names) == 2


def test_two_stacks_side_by_side_do_not_see_each_others_data(stack, neighbour):
    with pymongo.MongoClient(stack.addresses.mongo) as client:
        client.apart.facts.insert_one({})
    with pymongo.MongoClient(neighbour.addresses.mongo) as client:
        assert "apart" not in client.list_database_names()


def test_what_an_uncompressed_database_wrote_can_be_searched(beside):
    """So that tests can look for a name where none may be."""
    one = beside(own_database=True, compressed=False)
    one.up()
    name = "a name nobody may find " * 20
    with pymongo.MongoClient(one.addresses.mongo) as client:
        client.leak.people.insert_one({"name": name})
        client.admin.command("fsync")
    files = [path for path in one.database.folder.rglob("*") if path.is_file()]
    assert any(name.encode() in path.read_bytes() for path in files)


def test_the_preparation_runs_before_the_programs(beside):
    seen = []

    def prepare(addresses):
        seen.append(answers_ready(addresses.ports.gateway))

    beside(processes=_sleeper, prepare=prepare).up()
    assert seen == [False]


def test_servers_that_already_run_are_used_and_not_started(beside):
    one = beside(processes=_sleeper)
    one.up()
    assert set(one.supervisor.pids()) == {"sleeper"}


def test_a_program_that_does_not_get_ready_is_named_with_the_end_of_its_log(beside):
    one = beside(processes=_failing, seconds_to_be_ready=1)
    with pytest.raises(NotReady, match=r"(?s)failing is ready.*no such ledger"):
        one.up()


def test_a_start_that_fails_leaves_nothing_running(beside):
    one = beside(processes=_failing, seconds_to_be_ready=1)
    with pytest.raises(NotReady):
        one.up()
    assert leftovers.find(one.folder) == []


def test_a_port_that_somebody_holds_is_named(stack, tmp_path):
    with pytest.raises(PortTaken, match=str(stack.ports.amqp)):
        Stack(tmp_path, stack.ports).up()


def test_a_second_run_in_the_same_folder_is_refused(stack):
    with pytest.raises(AlreadyRuns):
        Stack(stack.folder, free_ports()).up()


def test_a_folder_as_deep_as_one_likes_will_do(beside, tmp_path):
    one = beside(processes=_sleeper, folder=tmp_path / ("d" * 100))
    one.up()
    assert one.running()


def test_people_get_the_ports_of_the_design():
    assert (Ports().gateway, Ports().amqp, Ports().mongo) == (8080, 5673, 27117)
    assert Ports().metrics[0] == 9100


def _sleeper(_):
    return (Process("sleeper", ("sleep", "600")),)


def _failing(addresses):
    code = "raise SystemExit('no such ledger')"
    return (Process("failing", (sys.executable, "-c", code), port=addresses.ports.gateway),)
