"""The desk to work at: a small client of the HTTP API, and the form that it fills in."""

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import httpx

from deploy.local.waiting import wait_until

PATIENCE = 30  # seconds until what must happen counts as not happening
Shown = dict[str, Any]
Answer = httpx.Response


def wait(condition: Callable[[], object], what: str) -> None:
    """Return when something holds that must come to hold."""
    wait_until(condition, what, PATIENCE)


@dataclass(frozen=True)
class Desk:
    """The HTTP API as one role sees it. Every write carries a key of its own unless one is given."""

    http: httpx.Client
    tokens: Mapping[str, str]
    role: str = "desk"

    def as_(self, role: str) -> "Desk":
        """The same desk, with somebody else sitting at it."""
        return replace(self, role=role)

    def ask(self, method: str, path: str, *, headers: Any = None, **more: Any) -> Answer:
        """Send exactly this, signed by the role, and give the answer whatever it is."""
        signed = {"Authorization": f"Bearer {self.tokens[self.role]}", **(headers or {})}
        return self.http.request(method, path, headers=signed, **more)

    def get(self, path: str, **query: Any) -> Answer:
        """Read something."""
        return self.ask("GET", path, params=query)

    def see(self, path: str, **query: Any) -> Shown:
        """What is there to be seen at a path; it must be there."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.text
        shown: Shown = answer.json()
        return shown

    def write(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str = "",
        version: str = "",
        **more: Any,
    ) -> Answer:
        """Write something once. Where only 202 comes, the write is repeated until its outcome is shown."""
        headers = {"Idempotency-Key": key or new_key(), **more.pop("headers", {})}
        if version:
            headers["If-Match"] = f'"{version}"'
        body = {} if body is None else body

        def attempt() -> Answer:
            return self.ask(method, path, json=body, headers=headers, **more)

        end = time.monotonic() + PATIENCE
        while (answer := attempt()).status_code == 202:
            assert time.monotonic() < end, "accepted, but never shown"
        return answer

    def post(self, path: str, body: object = None, **more: Any) -> Answer:
        """Write something with POST."""
        return self.write("POST", path, body, **more)

    def receive(self, **wishes: Any) -> Shown:
        """Enter a request; it must be taken in."""
        answer = self.post("/requests", form(**wishes))
        assert answer.status_code == 201, answer.text
        taken: Shown = answer.json()
        return taken

    def attempt(self, request: str, path: str, body: object = None) -> Answer:
        """Take a request one step further as it stands, and give the answer whatever it is."""
        version = self.see(f"/requests/{request}")["version"]
        return self.post(f"/requests/{request}/{path}", body, version=version)

    def step(self, request: str, path: str, body: object = None) -> Shown:
        """Take a request one step further; it must succeed, and whoever looks at once must see it."""
        answer = self.attempt(request, path, body)
        assert answer.status_code == 200, answer.text
        shown: Shown = answer.json()
        seen = self.see(f"/requests/{request}")
        assert seen["events"] >= shown["events"], "the next reading shows less than the answer"
        assert seen["state"] == shown["state"]
        return seen

    def settled(self, request: str, condition: Callable[[Shown], object], what: str) -> Shown:
        """A request, once something holds of it."""
        seen: list[Shown] = []

        def holds() -> object:
            seen.append(self.see(f"/requests/{request}"))
            return condition(seen[-1])

        wait_until(holds, what, PATIENCE)
        return seen[-1]

    def feed(self, after: int = 0) -> list[Shown]:
        """Every event behind a position."""
        events: list[Shown] = []
        while page := self.see("/events", after=after, limit=200)["items"]:
            events += page
            after = page[-1]["position"]
        return events


def new_key() -> str:
    """A key that no write has had."""
    return str(uuid.uuid4())


def form(**changes: Any) -> Shown:
    """A form that is complete and correct, but for the changes; None takes a field out."""
    filled = {
        "channel": "walk_in",
        "received_at": "2026-08-12T09:10:00+07:00",
        "applicant": {
            "category": "individual",
            "name": "Pemohon Contoh",
            "address": "Jalan Contoh 1, Jakarta",
            "phone": "021555000",
        },
        "documents": [{"kind": "identity_card"}],
        "information": f"Rekapitulasi {uuid.uuid4()}",
        "purpose": "Penelitian",
        "obtain": "copy",
        "copy_format": "softcopy",
        "delivery": "pickup",
        **changes,
    }
    return {name: value for name, value in filled.items() if value is not None}
