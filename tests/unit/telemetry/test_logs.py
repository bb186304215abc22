import json
import logging
from io import StringIO

import pytest
import structlog

from telemetry import logs
from telemetry.logs import redact

NIK = "3171234567890123"


@pytest.fixture
def lines():
    """The lines that a process with logging writes; logging is put back afterwards."""
    root, written = logging.getLogger(), StringIO()
    handlers, level = list(root.handlers), root.level
    quiet = {name: logging.getLogger(name).level for name in logs._QUIET}
    structlog.contextvars.clear_contextvars()  # what an order before this test was about
    logs.configure("relay-all")
    root.handlers[0].setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in quiet.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def redacted(value):
    return redact(None, "", {"event": value})["event"]


class TestRedacting:
    @pytest.mark.parametrize(
        ("said", "written"),
        [
            (f"NIK {NIK}.", "NIK [nik]."),
            (f"({NIK})", "([nik])"),
            (f"nik={NIK}&x", "nik=[nik]&x"),
            ("ani.w+ppid@kpu-dki.go.id wrote", "[email] wrote"),
            ("call 0812-3456-7890 now", "call [phone] now"),
            ("call +62 812 3456 7890", "call [phone]"),
            ("081234567890", "[phone]"),
            (f"{NIK} and a@b.co", "[nik] and [email]"),
        ],
    )
    def test_what_looks_like_a_person_is_blackened(self, said, written):
        assert redacted(said) == written

    @pytest.mark.parametrize(
        "said",
        [
            "request/0198f2a1-0812-7345-8901-234567890123",
            "2026-08-12T03:00:00.081234+00:00",
            "0001/PPID-KPU-DKI/VIII/2026",
            "position 1234567890123456789",
            "took 0.0812345678 s",
            3,
            2.5,
            None,
            True,
            1785000000,
        ],
    )
    def test_what_does_not_is_left_alone(self, said):
        assert redacted(said) == said

    def test_every_text_of_a_line_is_looked_at(self):
        line = redact(None, "", {"event": "x", "error": f"KeyError('{NIK}')", "count": 3})

        assert line == {"event": "x", "error": "KeyError('[nik]')", "count": 3}

    @pytest.mark.parametrize(
        "value",
        [int(NIK), {"person": {"nik": NIK}}, [NIK], (NIK,), {NIK: 1}, KeyError(NIK), NIK.encode()],
    )
    def test_what_is_inside_of_something_is_blackened_too(self, value):
        assert NIK not in json.dumps(redacted(value), default=repr)


class TestLines:
    def test_a_line_is_one_json_object_that_names_its_process(self, lines):
        structlog.get_logger().info("obeyed", order="CloseRequest")
        (line,) = lines()

        assert line.pop("timestamp")
        assert line == {
            "event": "obeyed",
            "order": "CloseRequest",
            "level": "info",
            "process": "relay-all",
        }

    def test_a_line_carries_the_correlation_id(self, lines):
        with structlog.contextvars.bound_contextvars(correlationid="request/1"):
            structlog.get_logger().info("obeyed")

        assert lines()[0]["correlationid"] == "request/1"

    def test_what_a_library_logs_is_blackened_too(self, lines):
        logging.getLogger("some.library").warning("refused %s", NIK)
        (line,) = lines()

        assert (line["event"], line["process"]) == ("refused [nik]", "relay-all")

    def test_a_traceback_is_blackened_too(self, lines):
        try:
            int(f"NIK {NIK}")
        except ValueError:
            structlog.get_logger().exception("failed")
        (line,) = lines()

        assert "ValueError" in line["exception"]
        assert NIK not in line["exception"]

    def test_libraries_speak_up_only_when_something_is_wrong(self, lines):
        logging.getLogger("kombu").info("connected")
        logging.getLogger("kombu").warning("lost")

        assert [line["event"] for line in lines()] == ["lost"]
