"""The jobs of the plain processes, each put together from the settings: relay, ingest, project, and their watches.

A job runs until its stop signal is set. It outlives the broker and the database being away; a bug ends it.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from importlib import import_module
from threading import Event as Signal

import structlog

from contracts.catalogue import SERVICES
from contracts.topology import SUBSCRIPTIONS, subscription
from eventlog import settings
from eventlog.broker import BROKEN, connect, connected, declare, messages_in
from eventlog.catchup import CatchUp
from eventlog.ingest import Ingest
from eventlog.mongo.asked import Asked
from eventlog.mongo.checkpoint import Checkpoint
from eventlog.mongo.client import database_of, unavailable
from eventlog.mongo.findings import CHAIN, RECONCILED, Findings
from eventlog.mongo.lease import Lease
from eventlog.mongo.log import MongoLog
from eventlog.mongo.views import MongoViews
from eventlog.pace import Pace
from eventlog.pipeline import Pipeline
from eventlog.projector import Projector, observe_waiting
from eventlog.publish import JOB, Relay
from eventlog.reconcile import Source, Watch
from eventlog.resend import resender
from eventlog.settings import Settings
from eventlog.store import Store, open_store, utc_now
from eventlog.verify import ChainWatch
from telemetry import metrics

log = structlog.get_logger()
Job = Callable[[Signal], None]
MEASURE_SECONDS = 10
RECONCILE_SECONDS = 30
# Whose inbox lies beside a numbered log, and who reacts to nothing.
CATCHING_UP = ("register",)


def relay_jobs(services: list[str]) -> Mapping[str, Job]:
    """One relay per service named."""
    return {f"relay-{name}": _relay(settings.load(name)) for name in services}


def _relay(given: Settings) -> Job:
    def job(stop: Signal) -> None:
        store = open_store(given, "relay")
        store.prepare()
        relay = Relay(
            service=given.service,
            source=store.log,
            checkpoint=Checkpoint(store.database, JOB),
            lease=Lease(store.database, JOB, _holder()),
            connect=lambda: _publisher(given["amqp_uri"]),
        )
        relay.run(Pace(stop), _running(stop))

    return job


def _publisher(uri: str) -> Pipeline:
    connection = connect(uri)
    declare(connection.channel())
    return Pipeline(connection)


def ingest_jobs(services: list[str]) -> Mapping[str, Job]:
    """The numbered log of one service, and the watch over its completeness."""
    given = settings.load(services[0])
    return {
        "ingest": _ingest(given),
        "reconcile": _reconcile(given),
        "measure": _carried(given),
        **({"catch-up": _catch_up(given)} if given.service in CATCHING_UP else {}),
    }


def _ingest(given: Settings) -> Job:
    def job(stop: Signal) -> None:
        store = open_store(given, "ingest")
        store.prepare()
        queue = subscription(f"{given.service}.log")
        ingest = Ingest(queue, given["amqp_uri"], store.numbered, store.reasons, _breath(given))
        ingest.run(Pace(stop), _running(stop))

    return job


def _reconcile(given: Settings) -> Job:
    store = open_store(given, "reconcile")
    send = resender(given["amqp_uri"], f"{given.service}.log")
    watch = Watch(sources(store, given), store.numbered, send)

    chain = ChainWatch(given.service, store.numbered)
    findings = Findings(store.database, utc_now)

    def compare() -> None:
        compared = watch.round()
        findings.note(RECONCILED, missing=sum(len(found.missing) for found in compared))
        fault = chain.round()
        findings.note(CHAIN, position=chain.position, fault=fault.position if fault else None)

    return _every(RECONCILE_SECONDS, compare)


def _catch_up(given: Settings) -> Job:
    """What the service's own inbox was not asked for before, from the numbered log beside it."""
    store = open_store(given, "catch-up")
    own = subscription(f"{given.service}.inbox")
    asked = Asked(store.database, own.queue)
    one = CatchUp(own, store.numbered, store.inbox, asked.known, asked.note)
    return _every(RECONCILE_SECONDS, one.round)


def sources(store: Store, given: Settings) -> tuple[Source, ...]:
    """Every service's log, read-only, with what was published of it and what was found complete."""
    return tuple(
        Source(
            service=name,
            log=MongoLog(database := database_of(store.client, name, given["database_prefix"])),
            published=Checkpoint(database, JOB),
            complete=Checkpoint(store.database, f"complete-{name}"),
        )
        for name in SERVICES
    )


def _carried(given: Settings) -> Job:
    """What there is to measure on the way in: the numbered log's head, and what is parked."""
    store = open_store(given, "measure")
    queues = [each for each in SUBSCRIPTIONS if given.service in {"register", each.service}]

    def measure() -> None:
        with connected(given["amqp_uri"]) as connection, connection.channel() as channel:
            declare(channel)
            for each in queues:
                metrics.PARKED.labels(each.queue).set(messages_in(channel, each.parking))
        metrics.INGEST_POSITION.labels(given.service).set(store.numbered.head())

    return _every(MEASURE_SECONDS, measure)


def project_jobs(services: list[str]) -> Mapping[str, Job]:
    """The views of one service, and what there is to measure on them."""
    given = settings.load(services[0])
    room = import_module(f"services.{given.service}.project")
    return {"project": _project(given, room.VIEWS), "measure": _measure(given, room)}


def _project(given: Settings, views: tuple) -> Job:  # type: ignore[type-arg]
    def job(stop: Signal) -> None:
        store = open_store(given, "project")
        store.prepare()
        mongo_views = MongoViews(store.client, store.database, views)
        mongo_views.prepare()
        Projector(given.service, store.numbered, mongo_views, observe_waiting).run(
            Pace(stop, _breath(given)), _running(stop)
        )

    return job


def _breath(given: Settings) -> float:
    """How long a batch of this service may wait for company."""
    return float(given["breath_seconds"])


def _measure(given: Settings, room: object) -> Job:
    store = open_store(given, "measure")
    views = MongoViews(store.client, store.database, room.VIEWS)  # type: ignore[attr-defined]
    measure = getattr(room, "measure", lambda _: None)
    return _every(MEASURE_SECONDS, lambda: measure(views))


def _every(seconds: float, do: Callable[[], object]) -> Job:
    """Do something again and again; broker and database being away only delays it."""

    def job(stop: Signal) -> None:
        while not stop.wait(seconds):
            try:
                do()
            except Exception as error:
                if not (isinstance(error, BROKEN) or unavailable(error)):
                    raise
                log.warning("job_delayed", error=repr(error))

    return job


def _holder() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _running(stop: Signal) -> Callable[[], bool]:
    return lambda: not stop.is_set()
