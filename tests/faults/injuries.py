"""What is done to the running product, in an order drawn from the seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event as Signal
from time import monotonic

from deploy.local.stack import Stack
from eventlog.broker import connect, declare
from eventlog.mongo.client import connect as connect_mongo
from eventlog.mongo.client import database_of
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.pipeline import Pipeline

ALARM_SECONDS = 20
STORM_EVENTS = 2000
GAP = (0.5, 3.0)
SERVERS = ("mongod", "broker")


@dataclass(frozen=True, slots=True)
class Injury:
    """One thing that was done, when, and how long until every process answered again."""

    what: str
    at: float
    ready_after: float


def campaign(stack: Stack, seed: int, rounds: int) -> Iterator[Injury]:
    """Every process killed in every round, and in the first one an alarm and a storm."""
    chance = random.Random(seed)
    began = monotonic()
    for round_ in range(rounds):
        acts = [*kills(stack), *((alarm(stack), storm(stack)) if round_ == 0 else ())]
        chance.shuffle(acts)
        for what, act in acts:
            Signal().wait(chance.uniform(*GAP))
            at = monotonic()
            act()
            stack.wait()
            yield Injury(what, at - began, monotonic() - at)


Act = tuple[str, Callable[[], None]]


def kills(stack: Stack) -> list[Act]:
    """Kill -9 of each process, the servers too."""
    names = [name for name in stack.supervisor.pids() if name != "epmd"]
    return [(f"kill -9 {name}", lambda name=name: stack.supervisor.kill(name)) for name in names]


def alarm(stack: Stack) -> Act:
    """The broker takes nothing in for a while."""

    def act() -> None:
        stack.broker.raise_memory_alarm()
        Signal().wait(ALARM_SECONDS)
        stack.broker.clear_memory_alarm()

    return f"broker memory alarm for {ALARM_SECONDS} s", act


def storm(stack: Stack) -> Act:
    """Events of the log are delivered once more, to everybody who hears them."""

    def act() -> None:
        register = database_of(connect_mongo(stack.addresses.mongo, "storm"), "register")
        events = [each.event for each in MongoNumberedLog(register).read(0, STORM_EVENTS)]
        connection = connect(stack.addresses.amqp, timeout=30)
        declare(connection.channel())
        Pipeline(connection, patience=30).publish(events)
        connection.collect()

    return f"duplicate storm of {STORM_EVENTS} events", act
