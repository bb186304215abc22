import json

import click
import httpx
import pymongo.errors
import pytest

from deploy.local.waiting import TooLate
from eventlog.settings import MissingSetting
from terbuka import reach
from terbuka.answer import Unreachable

RECORD = {
    "gateway": "http://127.0.0.1:8080",
    "tokens": {"desk": "secret"},
    "amqp": "amqp://guest:guest@127.0.0.1:5673//",
    "mongo": "mongodb://127.0.0.1:27117/?replicaSet=rs0",
    "processes": {"intake": 1},
}


@pytest.fixture
def run(tmp_path):
    file = tmp_path / "run.json"
    file.write_text(json.dumps(RECORD))
    return file


@pytest.fixture
def default(run, monkeypatch):
    monkeypatch.setattr(reach, "DEFAULT", run)


class TestFinding:
    def test_a_record_tells_servers_and_secrets(self, run):
        found = reach.find(run, {})

        assert found.settings("register")["mongo_uri"] == RECORD["mongo"]
        assert found.variable("TERBUKA_CHECKPOINT_KEY_FILE").startswith(str(run.parent))
        assert found.record["tokens"] == {"desk": "secret"}

    def test_variables_of_the_shell_lead_nowhere_else(self, run):
        found = reach.find(run, {"TERBUKA_DATABASE_PREFIX": "other"})

        assert found.settings("register")["database_prefix"] == "terbuka"

    @pytest.mark.usefixtures("default")
    def test_the_local_stack_is_found_without_being_named(self):
        assert reach.find(None, {}).record == RECORD

    @pytest.mark.usefixtures("default")
    def test_an_environment_that_names_the_same_servers_means_the_local_stack(self):
        assert reach.find(None, {"TERBUKA_MONGO_URI": RECORD["mongo"]}).record == RECORD

    @pytest.mark.usefixtures("default")
    @pytest.mark.parametrize(
        "variable", ["TERBUKA_MONGO_URI", "TERBUKA_AMQP_URI", "TERBUKA_DATABASE_PREFIX"]
    )
    def test_an_environment_that_names_other_servers_is_meant_so(self, variable):
        assert reach.find(None, {variable: "other"}).record == {}

    def test_without_a_stack_the_environment_counts(self, tmp_path, monkeypatch):
        monkeypatch.setattr(reach, "DEFAULT", tmp_path / "run.json")
        found = reach.find(None, {"TERBUKA_MONGO_URI": "mongodb://elsewhere"})

        assert found.settings("register")["mongo_uri"] == "mongodb://elsewhere"

    def test_a_stack_that_does_not_run_is_out_of_reach(self, tmp_path):
        with pytest.raises(Unreachable, match="no stack runs there"):
            reach.find(tmp_path / "run.json")

    @pytest.mark.parametrize("text", ["", "{}", '{"gateway": "x"}'])
    def test_what_is_no_record_is_wrong_usage(self, run, text):
        run.write_text(text)

        with pytest.raises(click.UsageError, match=r"no run\.json"):
            reach.find(run)

    def test_a_variable_that_is_not_set_is_named(self):
        with pytest.raises(MissingSetting, match="TERBUKA_CHECKPOINT_KEY_FILE"):
            reach.Reach({}).variable("TERBUKA_CHECKPOINT_KEY_FILE")


class TestBeingAway:
    @pytest.mark.parametrize(
        "error",
        [
            ConnectionRefusedError(),
            TimeoutError(),
            TooLate("x"),
            httpx.ConnectError("x"),
            pymongo.errors.ServerSelectionTimeoutError("x"),
        ],
    )
    def test_servers_that_do_not_answer_are_away(self, error):
        assert reach.away(error)

    @pytest.mark.parametrize(
        "error", [FileNotFoundError(2, "no such file", "here"), KeyError("x"), ValueError()]
    )
    def test_files_and_bugs_are_not(self, error):
        assert not reach.away(error)

    def test_the_drivers_long_stories_become_one_line(self):
        error = pymongo.errors.ServerSelectionTimeoutError("refused, Timeout: 5s, Topology: ...\nx")

        assert reach.why(error) == "cannot reach the system: ServerSelectionTimeoutError: refused"

    def test_silence_is_said_too(self):
        assert reach.why(TimeoutError()).endswith("TimeoutError: no reason given")
