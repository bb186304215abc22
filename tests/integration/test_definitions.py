"""The generated definitions are a plan that a real broker takes, and the same as what our processes declare."""

import json

import httpx
import pytest

from contracts.topology import SUBSCRIPTIONS
from deploy.local.ports import LOOPBACK
from eventlog.broker import connected, declare, messages_in
from terbuka.generate import ROOT

FILE = ROOT / "deploy" / "rabbitmq" / "definitions.json"


@pytest.fixture
def imported(servers):
    """A broker that was set up from the file."""
    answer = httpx.post(
        f"http://{LOOPBACK}:{servers.ports.management}/api/definitions",
        json=json.loads(FILE.read_text(encoding="utf-8")),
        auth=("guest", "guest"),
        timeout=30,
    )
    assert answer.is_success, answer.text
    return servers


def test_a_broker_takes_them_and_our_processes_find_what_they_would_declare(imported):
    """Declaring a queue with other arguments than it has is refused."""
    with connected(imported.addresses.amqp) as connection, connection.channel() as channel:
        for each in SUBSCRIPTIONS:
            assert messages_in(channel, each.queue) >= 0
            assert messages_in(channel, each.parking) >= 0
        declare(channel)
