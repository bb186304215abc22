"""`python -m tests.performance.soak --minutes 10`: a steady load on the eventlet processes, and what becomes of them.

Prints a line a minute: orders, errors, and each service's memory and open sockets. Run it with the pymongo to be judged.
"""

from __future__ import annotations

import argparse
import sys
from threading import Event as Signal
from threading import Thread
from time import monotonic

import psutil
import pymongo

from deploy.local.stack import Stack
from tests.performance.accepted_visible import ours
from tests.performance.load import Order
from tests.performance.servers import servers

CALLERS = 4
EVENTLET = ("intake", "classification", "escalation", "register", "reporting")
KILL_DATABASE_AT = 0.5  # once, half way: recovery is what eventlet breaks first


class Soak:
    """Callers that count."""

    def __init__(self, order: Order, rate: float) -> None:
        self._order = order
        self._every = CALLERS / rate
        self.stop = Signal()
        self.orders = 0
        self.errors = 0

    def run(self) -> None:
        """Order at a steady pace until told to stop."""
        while not self.stop.wait(self._every):
            try:
                self._order(self.orders)
                self.orders += 1
            except Exception:  # noqa: BLE001 - counting what fails is the point
                self.errors += 1


def main() -> int:
    """Run, print, end with 1 when an order failed outside the minute of the kill."""
    wishes = _wishes()
    _say(f"pymongo {pymongo.version}, {wishes.rate:g} orders/s, {wishes.minutes} minutes")
    with servers(None) as stack:
        soak = Soak(ours(stack), wishes.rate)
        callers = [Thread(target=soak.run, daemon=True) for _ in range(CALLERS)]
        for caller in callers:
            caller.start()
        failed = sum(_minute(stack, soak, at, wishes.minutes) for at in range(wishes.minutes))
        soak.stop.set()
    return 1 if failed else 0


def _minute(stack: Stack, soak: Soak, at: int, minutes: int) -> bool:
    orders, errors, began = soak.orders, soak.errors, monotonic()
    killed = at == int(minutes * KILL_DATABASE_AT)
    if killed:
        stack.supervisor.kill("mongod")
    Signal().wait(60 - (monotonic() - began))
    failed = soak.errors - errors
    _say(
        f"{at + 1:3} min: {soak.orders - orders:6} orders, {failed} errors{' (database killed)' * killed}; {_state(stack)}"
    )
    return bool(failed) and not killed


def _state(stack: Stack) -> str:
    pids = stack.supervisor.pids()
    return ", ".join(f"{name} {_size(pids[name])}" for name in EVENTLET)


def _size(pid: int) -> str:
    process = psutil.Process(pid)
    return f"{process.memory_info().rss / 2**20:.0f} MiB/{len(process.net_connections())} sockets"


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.performance.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--rate", type=float, default=20)
    return parser.parse_args()


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
