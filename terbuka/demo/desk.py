"""A desk that speaks the HTTP API, and keeps trying where trying again is right.

Away or not shown yet (503, 202, no connection): the same order with the same key. Moved on since it was read (412): read
again, then the same order. Everything else is an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import httpx

from deploy.local.waiting import wait_until

Shown = dict[str, Any]
SECONDS_TO_ANSWER = 20
PATIENCE = 60
_WAIT = frozenset({HTTPStatus.ACCEPTED, HTTPStatus.SERVICE_UNAVAILABLE})


class Refused(Exception):
    """The API said no to something that the demonstration may do."""


@dataclass(frozen=True, slots=True)
class Order:
    """One write: whose, where, what, and the key that makes it happen once."""

    role: str
    path: str
    body: Mapping[str, Any]
    key: str


class Desk:
    """One connection, and the tokens of every role. Use it in a `with`."""

    def __init__(
        self, gateway: str, tokens: Mapping[str, str], transport: httpx.BaseTransport | None = None
    ) -> None:
        self._tokens = tokens
        self._http = httpx.Client(
            base_url=f"{gateway}/api/v1", timeout=SECONDS_TO_ANSWER, transport=transport
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def see(self, path: str, role: str) -> Shown:
        """What stands at a path."""
        return self._until_answered(lambda: self._send("GET", path, role)).json()  # type: ignore[no-any-return]

    def give(self, order: Order) -> Shown:
        """Give an order that needs no reading before, and show what came of it."""
        return self._shown(order, self._until_answered(lambda: self._write(order)))

    def step(self, order: Order, about: str, version: str) -> Shown:
        """Give an order about what stands at a path, as it was read or as it is by now; what it shows then."""
        seen = [version]

        def attempt() -> httpx.Response:
            answer = self._write(order, seen[-1])
            if answer.status_code == HTTPStatus.PRECONDITION_FAILED:
                seen.append(self.see(about, order.role)["version"])
            return answer

        answer = self._until_answered(attempt, _WAIT | {HTTPStatus.PRECONDITION_FAILED})
        return self._shown(order, answer)

    def _write(self, order: Order, version: str | None = None) -> httpx.Response:
        headers = {"Idempotency-Key": order.key}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self._send("POST", order.path, order.role, headers, dict(order.body))

    def _send(
        self,
        method: str,
        path: str,
        role: str,
        headers: Mapping[str, str] | None = None,
        body: Shown | None = None,
    ) -> httpx.Response:
        signed = {"Authorization": f"Bearer {self._tokens[role]}", **(headers or {})}
        return self._http.request(method, path, headers=signed, json=body)

    @staticmethod
    def _until_answered(attempt: Any, wait: frozenset[int] = _WAIT) -> httpx.Response:
        """The first answer that is one. Raises TooLate."""
        answers: list[httpx.Response] = []

        def answered() -> bool:
            try:
                answers.append(attempt())
            except httpx.TransportError:
                return False
            return answers[-1].status_code not in wait

        wait_until(answered, "the gateway answers", PATIENCE)
        return answers[-1]

    @staticmethod
    def _shown(order: Order, answer: httpx.Response) -> Shown:
        if not answer.is_success:
            raise Refused(f"{order.key}: {answer.status_code} {answer.text}")
        shown: Shown = answer.json()
        return shown
