"""Two real stacks, started once, side by side, for all tests of the one-machine stack."""

import contextlib
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor

import amqp
import kombu
import pytest

from deploy.local.addresses import Given
from deploy.local.ports import free_ports
from deploy.local.process import Process
from deploy.local.stack import Stack
from deploy.local.waiting import wait_until

_PROGRAM = """
import http.server, sys
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()
print("here I am", flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""


def desk(addresses):
    """Run one small program that is ready as soon as it listens."""
    port = addresses.ports.gateway
    return (Process("desk", (sys.executable, "-c", _PROGRAM, str(port)), port=port),)


@pytest.fixture(scope="session")
def stacks(tmp_path_factory):
    made = [_stack(tmp_path_factory.mktemp(name)) for name in ("first", "second")]
    with ThreadPoolExecutor() as starters:
        try:
            list(starters.map(Stack.up, made))
            yield made
        finally:
            list(starters.map(Stack.discard, made))


def _stack(folder):
    return Stack(
        folder,
        free_ports(),
        processes=desk,
        tokens={"desk": "demo"},
        accounts={"desk": {"account": "demo-desk", "password": "demo"}},
        given=Given(),
        cache_gigabytes=0.25,
    )


@pytest.fixture
def stack(stacks):
    return stacks[0]


@pytest.fixture
def neighbour(stacks):
    if not stacks[1].running():
        stacks[1].up()
    return stacks[1]


@pytest.fixture
def beside(stack, tmp_path):
    """Make stacks that use the first one's servers, or only its broker: quick to start."""
    made = []

    def make(*, own_database=False, folder=tmp_path / "beside", **wishes):
        mongo = None if own_database else stack.addresses.mongo
        given = Given(stack.addresses.amqp, mongo)
        made.append(Stack(folder, free_ports(), given=given, **wishes))
        return made[-1]

    yield make
    for one in reversed(made):
        one.discard()


class Queue:
    """A quorum queue of its own, spoken to with confirms."""

    def __init__(self, uri):
        self._connection = kombu.Connection(uri, transport_options={"confirm_publish": True})
        channel = self._connection.default_channel
        arguments = {"x-queue-type": "quorum"}
        self._queue = kombu.Queue(f"local-{uuid.uuid4()}", durable=True, queue_arguments=arguments)
        self._queue = self._queue.bind(channel)
        self._queue.declare()
        self._producer = self._connection.Producer(channel)

    def put(self, text, timeout=None):
        """Return when the broker has it."""
        self._producer.publish(
            text, routing_key=self._queue.name, delivery_mode=2, confirm_timeout=timeout
        )

    def get(self):
        """Answer the next message, over a connection of today."""
        with self._connection.clone() as connection:
            queue = self._queue(connection.default_channel)
            wait_until(lambda: self._fetch(queue), "a message comes", 30)
            return self._body

    def _fetch(self, queue):
        message = queue.get(no_ack=True)
        self._body = message and message.payload
        return message

    def close(self):
        with contextlib.suppress(OSError, amqp.AMQPError):
            self._connection.close()


@pytest.fixture
def queue(stack):
    made = Queue(stack.addresses.amqp)
    yield made
    made.close()
