"""Callers who never give up: each order is repeated with the same key until it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event as Signal
from threading import Lock, Thread
from typing import Any

import httpx

CALLERS = 8
PAUSE = 0.2
# Every so many requests, one is taken all the way to the closed register line.
WHOLE_WAY_EVERY = 5
DONE = frozenset({200, 201})
# 202: followed, but not shown yet; the same order again waits until it is.
AGAIN = frozenset({202, 500, 502, 503, 504, 412})


@dataclass
class Load:
    """Enters requests until at least `least` are accepted and `enough` is set."""

    gateway: str
    token: str
    seed: int
    least: int
    enough: Signal
    accepted: dict[int, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    _next: int = 0
    _lock: Lock = field(default_factory=Lock)

    def start(self) -> list[Thread]:
        """Start the callers."""
        callers = [Thread(target=self._call, daemon=True) for _ in range(CALLERS)]
        for caller in callers:
            caller.start()
        return callers

    def _call(self) -> None:
        with httpx.Client(base_url=f"{self.gateway}/api/v1", timeout=15) as client:
            while (number := self._take()) is not None:
                self._enter(client, number)

    def _take(self) -> int | None:
        with self._lock:
            if len(self.accepted) >= self.least and self.enough.is_set():
                return None
            self._next += 1
            return self._next

    def _enter(self, client: httpx.Client, number: int) -> None:
        answer = self._until_answered(client, "/requests", number, "enter", _request(number), {})
        if answer is None:
            return
        self.accepted[number] = answer["id"]
        if number % WHOLE_WAY_EVERY == 0:
            self._close(client, number, f"/requests/{answer['id']}")

    def _close(self, client: httpx.Client, number: int, path: str) -> None:
        steps = (
            ("classification", {"outcome": "available", "held_form": ["softcopy"]}),
            ("handover", {"medium": "email", "form": "softcopy"}),
            ("closing", {}),
        )
        for step, body in steps:
            # What stands there when the order is given is what the caller has read; nobody else writes here.
            if (
                self._until_answered(
                    client, f"{path}/{step}", number, step, body, {"If-Match": "*"}
                )
                is None
            ):
                return
        self.closed.add(path.rpartition("/")[2])

    def _until_answered(
        self,
        client: httpx.Client,
        path: str,
        number: int,
        step: str,
        body: Mapping[str, Any],
        headers: Mapping[str, str],
    ) -> dict[str, Any] | None:
        """The answer to an order, whatever happens meanwhile; None when it was refused for good."""
        key = {
            "Idempotency-Key": f"{self.seed}-{number}-{step}",
            "Authorization": f"Bearer {self.token}",
        }
        pause = Signal()
        while True:
            try:
                response = client.post(path, json=dict(body), headers={**key, **headers})
            except httpx.HTTPError:
                pause.wait(PAUSE)
                continue
            if response.status_code in DONE:
                answer: dict[str, Any] = response.json()
                return answer
            if response.status_code not in AGAIN:
                self.refused.append(f"{step}: {response.status_code} {response.text[:200]}")
                return None
            pause.wait(PAUSE)


def _request(number: int) -> dict[str, Any]:
    return {
        "channel": "email",
        "received_at": "2026-08-12T09:10:00+07:00",
        "applicant": {
            "category": "individual",
            "name": f"Pemohon {number}",
            "email": f"p{number}@contoh.id",
        },
        "documents": [{"kind": "identity_card"}],
        "information": f"Rekapitulasi nomor {number}",
        "obtain": "copy",
        "copy_format": "softcopy",
        "delivery": "email",
    }
