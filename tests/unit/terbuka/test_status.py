import json
import subprocess
import sys

import httpx
import pytest

from terbuka import status
from terbuka.reach import Reach

READY = {
    "processes": [
        {"process": "intake", "pid": 1, "ready": "yes"},
        {"process": "mongod", "pid": 2, "ready": None},
    ],
    "queues": [{"queue": "intake.inbox", "waiting": 5, "parked": 0}],
}


class TestFaulty:
    def test_all_is_well(self):
        assert not status.faulty(READY)

    def test_a_process_that_is_not_ready_is_a_fault(self):
        sick = {"process": "relay", "pid": 3, "ready": "NO: database"}

        assert status.faulty({**READY, "processes": [sick]})

    def test_a_parked_message_is_a_fault(self):
        assert status.faulty({**READY, "queues": [{"queue": "x", "waiting": 0, "parked": 1}]})


class TestReadiness:
    @pytest.fixture
    def answers(self, monkeypatch):
        def answer(status_code, **content):
            response = httpx.Response(status_code, **content)
            monkeypatch.setattr(httpx, "get", lambda *_, **__: response)

        return answer

    def test_ready(self, answers):
        answers(200)
        assert status.readiness(1) == "yes"

    def test_the_checks_that_fail_are_named(self, answers):
        answers(503, json={"checks": {"database": False, "jobs": True, "broker": False}})
        assert status.readiness(1) == "NO: database, broker"

    def test_an_answer_without_checks_is_told_by_its_status(self, answers):
        answers(500, text="oh")
        assert status.readiness(1) == "NO: 500"

    def test_no_answer(self, monkeypatch):
        def refuse(*_, **__):
            raise httpx.ConnectError("refused")

        monkeypatch.setattr(httpx, "get", refuse)
        assert status.readiness(1) == "NO: ConnectError"


class TestPorts:
    @pytest.mark.parametrize(
        ("argv", "port"),
        [
            (["python", "-m", "eventlog.serve", "intake", "9100"], 9100),
            (["python", "-m", "gunicorn", "--bind", "127.0.0.1:8080", "--threads", "16"], 8080),
            (["mongod", "--port", "27117"], None),
        ],
    )
    def test_our_own_programs_are_found_by_their_command_line(self, tmp_path, argv, port):
        (tmp_path / "launch").mkdir()
        (tmp_path / "launch" / "it.json").write_text(json.dumps({"argv": argv}))

        assert status.port_of(Reach({}, folder=tmp_path), "it") == port

    def test_a_process_without_a_launch_file_has_none(self, tmp_path):
        assert status.port_of(Reach({}, folder=tmp_path), "it") is None

    def test_a_system_elsewhere_has_none(self):
        assert status.port_of(Reach({}), "it") is None


class TestWhenAServerIsAway:
    def test_what_answers_is_shown_and_what_does_not_is_named(self, monkeypatch):
        monkeypatch.setattr(status, "_database", lambda _: {"logs": [{"log of": "intake"}]})
        monkeypatch.setattr(status, "_broker", _refuse)
        found, silent = status.look(Reach({}))

        assert found == {"processes": [], "logs": [{"log of": "intake"}]}
        assert silent == ["cannot reach the system: ConnectionRefusedError: no broker"]

    def test_a_bug_rises(self, monkeypatch):
        monkeypatch.setattr(status, "_database", lambda _: {}["x"])

        with pytest.raises(KeyError):
            status.look(Reach({}))


def _refuse(_):
    raise ConnectionRefusedError("no broker")


def test_an_empty_table_is_left_out():
    assert status.text({"queues": [], "logs": [{"log of": "intake"}]}) == "log of\nintake"


def test_the_command_needs_nothing_that_only_the_local_stack_has():
    """A production image is installed without the extra `local`."""
    program = "import sys; sys.modules['supervisor'] = None; import terbuka.__main__"
    subprocess.run([sys.executable, "-W", "ignore", "-c", program], check=True, timeout=60)
