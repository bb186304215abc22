"""Every service, the relay, ingest and projectors run twice at once: more is done at a time, and nothing else changes."""

import os
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier

import pytest

from contracts.catalogue import SERVICES
from contracts.topology import LISTENING_TO_ALL
from deploy.local import readiness
from deploy.local.processes import processes
from deploy.local.supervisord import ROOT, inherited
from eventlog.chain import first_break
from eventlog.mongo.views import MongoViews
from eventlog.rebuild import compare
from services.register import project as register
from services.reporting import project as reporting
from tests.e2e.desk import form, new_key, wait

REQUESTS, THREADS = 200, 8
YEAR = 2013  # of no other test: its numbers must be 1 to 200
VIEWS = {"register": register.VIEWS, "reporting": reporting.VIEWS}


def seconds_of(stack):
    """Every program but the gateway once more, on metrics ports that nobody uses yet."""
    ports, used = stack.addresses.ports, len(processes(stack.addresses)) - 1
    beside = replace(stack.addresses, ports=replace(ports, metrics=ports.metrics[used:]))
    return [each for each in processes(beside) if each.name != "gateway"]


@contextmanager
def beside(stack):
    """The second of everything at work. Their logs lie with those of the first."""
    running = []
    try:
        for each in seconds_of(stack):
            with (stack.folder / "log" / f"second-{each.name}.log").open("wb") as log:
                environment = {**inherited(os.environ), **each.environment}
                running.append(
                    subprocess.Popen(
                        each.argv, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
                    )
                )
        for each in seconds_of(stack):
            wait(lambda port=each.port: readiness.answers_ready(port), f"the second {each.name}")
        yield running
        assert [process.poll() for process in running] == [None] * len(running), "one has ended"
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


def enter(desk, number):
    """One request, seen at once by who entered it; each tenth is walked to its end."""
    taken = desk.receive(received_at=f"{YEAR}-03-{number % 28 + 1:02d}T09:00:00+07:00")
    assert desk.see(f"/requests/{taken['id']}")["number"] == taken["number"]
    if number % 10 == 0:
        desk.step(
            taken["id"], "classification", {"outcome": "available", "held_form": ["softcopy"]}
        )
        desk.step(taken["id"], "handover", {"medium": "counter"})
        desk.step(taken["id"], "closing")
    return taken


@pytest.fixture(scope="module")
def two(stack):
    """Two of everything for the length of this file."""
    with beside(stack) as running:
        yield running


@pytest.fixture(scope="module")
def entered(desk, two):
    """What 8 people entered at the same time."""
    with ThreadPoolExecutor(THREADS) as people:
        taken = list(people.map(lambda number: enter(desk, number), range(REQUESTS)))
        wait(lambda: _clocks_set(desk, taken), "every clock is set")
    return taken


def _clocks_set(desk, taken):
    shown = lines_of_the_year(desk)
    return len(shown) == len(taken) and all(line["due_on"] for line in shown)


def lines_of_the_year(desk):
    lines, cursor = [], {}
    while True:
        page = desk.see(f"/register/{YEAR}", limit=200, **cursor)
        lines += page["items"]
        if not page["next_cursor"]:
            return lines
        cursor = {"cursor": page["next_cursor"]}


@pytest.fixture
def quiet(desk, entered, store_of):
    """Every event recorded is numbered, and the views show it."""

    def still():
        return all(
            _numbered(store_of, service) == _live(store_of, service).live().position
            and not _missing(store_of, service)
            for service in LISTENING_TO_ALL
        )

    wait(still, "everything is numbered and shown")


def _numbered(store_of, service):
    return store_of(service).numbered.head()


def _live(store_of, service):
    store = store_of(service)
    return MongoViews(store.client, store.database, VIEWS[service])


def _recorded(store_of):
    """Every event of every service's own log."""
    return [
        event
        for service in SERVICES
        for commit in store_of(service).log.read(0, 10**6)
        for event in commit.events
    ]


def _missing(store_of, service):
    return store_of(service).numbered.missing([event.id for event in _recorded(store_of)])


def test_register_numbers_have_no_gap_and_no_double(entered):
    serials = sorted(int(taken["number"].split("/")[0]) for taken in entered)
    assert serials == list(range(1, REQUESTS + 1))


def test_the_book_shows_every_request_in_its_order(desk, entered):
    shown = [line["number"] for line in lines_of_the_year(desk)]
    assert shown == sorted(taken["number"] for taken in entered)


def test_what_was_walked_to_its_end_is_closed(desk, entered):
    states = Counter(line["state"] for line in lines_of_the_year(desk))
    assert states == {"submitted": REQUESTS * 9 // 10, "closed": REQUESTS // 10}


@pytest.mark.usefixtures("entered")
def test_each_request_has_one_clock(desk):
    subjects = Counter(
        event["subject"]
        for event in desk.feed()
        if ".DeadlineSet." in event["type"] and event["data"]["clock"] == "answer"
    )
    ours = [subjects[f"request/{line['id']}"] for line in lines_of_the_year(desk)]
    assert ours == [1] * REQUESTS


@pytest.mark.usefixtures("entered")
@pytest.mark.parametrize("service", SERVICES)
def test_the_positions_of_a_log_have_no_gap(store_of, service):
    log = store_of(service).log
    positions = [commit.position for commit in log.read(0, 10**6)]
    assert positions == list(range(1, len(positions) + 1))


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("service", LISTENING_TO_ALL)
class TestNumberedLogs:
    def test_no_event_is_missing(self, store_of, service):
        assert _missing(store_of, service) == set()

    def test_no_event_is_there_twice(self, store_of, service):
        lines = list(store_of(service).numbered.lines(0))
        assert len({line.envelope["id"] for line in lines}) == len(lines) == lines[-1].position

    def test_the_chain_verifies(self, store_of, service):
        assert first_break(store_of(service).numbered.lines(0)) is None

    def test_the_views_are_what_a_rebuild_would_show(self, store_of, service):
        numbered, live = store_of(service).numbered, _live(store_of, service)

        def same():
            """Compared again where something happened meanwhile: it would look like a difference."""
            before = numbered.head()
            differences = compare(numbered, live)
            assert not differences or live.live().position > before
            return not differences

        wait(same, "nothing happens while the two are compared")


def at_once(*acts):
    """What comes of acts that happen at the same moment, in their order."""
    start = Barrier(len(acts))

    def wait_and(act):
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(wait_and, acts))


@pytest.fixture(scope="module")
def escalated(desk, two):
    """Requests with the officer, and the version in which everybody has read them."""

    def make():
        id_ = desk.receive()["id"]
        desk.step(id_, "classification", {"outcome": "coordinate"})
        return id_, desk.step(id_, "escalation")["version"]

    return make


class TestAtTheSameMoment:
    @pytest.mark.usefixtures("two")
    def test_one_key_from_many_hands_is_one_request(self, desk):
        key, body = new_key(), form(received_at="2011-03-01T09:00:00+07:00")
        answers = at_once(*[lambda: desk.post("/requests", body, key=key)] * THREADS)
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["number"] for answer in answers}) == 1
        assert len(desk.see("/register/2011")["items"]) == 1

    def test_of_many_who_have_read_the_same_one_changes_it(self, escalated, officer):
        id_, version = escalated()
        way_out = {"referral": "KPU RI", "available_within": 20}
        outcomes = ("full", "not_held", "not_documented", "full")
        answers = at_once(
            *[
                lambda body={**way_out, "outcome": outcome}: officer.post(
                    f"/requests/{id_}/decision", body, version=version
                )
                for outcome in outcomes
            ]
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]

    def test_what_is_taken_back_stays_ended_whatever_is_decided_meanwhile(
        self, desk, escalated, officer
    ):
        for _ in range(5):
            id_, version = escalated()
            path = f"/requests/{id_}"
            withdrawn, _ = at_once(
                lambda at=path, seen=version: desk.post(
                    f"{at}/withdrawal", {"reason": "Batal"}, version=seen
                ),
                lambda at=path, seen=version: officer.post(
                    f"{at}/decision", {"outcome": "full"}, version=seen
                ),
            )
            assert withdrawn.status_code == 200
            seen = desk.see(path)
            assert (seen["state"], seen["open"]) == ("withdrawn", False)
