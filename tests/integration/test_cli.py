"""The operator's command as a person runs it, against a system that holds the demonstration."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import amqp
import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pymongo import MongoClient

from contracts.catalogue import SERVICES
from contracts.topology import subscription
from deploy.local.processes import environment_of
from deploy.local.waiting import wait_until
from eventlog.broker import connected
from eventlog.chain import SignedCheckpoint, sign
from eventlog.mongo.client import database_of
from terbuka import checkpoints

COMMAND = (sys.executable, "-W", "ignore", "-m", "terbuka")
ROOT = Path(__file__).resolve().parents[2]
NOWHERE = {
    "TERBUKA_MONGO_URI": "mongodb://127.0.0.1:9/",
    "TERBUKA_AMQP_URI": "amqp://guest:guest@127.0.0.1:9//",
}


@dataclass
class Done:
    """How a command ended and what it said."""

    code: int
    output: str
    errors: str

    @property
    def json(self):
        return json.loads(self.output)


def terbuka(*arguments, **environment):
    ran = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    return Done(ran.returncode, ran.stdout, ran.stderr)


@pytest.fixture(scope="module")
def command(stack):
    """Run it against the stack."""
    return lambda *arguments: terbuka("--run", stack.folder / "run.json", *arguments)


@pytest.fixture(scope="module")
def played(command):
    return command("demo", "--json")


@pytest.fixture(scope="module")
def own(command, played):
    """Run it against the stack once the demonstration was played."""
    assert played.code == 0, played.errors
    return command


@pytest.fixture(scope="module")
def client(stack):
    with MongoClient(stack.addresses.mongo) as client:
        yield client


@pytest.fixture(scope="module")
def events(client):
    return client.terbuka_register.events


@pytest.fixture(scope="module")
def whole(own, tmp_path_factory):
    """The log as a file, as it was at some moment."""
    file = tmp_path_factory.mktemp("export") / "log.jsonl"
    done = own("log", "export", file)
    assert done.code == 0, done.errors
    return file


@pytest.fixture
def ordered(client):
    """How many commits people have ordered in each service. Reminders may come at any moment."""
    by_people = {"events.actor": {"$not": {"$regex": "^system:"}}}
    return lambda: {
        name: database_of(client, name)["log"].count_documents(by_people) for name in SERVICES
    }


def head(command):
    return command("log", "verify", "--json").json["head"]


@contextmanager
def altered(collection, identity, change):
    """A document as somebody with access to the database could have changed it, and back."""
    before = collection.find_one({"_id": identity})
    collection.update_one({"_id": identity}, {"$set": change})
    try:
        yield
    finally:
        collection.replace_one({"_id": identity}, before)


@contextmanager
def removed(stack, events, position):
    """The log without one event, and with it again. The reconciler stands still, or it would put it back itself."""
    stack.supervisor.stop_program("ingest-register")
    gone = events.find_one_and_delete({"_id": position()})
    try:
        yield
    finally:
        events.insert_one(gone)
        stack.supervisor.start_program("ingest-register")
        stack.wait()


class TestDemo:
    def test_every_sample_request_goes_its_way(self, played):
        assert played.code == 0, played.errors
        states = [each["state"] for each in played.json]

        assert len(states) == 40
        assert {"closed", "coordination", "incomplete"} <= set(states)
        assert "near_duplicate" in played.json[-1]["warnings"]

    def test_playing_again_changes_nothing(self, own, played, ordered):
        before = ordered()
        again = own("demo", "--json")

        assert [each["id"] for each in again.json] == [each["id"] for each in played.json]
        assert ordered() == before

    def test_people_get_a_line_a_request(self, own):
        lines = own("demo").output.splitlines()

        assert lines[0].split()[:2] == ["number", "channel"]
        assert len([line for line in lines if "PPID-KPU-DKI" in line]) == 37

    def test_the_report_was_issued_and_acknowledged(self, played, stack):
        month = min(each["received_on"] for each in played.json)[:7]
        answer = httpx.get(
            f"{stack.addresses.gateway}/api/v1/reports/monthly/{month}",
            headers={"Authorization": f"Bearer {stack.tokens['division_head']}"},
        )

        assert [step["step"] for step in answer.json()["report"]["steps"]] == [
            "ReportIssued",
            "ReportAcknowledged",
        ]


class TestStatus:
    def test_everything_is_ready_and_nothing_waits(self, own):
        done = own("status", "--json")

        assert done.code == 0, done.errors
        ready = {each["process"]: each["ready"] for each in done.json["processes"]}
        assert ready["gateway"] == ready["relay"] == ready["intake"] == "yes"
        assert ready["mongod"] is None
        assert all(each["commits"] == each["relayed"] > 0 for each in done.json["logs"])
        assert all(each["ingested"] == each["projected"] > 0 for each in done.json["views"])

    def test_open_requests_are_counted_by_state(self, own, played):
        counted = {
            row["open requests"]: row["requests"]
            for row in own("status", "--json").json["open requests"]
        }
        states = [each["state"] for each in played.json]

        assert counted["coordination"] == states.count("coordination")
        assert "closed" not in counted

    @pytest.mark.usefixtures("own")
    def test_what_answers_is_shown_when_the_broker_is_away(self, stack):
        there = {**environment_of(stack.addresses), "TERBUKA_AMQP_URI": NOWHERE["TERBUKA_AMQP_URI"]}
        done = terbuka("status", **there)

        assert done.code == 3
        assert "intake" in done.output
        assert "cannot reach the system: ConnectionRefusedError" in done.errors


class TestTail:
    def test_the_newest_come_last(self, own):
        before = head(own)
        done = own("log", "tail", "-n", "3")

        first, *rest = [int(line.split()[0]) for line in done.output.splitlines()]
        assert rest == [first + 1, first + 2]
        assert before <= rest[-1] <= head(own)

    def test_machines_get_a_whole_event_a_line(self, own):
        lines = own("log", "tail", "-n", "2", "--json").output.splitlines()

        assert [json.loads(line)["event"]["specversion"] for line in lines] == ["1.0", "1.0"]

    @pytest.mark.usefixtures("own")
    def test_following_shows_what_comes_and_ends_well(self, stack):
        record = str(stack.folder / "run.json")
        with ctrl_c_heard():
            following = subprocess.Popen(
                [*COMMAND, "log", "tail", "-n", "1", "--follow", "--run", record],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
        try:
            last = int(following.stdout.readline().split()[0])
            _publish_entry(stack, "cli-follow")
            assert int(following.stdout.readline().split()[0]) == last + 1
        finally:
            following.send_signal(signal.SIGINT)
            following.communicate(timeout=20)
        assert following.returncode == 0


@contextmanager
def ctrl_c_heard():
    """Whoever runs the tests in the background has Ctrl-C ignored, and what they start inherits that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _publish_entry(stack, key, **headers):
    """Something that happens: an entry on the public list."""
    answer = httpx.post(
        f"{stack.addresses.gateway}/api/v1/lists/public",
        json={"title": "Daftar contoh"},
        headers={
            "Authorization": f"Bearer {stack.tokens['ppid_officer']}",
            "Idempotency-Key": key,
            **headers,
        },
        timeout=20,
    )
    assert answer.is_success, answer.text


class TestVerify:
    def test_an_untouched_log_holds(self, own):
        done = own("log", "verify")

        assert done.code == 0
        assert done.output.startswith("the chain holds from 0 to ")

    def test_an_altered_event_is_found(self, own, events):
        with altered(events, 17, {"event.actor": "desk:somebody-else"}):
            done = own("log", "verify")

        assert done.code == 1
        assert done.output == "position 17: was altered\n"

    def test_what_lies_before_a_trusted_position_is_not_looked_at(self, own, events):
        with altered(events, 17, {"event.actor": "desk:somebody-else"}):
            assert own("log", "verify", "--from", 20).code == 0

    def test_a_removed_event_is_found(self, own, stack, events):
        with removed(stack, events, lambda: 9):
            done = own("log", "verify", "--json")

        assert done.code == 1
        assert done.json["faults"] == ["position 9: missing: the log goes on at 10"]

    def test_a_position_that_is_not_there_is_a_fault(self, own):
        assert own("log", "verify", "--from", 10_000_000).code == 1


class TestCheckpoint:
    @pytest.fixture
    def file(self, own, tmp_path):
        done = own("log", "checkpoint", "--out", tmp_path / "checkpoint.json")
        assert done.code == 0, done.errors
        return tmp_path / "checkpoint.json"

    def test_a_signed_checkpoint_holds(self, own, file):
        assert own("log", "verify", "--checkpoint", file).code == 0

    def test_an_auditor_needs_only_the_public_key(self, own, stack, file, tmp_path):
        key = checkpoints.private_key(stack.folder / "secrets" / "checkpoint.key").public_key()
        (tmp_path / "key").write_bytes(
            key.public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        )

        assert (
            own("log", "verify", "--checkpoint", file, "--public-key", tmp_path / "key").code == 0
        )

    def test_on_standard_output_it_is_one_line(self, own):
        before = head(own)
        assert before <= SignedCheckpoint(**own("log", "checkpoint").json).position <= head(own)

    def test_a_forged_checkpoint_is_found(self, own, file):
        forged = sign(1, "00" * 32, "2026-11-24T00:00:00+00:00", Ed25519PrivateKey.generate())
        file.write_text(forged.to_json())
        done = own("log", "verify", "--checkpoint", file)

        assert done.code == 1
        assert "signature is not genuine" in done.output

    def test_an_end_that_was_cut_off_is_found_by_the_checkpoint_alone(
        self, own, stack, events, file
    ):
        """A chain without its last link is still a chain."""
        with removed(stack, events, lambda: head(own)):
            assert own("log", "verify").code == 0
            done = own("log", "verify", "--checkpoint", file)

        assert done.code == 1
        assert "before the checkpoint's position" in done.output


class TestExportAndImport:
    @pytest.fixture
    def elsewhere(self, stack, client):
        """Run it against an empty system beside, on the same servers."""
        prefix = "elsewhere"
        there = {**environment_of(stack.addresses), "TERBUKA_DATABASE_PREFIX": prefix}
        yield lambda *arguments: terbuka(*arguments, **there)
        client.drop_database(f"{prefix}_register")

    def test_only_the_owner_can_read_the_file(self, whole):
        assert whole.stat().st_mode & 0o077 == 0

    def test_a_log_comes_back_whole_and_once(self, elsewhere, whole):
        count = json.loads(whole.read_text(encoding="utf-8").splitlines()[0])["count"]
        first = elsewhere("log", "import", whole, "--json")
        again = elsewhere("log", "import", whole, "--json")

        assert first.json == {"new": count, "head": count}
        assert again.json == {"new": 0, "head": count}
        assert elsewhere("log", "verify").code == 0

    def test_an_imported_log_gives_the_same_views(self, elsewhere, whole, client):
        elsewhere("log", "import", whole)
        done = elsewhere("views", "rebuild", "--json")
        number = done.json["generation"]

        assert done.code == 0, done.errors
        rebuilt = list(client.elsewhere_register[f"view_requests_{number}"].find(sort=[("_id", 1)]))
        live = client.terbuka_register.generations.find_one({"_id": "live"})["number"]
        kept = list(client.terbuka_register[f"view_requests_{live}"].find(sort=[("_id", 1)]))
        assert rebuilt == kept

    def test_the_rest_of_a_log_continues_the_beginning(self, own, elsewhere, whole, tmp_path):
        own("log", "export", tmp_path / "rest", "--from", 100)
        assert elsewhere("log", "import", tmp_path / "rest").code == 1
        elsewhere("log", "import", whole)

        assert elsewhere("log", "import", tmp_path / "rest", "--json").json["new"] == 0

    def test_an_altered_file_is_refused(self, elsewhere, whole, tmp_path):
        altered_file = tmp_path / "altered"
        altered_file.write_text(whole.read_text().replace("demo-desk", "demo-dusk"))
        done = elsewhere("log", "import", altered_file)

        assert done.code == 1
        assert "was altered; the log ends at 0" in done.errors

    def test_a_broken_log_is_not_exported(self, own, events, tmp_path):
        with altered(events, 17, {"event.actor": "desk:somebody-else"}):
            done = own("log", "export", tmp_path / "log.jsonl")

        assert done.code == 1
        assert list(tmp_path.iterdir()) == []


class TestViews:
    @pytest.mark.parametrize("service", ["register", "reporting"])
    def test_live_views_are_as_the_log_says(self, own, service):
        assert own("views", "compare", "--service", service).code == 0

    @pytest.mark.parametrize("service", ["register", "reporting"])
    def test_rebuilt_views_are_the_same_views(self, own, service):
        assert own("views", "rebuild", "--service", service).code == 0
        assert own("views", "compare", "--service", service).code == 0

    def test_an_altered_document_is_found_and_a_rebuild_mends_it(self, own, client, played):
        database = client.terbuka_register
        live = database.generations.find_one({"_id": "live"})["number"]
        request = f"request/{played.json[0]['id']}"
        database[f"view_requests_{live}"].update_one({"_id": request}, {"$set": {"state": "lost"}})
        done = own("views", "compare", "--json")

        assert done.code == 1
        assert done.json["differences"] == [f"requests {request}"]
        assert own("views", "rebuild").code == 0
        assert own("views", "compare").code == 0


class TestParked:
    QUEUE = "intake.inbox"

    @pytest.fixture
    def key(self, own, stack):
        """A message that nobody can handle, parked; gone after the test."""
        with connected(stack.addresses.amqp) as connection, connection.channel() as channel:
            channel.basic_publish(
                amqp.Message(b"no event", content_type="application/json", message_id="bad-1"),
                routing_key=self.QUEUE,
            )
        self.wait_for(own, "bad-1")
        yield "bad-1"
        own("parked", "drop", self.QUEUE, "bad-1")

    def wait_for(self, own, *keys):
        def parked():
            return [each["key"] for each in own("parked", "list", "--json").json] == list(keys)

        wait_until(parked, f"parked: {keys}", 30)

    def test_nothing_is_parked_of_itself(self, own):
        assert own("parked", "list").output == "nothing is parked\n"

    def test_it_is_listed_with_its_reason_and_status_tells_it(self, own, key):
        (found,) = own("parked", "list", "--json").json

        assert (found["queue"], found["key"]) == (self.QUEUE, key)
        assert found["reason"].startswith("not JSON")
        assert own("status").code == 1

    def test_its_content_is_shown(self, own, key):
        assert own("parked", "show", self.QUEUE, key, "--json").json["content"] == "no event"

    def test_retrying_puts_it_back_and_leaves_a_trace(self, own, key):
        assert own("parked", "retry", self.QUEUE, key, "--who", "budi").code == 0
        self.wait_for(own, key)  # nothing was mended
        assert own("parked", "retry", self.QUEUE, "--all").code == 0
        self.wait_for(own, key)
        traces = own("parked", "list", "--traces", "--json").json

        assert [each["action"] for each in traces][-2:] == ["retried", "retried"]
        assert "budi" in [each["who"] for each in traces]

    def test_dropping_ends_it_and_leaves_a_trace(self, own, key):
        assert own("parked", "drop", self.QUEUE, key, "--who", "budi").code == 0
        assert own("parked", "list", "--json").json == []
        last = own("parked", "list", "--traces", "--json").json[-1]
        assert (last["action"], last["who"], last["key"]) == ("dropped", "budi", key)

    @pytest.mark.parametrize("action", ["show", "retry", "drop"])
    def test_what_is_not_parked_is_a_fault(self, own, action):
        done = own("parked", action, self.QUEUE, "nothing")

        assert done.code == 1
        assert done.errors == f"Error: {self.QUEUE} has no parked message nothing\n"


class TestCalendar:
    def test_a_year_is_shown_with_its_decrees(self, own):
        days = own("calendar", "show", "2026", "--json").json

        assert len(days) == 26
        assert all(day["decree"] for day in days)
        assert own("calendar", "show", "2050").output == "2050 is not declared\n"

    def test_calendar_and_package_differ_by_what_was_declared_or_revoked_here(self, own, client):
        before = own("calendar", "compare", "--json")
        assert (before.code, [each["package"] for each in before.json]) == (1, [None])
        (late,) = (each["date"] for each in before.json)

        log = client["terbuka_escalation"]["log"]
        seed = log.find_one({"command": "seed:calendar:2027"})
        try:
            log.update_one({"_id": seed["_id"]}, {"$pop": {"events": 1}})
            compared = own("calendar", "compare", "--json")
        finally:
            log.replace_one({"_id": seed["_id"]}, seed)

        assert (compared.code, [each["date"] for each in compared.json]) == (
            1,
            [late, "2027-12-26"],
        )


class TestReconcile:
    def test_nothing_is_missing(self, own):
        done = own("reconcile", "--json")

        assert done.code == 0, done.output
        assert {each["log"] for each in done.json} == {"register", "reporting"}
        assert all(each["complete"] == each["head"] for each in done.json)

    def test_what_a_queue_lost_is_found_and_sent_once_more(self, own, stack, events):
        before = events.count_documents({})
        with _lost(stack):
            _publish_entry(stack, "cli-lost", Prefer="respond-async")
            _relayed(own)
        done = own("reconcile", "--json")

        assert done.code == 1, done.output
        assert [each["log"] for each in done.json if each["resent"]] == ["register"]
        assert not any(each["missing"] for each in done.json)
        assert events.count_documents({}) == before + 1
        assert own("reconcile").code == 0


@contextmanager
def _lost(stack):
    """Whatever reaches the register's queue meanwhile is gone."""
    stack.supervisor.stop_program("ingest-register")
    yield
    with connected(stack.addresses.amqp) as connection, connection.channel() as channel:
        assert channel.queue_purge(subscription("register.log").queue) == 1
    stack.supervisor.start_program("ingest-register")
    stack.wait()


def _relayed(own):
    def relayed():
        logs = own("status", "--json").json["logs"]
        return all(each["commits"] == each["relayed"] for each in logs)

    wait_until(relayed, "everything is relayed", 30)


class TestReplay:
    def test_consumers_ignore_what_they_have(self, own, ordered):
        before = ordered()
        done = own("replay", "escalation.inbox", "--json")

        assert done.code == 0, done.errors
        assert done.json["sent"] > 0
        assert ordered() == before
        assert own("parked", "list", "--json").json == []

    def test_a_position_leaves_out_what_lies_before_it(self, own):
        assert own("replay", "register.log", "--from", head(own) - 1, "--json").json["sent"] == 1


class TestReach:
    @pytest.mark.parametrize(
        "arguments", [("log", "verify"), ("reconcile",), ("views", "compare"), ("parked", "list")]
    )
    def test_servers_that_are_away_end_with_3_and_one_line(self, arguments):
        done = terbuka(*arguments, **NOWHERE)

        assert done.code == 3
        assert done.output == ""
        assert len([line for line in done.errors.splitlines() if line.startswith("Error")]) == 1

    def test_the_environment_leads_to_the_same_system(self, own, stack):
        before = head(own)
        done = terbuka("log", "verify", "--json", **environment_of(stack.addresses))

        assert before <= done.json["head"] <= head(own)
