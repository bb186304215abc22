"""One whole stack for every test of this folder, and a desk to work at: a small client of the HTTP API."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import amqp
import httpx
import pytest
from pymongo import MongoClient

from contracts.catalogue import SERVICES
from deploy.local import secrets
from deploy.local.addresses import Addresses, Given
from deploy.local.people import prepare_with_people
from deploy.local.ports import free_ports
from deploy.local.process import Process
from deploy.local.processes import environment_of, processes
from deploy.local.stack import Stack
from eventlog import settings
from eventlog.broker import connected
from eventlog.store import Store, open_store
from tests.e2e.desk import Desk, Shown
from tests.suites.clamd import clamd


@pytest.fixture(scope="session")
def scanner() -> Iterator[str]:
    """The address of a scanner of files."""
    with clamd() as (address, _):
        yield address


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, scanner: str) -> Iterator[Stack]:
    def scanned(addresses: Addresses) -> tuple[Process, ...]:
        told = {"TERBUKA_SCANNER": scanner}
        return tuple(
            replace(each, environment={**each.environment, **told}) for each in processes(addresses)
        )

    folder = tmp_path_factory.mktemp("stack")
    secrets.make(folder)
    one = Stack(
        folder,
        free_ports(),
        scanned,
        prepare_with_people,
        tokens=secrets.demo_tokens(folder),
        accounts=secrets.demo_accounts(folder),
        given=Given(),
        cache_gigabytes=0.25,
        compressed=False,
    )
    try:
        one.up()
        yield one
    finally:
        one.discard()


@pytest.fixture(scope="session")
def desk(stack: Stack) -> Iterator[Desk]:
    with httpx.Client(base_url=f"{stack.addresses.gateway}/api/v1", timeout=20) as http:
        yield Desk(http, stack.tokens)


@pytest.fixture(scope="session")
def officer(desk: Desk) -> Desk:
    return desk.as_("ppid_officer")


@pytest.fixture(scope="session")
def head(desk: Desk) -> Desk:
    return desk.as_("division_head")


@pytest.fixture(scope="session")
def mongo(stack: Stack) -> Iterator[MongoClient[Shown]]:
    with MongoClient(stack.addresses.mongo, tz_aware=True) as client:
        yield client


@dataclass
class Heads:
    """How much people have written. What time alone writes (reminders, clocks) may come at any moment and is left out."""

    mongo: MongoClient[Shown]
    counted: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __call__(self) -> dict[str, int]:
        """Commits ordered by people, a number per service, and the people in the vault."""
        people = self.mongo["terbuka_intake"]["applicants"].estimated_document_count()
        return {**{service: self._commits(service) for service in SERVICES}, "vault": people}

    def _commits(self, service: str) -> int:
        """Goes on counting where it stopped: a log only grows."""
        log = self.mongo[f"terbuka_{service}"]["log"]
        position, count = self.counted.get(service, (0, 0))
        for commit in log.find({"_id": {"$gt": position}}, {"events.actor": 1}, sort=[("_id", 1)]):
            position = commit["_id"]
            count += not commit["events"][0]["actor"].startswith("system:")
        self.counted[service] = position, count
        return count


@pytest.fixture(scope="session")
def heads(mongo: MongoClient[Shown]) -> Heads:
    return Heads(mongo)


@pytest.fixture
def nothing_written(heads: Heads) -> Iterator[None]:
    """Whatever the test does, no service's log and no person in the vault comes of it."""
    before = heads()
    yield
    assert heads() == before


@pytest.fixture(scope="session")
def store_of(stack: Stack) -> Iterator[Callable[[str], Store]]:
    """The stores of a service, as its own processes open them."""
    opened: list[Store] = []

    def open_(service: str) -> Store:
        given = settings.load(service, {**os.environ, **environment_of(stack.addresses)})
        opened.append(open_store(given, "test"))
        return opened[-1]

    yield open_
    for store in opened:
        store.client.close()


@pytest.fixture
def channel(stack: Stack) -> Iterator[amqp.Channel]:
    with connected(stack.addresses.amqp) as connection:
        yield connection.channel()
