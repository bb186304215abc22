"""Whoever wants to know what happens can listen: with a stock nameko service, with any AMQP client, or by the feed."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import amqp
import pytest

from deploy.local.supervisord import inherited
from eventlog.broker import connected
from tests.e2e.desk import PATIENCE, wait

NAMEKO = str(Path(sys.executable).with_name("nameko"))
CLERKS_QUEUE = "evt-intake-RequestSubmitted--clerk.write_down"


def consumers_of(uri, queue):
    """How many listen to a queue; none where there is no queue."""
    with connected(uri) as connection:
        try:
            return connection.channel().queue_declare(queue, passive=True).consumer_count
        except amqp.NotFound:
            return 0


@contextmanager
def clerk(uri, folder):
    """The stock service at work, started with nameko's own command; its book."""
    book, said = folder / "book.jsonl", folder / "clerk.log"
    book.touch()
    command = [NAMEKO, "run", "--broker", uri, "clerk"]
    environment = {**inherited(os.environ), "CLERK_BOOK": str(book)}
    with said.open("wb") as log:
        process = subprocess.Popen(
            command, cwd=Path(__file__).parent, env=environment, stdout=log, stderr=log
        )
    try:
        wait(lambda: consumers_of(uri, CLERKS_QUEUE) or process.poll() is not None, "a clerk")
        assert process.poll() is None, said.read_text()
        yield book
    finally:
        process.terminate()
        process.wait(20)
        with connected(uri) as connection:
            connection.channel().queue_delete(CLERKS_QUEUE)


class Ear:
    """A plain AMQP client with a queue of its own, gone with its connection."""

    def __init__(self, connection, exchange, key):
        self._channel = connection.channel()
        self._queue = self._channel.queue_declare("", exclusive=True).queue
        self._channel.queue_bind(self._queue, exchange, key)
        self.heard = []

    def listen(self):
        while message := self._channel.basic_get(self._queue, no_ack=True):
            self.heard.append(message)
        return self.heard


@pytest.fixture(scope="module")
def series(stack, desk, tmp_path_factory):
    """Twenty requests, some of them incomplete, while a clerk and an ear listen: what was heard, and what there was."""
    uri, head = stack.addresses.amqp, desk.feed()[-1:] or [{"position": 0}]
    folder = tmp_path_factory.mktemp("clerk")
    with clerk(uri, folder) as book, connected(uri) as connection:
        ear = Ear(connection, "intake.events", "#")
        for number in range(20):
            desk.receive(documents=[] if number % 4 == 0 else [{"kind": "identity_card"}])
        happened = [
            event
            for event in desk.feed(head[0]["position"])
            if event["source"] == "/terbuka/intake"
        ]
        submitted = [event for event in happened if ".RequestSubmitted." in event["type"]]
        wait(lambda: len(ear.listen()) >= len(happened), "the ear hears everything")
        wait(lambda: book.read_text().count("\n") >= len(submitted), "the clerk hears everything")
        written = [json.loads(line) for line in book.read_text().splitlines()]
    return {"happened": happened, "submitted": submitted, "ear": ear.heard, "clerk": written}


def ids(events):
    return sorted(event["id"] for event in events)


def said(series):
    return [json.loads(message.body) for message in series["ear"]]


class TestLiveListeners:
    def test_a_stock_nameko_service_hears_every_event_it_asked_for(self, series):
        assert len(series["submitted"]) == 15
        assert ids(series["clerk"]) == ids(series["submitted"])

    def test_a_plain_amqp_client_hears_every_event_of_the_exchange(self, series):
        assert len(series["happened"]) == 40
        assert ids(said(series)) == ids(series["happened"])

    def test_events_of_a_request_come_in_the_order_in_which_they_happened(self, series):
        versions = defaultdict(list)
        for event in said(series):
            versions[event["subject"]].append(event["streamversion"])
        assert set(map(tuple, versions.values())) == {(1, 2)}

    def test_both_are_told_the_same(self, series):
        told = {event["id"]: event for event in said(series)}
        assert all(told[event["id"]] == event for event in series["clerk"])

    def test_a_message_is_a_cloudevent_in_json(self, series):
        properties = series["ear"][0].properties
        assert properties["content_type"] == "application/json"
        event = said(series)[0]
        assert (event["specversion"], event["id"]) == ("1.0", properties["message_id"])

    def test_the_routing_key_is_the_name_of_the_fact(self, series):
        for message in series["ear"]:
            name = json.loads(message.body)["type"].split(".")[3]
            assert message.delivery_info["routing_key"] == name

    def test_a_message_survives_a_restart_of_the_broker(self, series):
        assert {message.properties["delivery_mode"] for message in series["ear"]} == {2}


MARK = "Rahasia-Qwyzzik"


@pytest.fixture(scope="module")
def marked(desk):
    """A request with a mark in every text that people type freely, walked through coordination to its end."""
    officer = desk.as_("ppid_officer")
    now = desk.receive()  # so that the marked one is not the first
    assert now["id"]
    id_ = desk.receive(information=f"{MARK} 1", purpose=f"{MARK} 2", documents=[])["id"]
    desk.step(id_, "documents", {"documents": [{"kind": "identity_card", "number": f"{MARK} 3"}]})
    desk.step(id_, "classification", {"outcome": "coordinate"})
    desk.step(id_, "escalation", {"note": f"{MARK} 4"})
    officer.step(id_, "disposition", {"unit": "Arsip", "instruction": f"{MARK} 5"})
    test = {
        "minutes_number": "BA",
        "grounds": ["17h"],
        "consequence": f"{MARK} 6",
        "result": "partial",
    }
    desk.step(
        id_, "consequence-test", {**test, "public_interest": f"{MARK} 7", "approver": "Sekretaris"}
    )
    partly = {"outcome": "partial", "grounds": ["17h"], "consequence": f"{MARK} 8"}
    officer.step(id_, "decision", {**partly, "blackened": [f"{MARK} 9"], "reasons": f"{MARK} 10"})
    desk.step(id_, "notification", {"letter_number": "S-1", "medium": "email"})
    desk.step(id_, "handover", {"medium": "email"})
    desk.step(id_, "closing", {"remark": f"{MARK} 11"})
    officer.step(id_, "reopening", {"reason": f"{MARK} 12"})
    desk.step(id_, "withdrawal", {"reason": f"{MARK} 13"})
    return id_


@pytest.mark.usefixtures("series")
class TestFeed:
    def test_positions_count_without_a_gap(self, desk):
        positions = [event["position"] for event in desk.feed()]
        assert positions == list(range(1, len(positions) + 1))

    def test_an_event_is_there_once(self, desk):
        known = ids(desk.feed())
        assert len(known) == len(set(known))

    def test_a_page_goes_on_where_the_last_one_ended(self, desk):
        page = desk.see("/events", after=3, limit=4)
        assert [event["position"] for event in page["items"]] == [4, 5, 6, 7]
        assert page["next_cursor"] == 7

    def test_an_item_is_a_cloudevent_with_its_position(self, desk):
        event = desk.see("/events", limit=1)["items"][0]
        assert event.keys() >= {"specversion", "id", "source", "type", "subject", "time", "data"}
        assert (event["specversion"], event["position"]) == ("1.0", 1)

    @pytest.mark.usefixtures("marked")
    def test_what_people_typed_freely_is_left_out(self, desk):
        assert MARK not in json.dumps(desk.feed())

    def test_what_people_typed_freely_is_in_the_timeline(self, desk, marked):
        told = json.dumps(desk.see(f"/requests/{marked}/timeline"))
        inside = [number for number in range(1, 14) if f'{MARK} {number}"' in told]
        assert inside == [1, 2, *range(4, 14)]  # the number of a paper is in the vault

    def test_other_systems_may_read_it(self, desk):
        assert desk.as_("integration").see("/events", limit=1)["items"]

    def test_whoever_waits_is_told_as_soon_as_something_happens(self, desk):
        here = desk.feed()[-1]["position"]
        with ThreadPoolExecutor() as pool:
            waiting = pool.submit(desk.see, "/events", after=here, wait=30)
            taken = desk.receive()
            events = waiting.result(PATIENCE)["items"]
        assert events[0]["position"] == here + 1
        assert f"request/{taken['id']}" in {event["subject"] for event in desk.feed(here)}

    def test_whoever_waits_in_vain_is_told_so_in_time(self, desk):
        answer = desk.get("/events", after=2**53, wait=1)
        assert (answer.status_code, answer.json()["items"]) == (200, [])
        assert answer.elapsed.total_seconds() >= 1

    def test_many_who_wait_keep_nobody_from_working(self, desk):
        with ThreadPoolExecutor(20) as pool:
            waiting = [pool.submit(desk.get, "/events", after=2**53, wait=2) for _ in range(20)]
            assert desk.receive()["number"]
            assert {each.result().status_code for each in waiting} == {200}
