"""Row: twenty of the staff opening pages at the same time, with 100,000 requests in the register.

Each looks at a page for a second before opening the next, which is quicker than people do it. Measured is what a browser
waits for: the whole page, from the click to the last byte, signed in, over HTTP.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import httpx
import psutil

from contracts.topology import subscription
from deploy.local.addresses import Addresses
from deploy.local.people import prepare_with_people
from deploy.local.ports import Ports, free_ports
from deploy.local.process import Process
from deploy.local.processes import processes
from deploy.local.secrets import demo_accounts
from deploy.local.stack import Stack
from eventlog.catchup import asked
from eventlog.mongo.asked import Asked
from eventlog.mongo.client import connect, database_of
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.mongo.views import MongoViews
from eventlog.rebuild import rebuild
from services.register.project import VIEWS
from tests.performance.histories import request_events
from tests.performance.table import Row

REQUESTS = 100_000
BATCH = 500
# One request in so many is still open: it was registered, and nothing was found out yet.
OPEN_EVERY, OPEN_EVENTS = 20, 3
STAFF, THINKING, SECONDS = 20, 1.0, 60.0
WARM_SECONDS = 8.0
MOST_MS, MOST_GROWTH = 150.0, 0.1
ROLES = ("desk", "ppid_officer", "division_head", "auditor")
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
Times = dict[str, list[float]]


def opening_row() -> Row:
    """Fill a register, start everything, and let the staff in."""
    with filled_stack() as stack:
        gateway = _gateway(stack)
        visit(stack, WARM_SECONDS)
        before = gateway.memory_info().rss
        times = visit(stack, SECONDS)
        grown = gateway.memory_info().rss / before - 1
    every = [each for some in times.values() for each in some]
    return _row(times, every, grown)


def _row(times: Times, every: list[float], grown: float) -> Row:
    slowest = max(times, key=lambda name: p95(times[name]))
    return Row(
        f"pages opened by {STAFF} of the staff, {REQUESTS:,} requests",
        f"p95 {p95(every):.0f} ms of {len(every):,} pages, slowest {slowest} {p95(times[slowest]):.0f} ms; "
        f"memory {grown:+.1%}",
        "none",
        None,
        f"p95 < {MOST_MS:.0f} ms, memory flat",
        p95(every) < MOST_MS and grown < MOST_GROWTH,
        tuple(_each(times)),
    )


def _each(times: Times) -> Iterator[str]:
    for name, some in sorted(times.items()):
        yield f"- page {name}: {len(some)} times, p95 {p95(some):.0f} ms"


def p95(times: list[float]) -> float:
    """In milliseconds."""
    return quantiles(times, n=20)[-1] * 1000


@contextmanager
def filled_stack() -> Iterator[Stack]:
    """A whole stack whose register holds the requests; they are written while nothing else runs."""
    with TemporaryDirectory(prefix="terbuka-bench-") as folder:
        ports = free_ports()
        with _up(Path(folder), ports, _nothing) as stack:
            _fill(stack)
        with _up(Path(folder), ports, processes) as stack:
            yield stack


def _nothing(_: Addresses) -> tuple[Process, ...]:
    return ()


@contextmanager
def _up(folder: Path, ports: Ports, programs) -> Iterator[Stack]:
    stack = Stack(folder, ports, programs, prepare_with_people)
    stack.up()
    try:
        yield stack
    finally:
        stack.down()


def _fill(stack: Stack) -> None:
    with connect(stack.addresses.mongo, "bench") as client:
        database = database_of(client, "register")
        numbered, views = MongoNumberedLog(database), MongoViews(client, database, VIEWS)
        numbered.prepare()
        views.prepare()
        for start in range(0, REQUESTS, BATCH):
            for number in range(start, start + BATCH):
                length = OPEN_EVENTS if number % OPEN_EVERY == 0 else None
                numbered.record(list(islice(request_events(number), length)))
        rebuild(numbered, views)
        # its inbox is of no use to pages: what it lacks is not fetched while they are measured
        own = subscription("register.inbox")
        Asked(database, own.queue).note(asked(own))


def visit(stack: Stack, seconds: float) -> Times:
    """What each page took, by its name."""
    with ThreadPoolExecutor(STAFF) as pool:
        working = [pool.submit(_work, stack, number, seconds) for number in range(STAFF)]
    times: Times = defaultdict(list)
    for each in working:
        for name, took in each.result():
            times[name].append(took)
    return times


def _work(stack: Stack, number: int, seconds: float) -> list[tuple[str, float]]:
    chance = random.Random(number)
    took = []
    with httpx.Client(base_url=stack.addresses.gateway, timeout=30) as browser:
        _sign_in(browser, demo_accounts(stack.addresses.folder)[ROLES[number % len(ROLES)]])
        sleep(chance.random() * THINKING)
        end = monotonic() + seconds
        while monotonic() < end:
            name, path = _page(chance)
            began = monotonic()
            answer = browser.get(path)
            took.append((name, monotonic() - began))
            answer.raise_for_status()
            sleep(THINKING)
    return took


def _sign_in(browser: httpx.Client, account: Mapping[str, str]) -> None:
    token = _TOKEN.search(browser.get("/sign-in").text)
    if token is None:
        raise RuntimeError("the sign-in page has no token")
    form = {**account, "csrf_token": token[1], "next": ""}
    if browser.post("/sign-in", data=form).status_code >= httpx.codes.BAD_REQUEST:
        raise RuntimeError(f"{account['account']} could not sign in")


def _page(chance: random.Random) -> tuple[str, str]:
    number = chance.randrange(REQUESTS)
    pages = (
        ("today", "/today"),
        ("list", "/cases"),
        ("list by state", "/cases?state=submitted"),
        ("overdue list", "/cases?overdue=yes"),
        ("search", f"/cases?q={number + 1:04d}&limit=20"),
        ("case", f"/cases/bench-{number:08d}"),
    )
    return chance.choice(pages)


def _gateway(stack: Stack) -> psutil.Process:
    """The process that answers: gunicorn's only worker."""
    listening = next(
        each.pid
        for each in psutil.net_connections("tcp")
        if each.laddr and each.laddr.port == stack.addresses.ports.gateway and each.pid
    )
    started = psutil.Process(listening)
    return next(iter(started.children()), started)
