"""Where nameko meets the kernel: a consumer that loses nothing, and a service's tools as a dependency.

nameko's own handlers acknowledge a message whose handler failed, and drop one they cannot decode. These do not: see
eventlog/consume.py and eventlog/parking.py for what happens instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import Any

import eventlet
import structlog
from kombu.entity import Queue
from nameko.exceptions import ContainerBeingKilled, serialize
from nameko.extensions import DependencyProvider
from nameko.messaging import Consumer, QueueConsumer
from nameko.runners import ServiceRunner

from contracts.commands import COMMANDS
from contracts.envelope import Event
from contracts.errors import Rejected
from eventlog.broker import declare_all
from eventlog.consume import Unhandleable, patiently, read_message
from eventlog.door import Answer, refused
from eventlog.parking import Reasons, key_of
from eventlog.settings import Settings
from eventlog.store import Store
from telemetry import metrics
from telemetry.health import Health

log = structlog.get_logger()


class SafeQueueConsumer(QueueConsumer):
    """Hands over messages undecoded, so that none is dropped on the way, and takes as many as the settings say."""

    @property
    def prefetch_count(self) -> int:
        """Small, so that a crash gives few messages back."""
        return int(self.container.config["PREFETCH"])

    def get_consumers(self, consumer_cls: Any, _channel: Any) -> Any:
        """Called after every connection to the broker."""
        for provider in self._providers:
            consumer = consumer_cls(
                queues=[provider.queue], on_message=partial(self._hand_over, provider)
            )
            consumer.qos(prefetch_count=self.prefetch_count)
            self._consumers[provider] = consumer
        return self._consumers.values()

    def _hand_over(self, provider: Any, message: Any) -> None:
        self.container.spawn_managed_thread(partial(provider.handle_message, message.body, message))


class Hear(Consumer):
    """An entrypoint for everything in one queue of the plan: `@hear("intake.inbox")`, called with an Event.

    The message is acknowledged after the method has returned, and parked at once when it raises.
    """

    queue_consumer = SafeQueueConsumer()

    def __init__(self, queue: str, **options: Any) -> None:
        super().__init__(Queue(queue, no_declare=True), **options)  # type: ignore[no-untyped-call]

    @property
    def reasons(self) -> Reasons:
        """Where the reasons of parked messages are kept."""
        store: Store = self.container.config["STORE"]
        return store.reasons

    def handle_message(self, body: bytes | str, message: Any) -> None:
        """Read the message; hand its event to a worker, or park it."""
        try:
            event = read_message(body, message.content_type)
        except Unhandleable as fault:
            self._park(message, str(fault))
            return
        try:
            self.container.spawn_worker(
                self, (event,), {}, handle_result=partial(self.handle_result, message)
            )
        except ContainerBeingKilled:
            self.queue_consumer.requeue_message(message)

    def handle_message_processed(
        self, message: Any, result: Any = None, exc_info: Any = None
    ) -> None:
        """Acknowledge what was stored; park what failed. The database being away never gets here."""
        if exc_info is not None:
            self._park(message, f"{exc_info[0].__name__}: {exc_info[1]}"[:500])
            return
        self.queue_consumer.ack_message(message)
        metrics.CONSUMED.labels(self.queue.name, result).inc()

    def _park(self, message: Any, reason: str) -> None:
        queue, key = self.queue.name, key_of(message.body, message.properties.get("message_id"))
        log.error("message_parked", queue=queue, key=key, reason=reason)
        patiently(queue, lambda: self.reasons.note(queue, key, reason), eventlet.sleep)
        metrics.CONSUMED.labels(queue, "parked").inc()
        if message.channel.connection:
            message.reject(requeue=False)


hear = Hear.decorator


class Tools(DependencyProvider):
    """What a service works with, made once per process by `build(settings, store)`; also times every entrypoint."""

    def __init__(self, build: Callable[[Settings, Store], Any]) -> None:
        self._build = build
        self._started: dict[Any, float] = {}

    def setup(self) -> None:
        """Build the tools, and declare the broker's plan before anything is consumed."""
        config = self.container.config
        declare_all(config["AMQP_URI"])
        self._tools = self._build(config["SETTINGS"], config["STORE"])

    def get_dependency(self, worker_ctx: Any) -> Any:  # noqa: ARG002 - nameko's signature
        """The tools, the same for every worker."""
        return self._tools

    def worker_setup(self, worker_ctx: Any) -> None:
        """Start the watch, and let every line that is logged meanwhile say what it belongs to."""
        self._started[worker_ctx] = monotonic()
        heard = worker_ctx.args[0] if worker_ctx.args else None
        if isinstance(heard, Event):
            structlog.contextvars.bind_contextvars(
                correlationid=heard.correlationid, event=heard.name
            )

    def worker_result(self, worker_ctx: Any, result: Any = None, exc_info: Any = None) -> None:  # noqa: ARG002
        """Stop the watch."""
        took = monotonic() - self._started.pop(worker_ctx)
        name = worker_ctx.entrypoint.method_name
        metrics.HANDLED.labels(worker_ctx.service_name, name, _outcome(exc_info)).observe(took)


def _outcome(exc_info: Any) -> str:
    if exc_info is None:
        return "ok"
    return "rejected" if isinstance(exc_info[1], Rejected) else "error"


def follow_all(service: Any, messages: Sequence[Mapping[str, Any]]) -> list[Answer]:
    """Follow orders that came together, at the same time; an answer each, in their order.

    What they write is written together as well, which is what makes a busy service fast.
    """
    pool = eventlet.GreenPool(max(1, len(messages)))
    return list(pool.imap(partial(_follow_one, service), messages))


def _follow_one(service: Any, message: Mapping[str, Any]) -> Answer:
    began, outcome = monotonic(), "ok"
    method = COMMANDS[message["name"]].method
    try:
        return {"done": getattr(service, method)(message)}
    except Rejected as error:
        outcome = "rejected"
        return refused(error)
    except Exception as error:
        # One order's fault must not take the others' answers with it.
        outcome = "error"
        log.exception("order_failed", order=message["name"])
        return {"failed": serialize(error)["exc_path"]}
    finally:
        metrics.HANDLED.labels(service.name, method, outcome).observe(monotonic() - began)


def run(
    service: type,
    settings: Settings,
    store: Store,
    port: int,
    started: Callable[[], None] = lambda: None,
) -> None:
    """Run a nameko service until it is told to stop. The process must be monkey-patched already."""
    runner = ServiceRunner(
        {
            "AMQP_URI": settings["amqp_uri"],
            "WEB_SERVER_ADDRESS": f"{settings['telemetry_host']}:{port}",
            "PREFETCH": settings["prefetch"],
            "max_workers": settings["workers"],
            "HEARTBEAT": 30,
            "SETTINGS": settings,
            "STORE": store,
            "HEALTH": Health({"database": store.answers}),
        }
    )
    runner.add_service(service)
    runner.start()
    _stop_on_signal(runner)
    started()
    runner.wait()


def _stop_on_signal(runner: ServiceRunner) -> None:
    from signal import SIGINT, SIGTERM, signal  # noqa: PLC0415 - after monkey-patching

    for number in (SIGTERM, SIGINT):
        signal(number, lambda *_: eventlet.spawn_n(runner.stop))
