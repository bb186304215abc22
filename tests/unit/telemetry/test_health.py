import json
from http.client import HTTPConnection

import pytest

from telemetry.health import Health
from telemetry.plain import serve


def broken():
    raise OSError("away")


def asked(path, **checks):
    status, content_type, body = Health(checks).answer(path)
    return status, content_type, body


class TestHealth:
    def test_a_process_that_answers_is_alive(self):
        assert asked("/healthz", database=broken)[0] == 200

    def test_a_process_whose_checks_hold_is_ready(self):
        status, _, body = asked("/readyz", database=lambda: True)

        assert (status, json.loads(body)) == (
            200,
            {"status": "ready", "checks": {"database": True}},
        )

    def test_a_process_without_checks_is_ready(self):
        assert asked("/readyz")[0] == 200

    @pytest.mark.parametrize("check", [broken, lambda: False])
    def test_a_process_is_not_ready_while_a_check_fails(self, check):
        status, _, body = asked("/readyz", database=check, jobs=lambda: True)

        assert (status, json.loads(body)["checks"]) == (503, {"database": False, "jobs": True})

    def test_metrics_are_told(self):
        status, content_type, body = asked("/metrics")

        assert (status, content_type.split(";")[0]) == (200, "text/plain")
        assert b"terbuka_log_head_position" in body

    @pytest.mark.parametrize("path", ["/", "/metrics/", "/admin", "", "/healthz?x=1"])
    def test_nothing_else_is_told(self, path):
        assert asked(path)[0] == 404


class TestServing:
    @pytest.fixture
    def server(self):
        server = serve("127.0.0.1", 0, Health({"database": lambda: True}))
        yield server
        server.shutdown()
        server.server_close()

    def ask(self, server, path):
        connection = HTTPConnection(*server.server_address, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers["Content-Type"], body

    def test_the_answers_are_served_over_http(self, server):
        status, content_type, body = self.ask(server, "/readyz")

        assert (status, content_type, json.loads(body)["status"]) == (
            200,
            "application/json",
            "ready",
        )

    def test_what_is_not_there_is_not_found(self, server):
        assert self.ask(server, "/nothing")[0] == 404

    def test_questions_leave_no_line(self, server, capfd):
        self.ask(server, "/metrics")

        assert capfd.readouterr().err == ""
