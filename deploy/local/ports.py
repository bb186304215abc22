"""The ports of one local stack: fixed ones for people, a free block for tests that run several stacks side by side."""

import random
import socket
from collections.abc import Iterable
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
METRICS_PORTS = 32
_SERVERS = 7
_BLOCK = 40  # the servers' ports and the metrics ports, rounded up
# Below the range the kernel takes for outgoing connections, or one of those could sit on a port before we do.
_FREE_RANGE = range(20000, 32000, _BLOCK)
_handed_out: set[int] = set()


@dataclass(frozen=True)
class Ports:
    """Every port a stack may listen on. `metrics` has one for each application process, in their order."""

    gateway: int = 8080
    amqp: int = 5673
    dist: int = 25673
    epmd: int = 4370
    management: int = 15673
    prometheus: int = 15693
    mongo: int = 27117
    metrics: tuple[int, ...] = tuple(range(9100, 9100 + METRICS_PORTS))


def free_ports() -> Ports:
    """Answer ports nobody listens on, never the same twice in this program.

    Whole blocks are drawn by chance, so that two programs asking at once hardly ever get the same.
    """
    blocks = [block for block in _FREE_RANGE if block not in _handed_out]
    random.shuffle(blocks)
    for block in blocks:
        numbers = range(block, block + _SERVERS + METRICS_PORTS)
        if not taken(numbers):
            _handed_out.add(block)
            return _in_block(numbers)
    message = "no free block of ports is left on this machine"
    raise RuntimeError(message)


def _in_block(numbers: range) -> Ports:
    gateway, amqp, dist, epmd, management, prometheus, mongo, *metrics = numbers
    return Ports(gateway, amqp, dist, epmd, management, prometheus, mongo, tuple(metrics))


def taken(ports: Iterable[int]) -> list[int]:
    """Answer those of the ports that another program holds."""
    return [port for port in ports if not _can_bind(port)]


def _can_bind(port: int) -> bool:
    with socket.socket() as probe:
        # as servers do: a port whose last connections are only fading out is free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Tell whether somebody accepts connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0
