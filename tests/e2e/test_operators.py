"""What operators see of every process: whether it is well, what it did, and what it wrote down."""

import json
import time

import pytest
from prometheus_client.parser import text_string_to_metric_families

from contracts.catalogue import SERVICES
from eventlog.broker import connected
from eventlog.pipeline import Pipeline, message_of
from tests.e2e.desk import wait
from tests.e2e.parts import logs_of, page_of, ports_of

READERS = ("register", "reporting")
# Servers and libraries write as they like; what our processes say of their work is JSON.
OURS = (*SERVICES, "relay", *(f"{role}-{of}" for role in ("ingest", "project") for of in READERS))
PROCESSES = (*OURS, "gateway")


@pytest.fixture(scope="module")
def ports(stack):
    return ports_of(stack)


@pytest.fixture(scope="module")
def traffic(desk):
    """A request that went all the way, one that waits and is late, and an order that was refused."""
    taken = desk.receive()
    desk.step(taken["id"], "classification", {"outcome": "available", "held_form": ["softcopy"]})
    desk.step(taken["id"], "handover", {"medium": "email"})
    desk.step(taken["id"], "closing")
    desk.receive(received_at="2014-05-05T09:00:00+07:00")
    desk.receive(documents=[])
    desk.attempt(taken["id"], "handover", {"medium": "email"})
    return taken


@pytest.fixture(scope="module")
def value(ports):
    """A sample of a process's metrics: its name, then its labels; None when it is not there."""

    def look(process, name, **labels):
        text = page_of(ports[process], "/metrics").text
        samples = [
            each for family in text_string_to_metric_families(text) for each in family.samples
        ]
        found = [
            each.value
            for each in samples
            if each.name == name and labels.items() <= each.labels.items()
        ]
        return sum(found) if found else None

    return look


@pytest.mark.parametrize("process", PROCESSES)
class TestEveryProcess:
    def test_it_says_that_it_is_alive(self, ports, process):
        answer = page_of(ports[process], "/healthz")
        assert (answer.status_code, answer.json()) == (200, {"status": "alive"})

    def test_it_says_that_it_is_ready_and_what_it_looked_at(self, ports, process):
        answer = page_of(ports[process], "/readyz")
        assert (answer.status_code, answer.json()["status"]) == (200, "ready")
        assert answer.json()["checks"]
        assert all(answer.json()["checks"].values())

    def test_its_metrics_can_be_read(self, ports, process):
        answer = page_of(ports[process], "/metrics")
        names = {family.name for family in text_string_to_metric_families(answer.text)}
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert "process_resident_memory_bytes" in names

    def test_it_has_no_other_pages(self, ports, process):
        assert page_of(ports[process], "/secrets").status_code == 404


@pytest.mark.usefixtures("traffic")
class TestThePathOfAnEvent:
    @pytest.mark.parametrize("service", [name for name in SERVICES if name != "reporting"])
    def test_log_head_and_relay_checkpoint_meet(self, value, store_of, service):
        store = store_of(service)

        def met():
            head = store.log.head()
            seen = [
                value("relay", f"terbuka_{name}", service=service)
                for name in ("log_head_position", "relay_checkpoint_position")
            ]
            return head > 0 and seen == [head, head]

        wait(met, "the relay has published the whole log and says so")

    @pytest.mark.parametrize("service", SERVICES)
    def test_nothing_stays_unpublished(self, value, service):
        wait(
            lambda: (
                value("relay", "terbuka_oldest_unpublished_timestamp_seconds", service=service) == 0
            ),
            "nothing waits to be published",
        )

    @pytest.mark.parametrize("service", SERVICES)
    def test_the_relay_looks_all_the_time(self, value, service):
        last = value("relay", "terbuka_relay_last_look_timestamp_seconds", service=service)
        assert time.time() - last < 5
        assert value("relay", "terbuka_relay_active", service=service) == 1

    @pytest.mark.parametrize("service", READERS)
    def test_the_views_show_the_last_event(self, value, store_of, service):
        numbered = store_of(service).numbered

        def shown():
            return (
                value(f"project-{service}", "terbuka_projection_position", service=service)
                == numbered.head()
            )

        wait(shown, "the views show all")

    def test_how_far_the_numbered_log_is_can_be_seen(self, value):
        position = "terbuka_ingest_position"
        wait(lambda: value("ingest-register", position, service="register"), "ingest was measured")

    def test_how_long_events_take_to_become_visible_can_be_seen(self, value):
        name = "terbuka_accepted_to_visible_seconds"
        count, total = (value("project-register", f"{name}_{part}") for part in ("count", "sum"))
        assert count >= 8
        assert 0 < total / count < 5

    def test_events_are_counted_where_they_are_taken(self, value):
        assert (
            value(
                "ingest-register",
                "terbuka_events_consumed_total",
                queue="register.log",
                outcome="ok",
            )
            >= 8
        )
        assert (
            value(
                "escalation",
                "terbuka_events_consumed_total",
                queue="escalation.inbox",
                outcome="ok",
            )
            >= 4
        )

    @pytest.mark.parametrize(
        ("queue", "process"),
        [("register.log", "ingest-register"), ("escalation.inbox", "escalation")],
    )
    def test_what_comes_twice_is_counted_and_changes_nothing(
        self, stack, store_of, value, traffic, queue, process
    ):
        subject = f"request/{traffic['id']}"
        store = store_of("intake")
        again = store.log.stream(subject)[-1]
        names = {"queue": queue, "outcome": "duplicate"}
        before = value(process, "terbuka_events_consumed_total", **names) or 0
        events = store_of("register").numbered.about([subject], 2**53)[subject]
        with connected(stack.addresses.amqp) as connection:
            pipeline = Pipeline(connection)
            pipeline.send(message_of(again), "", queue)
            pipeline.settle()
        wait(
            lambda: (value(process, "terbuka_events_consumed_total", **names) or 0) > before,
            "the duplicate is counted",
        )
        assert store_of("register").numbered.about([subject], 2**53)[subject] == events


@pytest.mark.usefixtures("traffic")
class TestTheWork:
    def test_open_requests_are_counted_by_state(self, value):
        def counted():
            return all(
                (value("project-register", "terbuka_requests_open", state=state) or 0) >= 1
                for state in ("submitted", "incomplete")
            )

        wait(counted, "open requests are counted")
        assert value("project-register", "terbuka_requests_open", state="closed") is None

    def test_what_is_late_is_counted(self, desk, value):
        late = len(desk.see("/requests", overdue="true", limit=200)["items"])
        wait(
            lambda: (value("project-register", "terbuka_requests_overdue") or 0) >= min(late, 1),
            "late requests are counted",
        )

    @pytest.mark.parametrize(
        ("process", "entrypoint"),
        [
            ("intake", "receive"),
            ("classification", "classify"),
            ("register", "hand_over"),
            ("escalation", "hear"),
        ],
    )
    def test_every_entrypoint_tells_how_often_and_how_long(self, value, process, entrypoint):
        labels = {"service": process, "entrypoint": entrypoint, "outcome": "ok"}
        count, total = (
            value(process, f"terbuka_entrypoint_duration_seconds_{part}", **labels)
            for part in ("count", "sum")
        )
        assert count >= 1
        assert 0 < total / count < 5

    def test_refused_orders_are_told_apart_from_faults(self, value):
        labels = {"service": "register", "entrypoint": "hand_over"}
        name = "terbuka_entrypoint_duration_seconds_count"
        assert value("register", name, outcome="rejected", **labels) >= 1
        assert value("register", name, outcome="error", **labels) is None

    def test_the_gateway_tells_each_route_apart(self, value):
        name = "terbuka_http_request_duration_seconds_count"
        assert value("gateway", name, method="POST", route="/api/v1/requests", status="201") >= 3
        assert value("gateway", name, route="/api/v1/requests/<id_>/closing", status="200") >= 1

    def test_no_metric_names_a_request_or_an_account(self, ports, traffic):
        for port in ports.values():
            text = page_of(port, "/metrics").text
            assert traffic["id"] not in text
            assert traffic["applicant_id"] not in text
            assert "demo-" not in text

    def test_refusals_are_counted_by_code(self, value):
        assert value("gateway", "terbuka_http_refused_total", code="wrong_phase") >= 1

    @pytest.mark.parametrize("queue", ["register.log", "intake.inbox", "escalation.inbox"])
    def test_how_much_is_parked_can_be_seen(self, value, queue):
        wait(
            lambda: value("ingest-register", "terbuka_parked_messages", queue=queue) is not None,
            "the parking queues were looked at",
        )


@pytest.fixture
def lines(stack):
    """What our processes wrote that is JSON, and what they wrote that is not."""

    def read():
        written = [
            line
            for path in logs_of(stack)
            if path.name.split(".log")[0] in OURS
            for line in path.read_text().splitlines()
        ]
        parsed = [json.loads(line) for line in written if line.startswith("{")]
        return parsed, [line for line in written if not line.startswith("{")]

    return read


class TestLogs:
    def test_an_order_is_found_in_the_logs_by_what_it_is_about(self, lines, traffic):
        subject = f"request/{traffic['id']}"

        def found():
            return {
                (line["process"], line["order"])
                for line in lines()[0]
                if line.get("correlationid") == subject and line["event"] == "obeyed"
            } >= {
                ("classification", "ClassifyInformation"),
                ("register", "HandOverInformation"),
                ("register", "CloseRequest"),
            }

        wait(found, "every order is in the logs")

    def test_every_line_says_when_how_grave_and_from_where(self, lines):
        for line in lines()[0]:
            assert {"timestamp", "level", "process", "event"} <= line.keys()

    def test_nothing_but_the_libraries_farewell_is_no_json(self, lines):
        known = ("eventlet", "Eventlet", "we strongly", "If you are", "framework.")
        odd = [
            line for line in lines()[1] if line.strip() and not any(word in line for word in known)
        ]
        assert odd == []
