"""Whether a process is alive and ready: named checks, each a question with a plain answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Check = Callable[[], bool]
Answer = tuple[int, str, bytes]


class Health:
    """Answers the three questions operators ask of every process."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks

    def answer(self, path: str) -> Answer:
        """Status, content type and body for a path."""
        if path == "/metrics":
            return 200, CONTENT_TYPE_LATEST, generate_latest()
        if path == "/healthz":
            return 200, "application/json", b'{"status": "alive"}'
        if path == "/readyz":
            return self._readiness()
        return 404, "text/plain", b"not found"

    def _readiness(self) -> Answer:
        found = {name: _holds(check) for name, check in self._checks.items()}
        ready = all(found.values())
        body = {"status": "ready" if ready else "not ready", "checks": found}
        return 200 if ready else 503, "application/json", json.dumps(body).encode()


def _holds(check: Check) -> bool:
    try:
        return check()
    except Exception:  # noqa: BLE001 - whatever the reason, the answer to "ready?" is no
        return False
