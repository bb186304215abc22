"""Asking the services: nameko's RPC protocol over plain py-amqp, with a limit on everything.

nameko's own proxy waits for ever when the broker blocks publishers (docs/decisions/0006). Here a call that is not
answered in time costs its connection, which is collected, never closed, and the caller is told that nothing is known
of the outcome. A pool bounds how many calls are under way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from queue import Empty, LifoQueue
from time import monotonic
from typing import Any
from uuid import uuid4

import amqp
import structlog

from contracts.command import CommandContract
from contracts.commands import COMMANDS
from contracts.errors import Rejected
from eventlog.broker import BROKEN, connect
from eventlog.group import Group, Ticket

EXCHANGE = "nameko-rpc"
CREATING = {contract.service for contract in COMMANDS.values() if contract.creates}
REPLY_TTL = 60_000  # ms; as long as a reply queue outlives its connection
log = structlog.get_logger()


class Unavailable(Exception):
    """No answer: broker, service or database is away. Whether the order was followed is unknown; repeat it.

    `away` is the part that does not answer: `broker`, `database`, or the name of a service.
    """

    def __init__(self, why: str = "", away: str = "") -> None:
        super().__init__(why)
        self.away = away


class RemoteFault(Exception):
    """The service failed with a bug of its own."""


class Line:
    """One connection for one call at a time."""

    def __init__(self, uri: str) -> None:
        self._connection = connect(uri, timeout=3)
        self._connection.on_blocked = self._blocked
        self._replies: dict[str, bytes | str] = {}
        self._fault: Unavailable | None = None
        self._channel = self._connection.channel()
        self._channel.events["basic_return"].add(self._returned)
        self._reply_to = self._listen()

    def _listen(self) -> str:
        key = str(uuid4())
        queue = f"rpc.reply-gateway-{key}"
        self._channel.exchange_declare(EXCHANGE, "topic", durable=True, auto_delete=False)
        self._channel.queue_declare(queue, exclusive=True, arguments={"x-expires": REPLY_TTL})
        self._channel.queue_bind(queue, EXCHANGE, key)
        self._channel.basic_consume(queue, callback=self._replied, no_ack=True)
        return key

    def call(self, service: str, method: str, args: tuple[Any, ...], seconds: float) -> Any:
        """The service's answer. Raises Rejected, Unavailable, RemoteFault, or one of broker.BROKEN."""
        correlation = str(uuid4())
        message = amqp.Message(
            json.dumps({"args": args, "kwargs": {}}).encode(),
            content_type="application/json",
            content_encoding="utf-8",
            reply_to=self._reply_to,
            correlation_id=correlation,
            # Not written to disk: an order that the broker loses is repeated by who gave it.
            delivery_mode=1,
        )
        self._channel.basic_publish(message, EXCHANGE, f"{service}.{method}", mandatory=True)
        try:
            return _result(self._wait(correlation, seconds))
        except TimeoutError:
            raise Unavailable(f"no answer in {seconds} s", service) from None

    def _wait(self, correlation: str, seconds: float) -> bytes | str:
        deadline = monotonic() + seconds
        while correlation not in self._replies:
            remaining = deadline - monotonic()
            if self._fault:
                raise self._fault
            if remaining <= 0:
                raise TimeoutError
            self._connection.drain_events(timeout=remaining)
        return self._replies.pop(correlation)

    def _replied(self, message: amqp.Message) -> None:
        self._replies[message.properties["correlation_id"]] = message.body

    def _returned(self, _error: object, _exchange: str, routing_key: str, _message: object) -> None:
        service = routing_key.partition(".")[0]
        self._fault = Unavailable("the service has never been started", service)

    def _blocked(self, reason: str) -> None:
        self._fault = Unavailable(f"the broker takes nothing in: {reason}", "broker")

    def drop(self) -> None:
        """Give the connection up without waiting for the broker."""
        self._connection.collect()


def _fault(answer: dict[str, Any]) -> Exception:
    if "refused" in answer:
        return Rejected(*answer["refused"])
    return _failure(answer["failed"])


def _failure(path: str) -> Exception:
    if path.startswith("pymongo.errors."):
        return Unavailable("the service's database is away", "database")
    return RemoteFault(path)


def _result(body: bytes | str) -> Any:
    reply = json.loads(body)
    error = reply["error"]
    if error is None:
        return reply["result"]
    if error["exc_path"] == "contracts.errors.Rejected":
        raise Rejected(*error["exc_args"])
    raise _failure(error["exc_path"])


class Services:
    """A bounded pool of lines. Safe for threads: a line is with one caller at a time.

    Orders that create something wait for nothing but their own write, so those of one service that come at the same
    moment travel together, one wave at a time: two at once were measured to be slower.
    """

    def __init__(self, uri: str, slots: int, seconds: float) -> None:
        self._uri = uri
        self._seconds = seconds
        self._together = {
            service: Group(partial(self._follow, service), most=slots) for service in CREATING
        }
        self._slots: LifoQueue[Line | None] = LifoQueue()
        for _ in range(slots):
            self._slots.put(None)

    def ask(self, service: str, method: str, *args: Any, seconds: float | None = None) -> Any:
        """A service's answer. Raises Rejected, Unavailable or RemoteFault."""
        with self._line() as line:
            return line.call(service, method, args, seconds or self._seconds)

    def order(self, contract: CommandContract, message: dict[str, Any]) -> Any:
        """The answer of the service that owns an order. Raises as `ask` does."""
        if contract.creates:
            return self._together[contract.service].submit(message)
        return self.ask(contract.service, contract.method, message)

    def _follow(self, service: str, tickets: Sequence[Ticket[dict[str, Any], Any]]) -> None:
        answers = self.ask(service, "follow", [ticket.wish for ticket in tickets])
        for ticket, answer in zip(tickets, answers, strict=True):
            if "done" in answer:
                ticket.succeed(answer["done"])
            else:
                ticket.fail(_fault(answer))

    @contextmanager
    def _line(self) -> Iterator[Line]:
        try:
            line = self._slots.get(timeout=self._seconds)
        except Empty:
            raise Unavailable("every line is busy") from None
        try:
            line = line or Line(self._uri)
            yield line
        except (Rejected, RemoteFault):
            raise
        except (*BROKEN, Unavailable) as error:
            log.warning("service_unavailable", error=repr(error))
            line = _give_up(line)
            raise Unavailable(str(error), getattr(error, "away", "broker")) from error
        except BaseException:
            line = _give_up(line)
            raise
        finally:
            self._slots.put(line)


def _give_up(line: Line | None) -> Line | None:
    """No line any more; the next caller opens a new one."""
    if line is not None:
        line.drop()
    return None
