"""Messages that can never be handled: they are parked with their reason and counted, and those behind them go on."""

import json
import uuid

import amqp
import pytest

from contracts.topology import SUBSCRIPTIONS, subscription
from eventlog.broker import connected, messages_in
from eventlog.parking import BY_BROKER, Parking
from eventlog.pipeline import Pipeline
from tests.e2e.desk import wait
from tests.e2e.parts import page_of, ports_of

QUEUES = tuple(each.queue for each in SUBSCRIPTIONS)
_TAKES = {"register.log": "ingest-register", "reporting.log": "ingest-reporting"}
SUBMITTED = "id.terbuka.intake.RequestSubmitted.v1"
MISSED = "id.terbuka.escalation.DeadlineMissed.v1"
NUMBERED = {
    "number": "9999/PPID-KPU-DKI/VIII/2013",
    "serial": 9999,
    "year": 2013,
    "channel": "letter",
    "category": "individual",
    "applicant_id": "nobody",
    "applicant_revision": 1,
    "received_at": "2013-08-12T09:00:00+07:00",
    "completed_at": "2013-08-12T09:00:00+07:00",
}


def event(type_=SUBMITTED, data=None, **changes):
    """An event about a request that nobody has, so that it disturbs none."""
    subject = f"request/{uuid.uuid4()}"
    made = {
        "specversion": "1.0",
        "datacontenttype": "application/json",
        "dataschema": "urn:terbuka:schema:x",
        "id": str(uuid.uuid4()),
        "source": f"/terbuka/{type_.split('.')[2]}",
        "type": type_,
        "subject": subject,
        "time": "2026-11-24T03:00:00+00:00",
        "stream": subject,
        "streamversion": 1,
        "requestclock": 1,
        "correlationid": subject,
        "causationid": "x",
        "actor": "system:test",
        "traceparent": "",
        "data": NUMBERED if data is None else data,
        **changes,
    }
    return {name: value for name, value in made.items() if value is not ...}


def without(field):
    return {name: value for name, value in NUMBERED.items() if name != field}


def nested(depth):
    return json.loads('{"a":' * depth + "1" + "}" * depth)


# What is wrong, the body, and a word of the reason.
BAD = {
    "no JSON": (b"{nonsense", "not JSON"),
    "no text": (b"\xff\xfe\x00", "not JSON"),
    "nothing": (b"", "not JSON"),
    "nested without end": (b"[" * 100_000, "not JSON"),
    "a list": (b"[]", "not a JSON object"),
    "null": (b"null", "not a JSON object"),
    "no id": (event(id=...), "id"),
    "a number for an id": (event(id=5), "id"),
    "no subject": (event(subject=...), "subject"),
    "no data": (event(data=[]), "data"),
    "version 0 of a stream": (event(streamversion=0), "streamversion"),
    "a clock of text": (event(requestclock="1"), "requestclock"),
    "another specification": (event(specversion="0.3"), "specversion"),
    "another house's event": (event("com.example.intake.Thing.v1"), "type is not of this system"),
    "an unknown event": (event("id.terbuka.intake.RequestEaten.v1"), "unknown type or version"),
    "a version to come": (event("id.terbuka.intake.RequestSubmitted.v9"), "unknown type or version"),
    "a missing field": (event(data=without("received_at")), "received_at"),
    "a field of another kind": (event(data={**NUMBERED, "serial": "1"}), "serial"),
    "a time that is none": (event(data={**NUMBERED, "received_at": "noon"}), "received_at"),
    "a time of recording that is none": (event(time="noon"), "time"),
}  # fmt: skip


def _body(content):
    return content if isinstance(content, bytes) else json.dumps(content).encode()


@pytest.fixture
def put(stack):
    """Put a message into a queue; return its key when the broker has it."""

    def send(queue, content, content_type="application/json"):
        key = str(uuid.uuid4())
        properties = {"message_id": key, "delivery_mode": 2}
        if content_type:
            properties["content_type"] = content_type
        with connected(stack.addresses.amqp) as connection:
            pipeline = Pipeline(connection)
            pipeline.send(amqp.Message(_body(content), **properties), "", queue)
            pipeline.settle()
        return key

    return send


@pytest.fixture
def parking(stack, store_of):
    reasons = {each.service: store_of(each.service).reasons for each in SUBSCRIPTIONS}
    with connected(stack.addresses.amqp) as connection:
        yield Parking(connection, reasons)


@pytest.fixture(autouse=True)
def emptied(parking):
    """No test leaves anything parked."""
    yield
    for queue in QUEUES:
        for message in parking.list(queue):
            assert parking.drop(queue, message.key, "test")


@pytest.fixture
def parked(parking):
    """Wait until messages are parked; give them by key."""

    def look(queue, keys):
        found = {}

        def all_there():
            found.update({message.key: message for message in parking.list(queue)})
            return found.keys() >= set(keys)

        wait(all_there, f"{queue} parks {len(keys)} messages")
        return found

    return look


@pytest.fixture
def counted(stack):
    """How many messages of a queue a process has counted as parked."""
    ports = ports_of(stack)

    def count(queue):
        process = _TAKES.get(queue, queue.split(".")[0])
        lines = page_of(ports[process], "/metrics").text.splitlines()
        name = f'terbuka_events_consumed_total{{outcome="parked",queue="{queue}"}}'
        return sum(float(line.split()[-1]) for line in lines if line.startswith(name))

    return count


def walk(desk):
    """A request all the way: it needs every queue to go on."""
    taken = desk.receive(documents=[])
    desk.step(taken["id"], "documents", {"documents": [{"kind": "identity_card"}]})
    desk.step(taken["id"], "classification", {"outcome": "coordinate"})
    desk.step(taken["id"], "escalation")
    desk.as_("ppid_officer").step(taken["id"], "decision", {"outcome": "full"})
    desk.step(taken["id"], "notification", {"letter_number": "S-1", "medium": "email"})
    desk.step(taken["id"], "handover", {"medium": "email"})
    desk.step(taken["id"], "closing")
    desk.as_("ppid_officer").step(taken["id"], "reopening", {"reason": "Keliru"})
    return desk.step(taken["id"], "withdrawal", {"reason": "Batal"})


@pytest.mark.parametrize("queue", QUEUES)
def test_what_is_no_event_is_parked_with_its_reason_and_the_good_ones_go_on(
    desk, put, parked, counted, queue
):
    before = counted(queue)
    keys = {put(queue, content): word for content, word in BAD.values()}
    keys[put(queue, event(), "text/plain")] = "content type 'text/plain'"
    keys[put(queue, event(), None)] = "content type None"
    assert walk(desk)["state"] == "withdrawn"
    found = parked(queue, keys)
    assert {key: word for key, word in keys.items() if word not in found[key].reason} == {}
    assert counted(queue) == before + len(keys)


@pytest.mark.parametrize("queue", ["register.log", "reporting.log"])
def test_a_field_that_nobody_knows_yet_is_no_reason_to_park(put, store_of, parking, queue):
    numbered = store_of(subscription(queue).service).numbered
    newer = event(data={**NUMBERED, "colour": "red", "shape": {"round": True}}, comment="x")
    put(queue, newer)
    wait(lambda: not numbered.missing([newer["id"]]), "the event is numbered")
    assert parking.list(queue) == []


# What a database cannot hold, though it is JSON and an event.
UNSTORABLE = {
    "half a character": event(data={**NUMBERED, "number": "\ud800"}),
    "half a character of an unknown field": event(data={**NUMBERED, "colour": "\udfff"}),
    "a number beyond 64 bits": event(data={**NUMBERED, "colour": 10**30}),
    "a name with a NUL": event(data={**NUMBERED, "a\0b": 1}),
    "more levels than a document may have": event(data={**NUMBERED, "colour": nested(300)}),
}


@pytest.mark.parametrize("queue", QUEUES)
def test_what_no_database_can_hold_is_parked_and_the_good_ones_go_on(desk, put, parked, queue):
    keys = [put(queue, content) for content in UNSTORABLE.values()]
    assert walk(desk)["state"] == "withdrawn"
    found = parked(queue, keys)
    assert all(found[key].reason != BY_BROKER for key in keys)


def test_an_event_on_which_a_handler_fails_is_parked_with_the_fault(desk, put, parked):
    last = event(requestclock=2**63 - 1)  # what follows it has a clock that no database can hold
    key = put("escalation.inbox", last)
    assert walk(desk)["state"] == "withdrawn"
    assert "OverflowError" in parked("escalation.inbox", [key])[key].reason


class TestWhatStaffDo:
    def test_looking_takes_nothing_out(self, put, parked, parking, channel):
        key = put("intake.inbox", b"nonsense")
        parked("intake.inbox", [key])
        assert [message.key for message in parking.list("intake.inbox")] == [key]
        wait(lambda: messages_in(channel, "intake.inbox.parked") == 1, "it lies there again")

    def test_a_parked_message_is_shown_as_it_came(self, put, parked):
        content = event("id.terbuka.intake.RequestEaten.v1")
        key = put("intake.inbox", content)
        assert parked("intake.inbox", [key])[key].content() == content

    def test_what_is_retried_in_vain_comes_back_and_leaves_a_trace(
        self, put, parked, parking, store_of
    ):
        key = put("intake.inbox", b"nonsense")
        parked("intake.inbox", [key])
        assert parking.retry("intake.inbox", key, "administrator:budi")
        parked("intake.inbox", [key])
        trace = [each for each in store_of("intake").reasons.traces() if each["key"] == key]
        assert [(each["action"], each["who"]) for each in trace] == [
            ("retried", "administrator:budi")
        ]

    def test_what_can_be_handled_now_is_handled_when_it_is_retried(
        self, put, parked, parking, store_of
    ):
        good = event(MISSED, {"clock": "answer", "due_on": "2026-08-28"})
        key = put("intake.inbox.parked", good)
        assert parked("intake.inbox", [key])[key].reason == BY_BROKER
        assert parking.retry("intake.inbox", key, "administrator:budi")
        inbox = store_of("intake").inbox
        wait(lambda: len(inbox.about(good["subject"])) == 1, "intake hears it")
        assert parking.list("intake.inbox") == []

    def test_what_is_dropped_is_gone_and_leaves_a_trace_with_its_reason(
        self, put, parked, parking, store_of
    ):
        key = put("register.inbox", b"nonsense")
        parked("register.inbox", [key])
        assert parking.drop("register.inbox", key, "administrator:budi")
        assert parking.list("register.inbox") == []
        trace = [each for each in store_of("register").reasons.traces() if each["key"] == key]
        assert [(each["action"], "not JSON" in each["reason"]) for each in trace] == [
            ("dropped", True)
        ]

    def test_what_is_not_parked_can_be_neither_retried_nor_dropped(self, parking):
        assert not parking.retry("intake.inbox", "nothing", "administrator:budi")
        assert not parking.drop("intake.inbox", "nothing", "administrator:budi")

    def test_how_much_is_parked_is_measured(self, stack, put, parked):
        key = put("classification.inbox", b"nonsense")
        parked("classification.inbox", [key])
        port = ports_of(stack)["ingest-register"]
        line = 'terbuka_parked_messages{queue="classification.inbox"} 1.0'
        wait(lambda: line in page_of(port, "/metrics").text, "the gauge shows it")
