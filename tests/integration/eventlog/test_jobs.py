"""The plain processes' jobs as they are put together from the settings, on real servers."""

import threading
from contextlib import contextmanager

import pytest

from deploy.local.waiting import wait_until
from eventlog import condition, jobs, settings, work
from eventlog.jobs import ingest_jobs, project_jobs, relay_jobs, sources
from eventlog.mongo.client import database_of
from eventlog.mongo.log import MongoLog
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.mongo.views import MongoViews
from eventlog.store import open_store
from services.register.project import VIEWS
from tests.suites.events import commit, event


@pytest.fixture
def environment(uri, servers, prefix, database, monkeypatch):
    """What a process is told: these servers, and databases of this test's own."""
    monkeypatch.setenv("TERBUKA_AMQP_URI", uri)
    monkeypatch.setenv("TERBUKA_MONGO_URI", servers.addresses.mongo)
    monkeypatch.setenv("TERBUKA_DATABASE_PREFIX", prefix)
    for secret in ("VAULT", "SEAL", "LOOKUP"):
        monkeypatch.setenv(f"TERBUKA_{secret}_KEY_FILE", "/nowhere")
    monkeypatch.setattr(jobs, "MEASURE_SECONDS", 0.1)
    monkeypatch.setattr(jobs, "RECONCILE_SECONDS", 0.1)
    stores = []
    monkeypatch.setattr(
        jobs, "open_store", lambda *how: stores.append(open_store(*how)) or stores[-1]
    )
    yield
    for store in stores:  # a job's own ends with its process
        store.client.close()


@contextmanager
def running(*several):
    """Jobs on threads, until the end of the block."""
    stop = threading.Event()
    threads = [thread for each in several for thread in work.start(each, stop)]
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
        assert not any(thread.is_alive() for thread in threads)


@pytest.mark.usefixtures("environment")
def test_what_is_appended_becomes_visible(client, prefix):
    log = MongoLog(database_of(client, "intake", prefix))
    log.prepare()
    received = event("RequestReceived", subject="request/seen")
    register = database_of(client, "register", prefix)
    views = MongoViews(client, register, VIEWS)
    with running(relay_jobs(["intake"]), ingest_jobs(["register"]), project_jobs(["register"])):
        log.append(commit_of(received))
        wait_until(
            lambda: views.collection("requests").find_one({"_id": "request/seen"}),
            "the request is shown",
            20,
        )
        wait_until(
            lambda: register["checkpoints"].find_one({"_id": "complete-intake", "position": 1}),
            "the log was found complete",
            20,
        )
        wait_until(
            lambda: found_by("chain", client, prefix).get("position") == 1,
            "the chain was verified, and that is noted",
            20,
        )
        assert found_by("reconciled", client, prefix)["missing"] == 0
        assert condition.logs(client, prefix)[0] == {
            "log of": "intake", "commits": 1, "relayed": 1, "relay": "active"
        }  # fmt: skip

    assert MongoNumberedLog(register).head() == 1
    assert condition.logs(client, prefix)[0]["relay"] == "none"


def found_by(watch, client, prefix):
    return condition.findings(client, prefix, "register").get(watch, {})


def commit_of(made):
    return type(commit())(made.stream, 0, "order 1", "", lambda _: (made,))


@pytest.mark.usefixtures("environment")
def test_every_service_is_reconciled():
    given = settings.load("register")
    store = open_store(given, "test")
    try:
        assert [each.service for each in sources(store, given)] == [
            "intake",
            "classification",
            "escalation",
            "register",
            "reporting",
        ]
        assert store.answers()
    finally:
        store.client.close()
