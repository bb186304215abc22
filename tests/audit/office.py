"""The whole product with its demonstration, in a folder of its own, and people of the office signed in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from deploy.local import demo, secrets
from deploy.local.addresses import Given
from deploy.local.people import prepare_with_people
from deploy.local.ports import free_ports
from deploy.local.processes import processes
from deploy.local.stack import Stack

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Office:
    """An open office. Who signed in once is remembered: a password is slow to check, on purpose."""

    stack: Stack
    signed: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where its pages are."""
        return self.stack.addresses.gateway

    @property
    def roles(self) -> tuple[str, ...]:
        """Who works there."""
        return tuple(self.stack.accounts)

    def cookies(self, role: str) -> dict[str, str]:
        """The cookies of somebody who is signed in; none for nobody."""
        if role and role not in self.signed:
            self.signed[role] = self._sign_in(role)
        return self.signed[role] if role else {}

    def visitor(self, role: str) -> httpx.Client:
        """A browser without a screen."""
        return httpx.Client(base_url=self.address, cookies=self.cookies(role), timeout=30)

    def _sign_in(self, role: str) -> dict[str, str]:
        with httpx.Client(base_url=self.address, timeout=30) as client:
            found = _TOKEN.search(client.get("/sign-in").text)
            assert found, "the sign-in page has no token"
            client.post("/sign-in", data={**self.stack.accounts[role], "csrf_token": found[1]})
            return dict(client.cookies)


@contextmanager
def open_office() -> Iterator[Office]:
    """Start everything, play the demonstration, and stop everything again."""
    with TemporaryDirectory(prefix="terbuka-audit-") as name:
        folder = Path(name)
        secrets.make(folder)
        stack = Stack(
            folder,
            free_ports(),
            processes,
            prepare_with_people,
            tokens=secrets.demo_tokens(folder),
            accounts=secrets.demo_accounts(folder),
            given=Given(),
            cache_gigabytes=0.25,
        )
        stack.up()
        try:
            demo.fill(stack.addresses)
            yield Office(stack)
        finally:
            stack.discard()
