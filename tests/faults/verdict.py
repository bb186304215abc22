"""What is left when the campaign is over: counted from the stores themselves, not from what the processes say."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from pymongo import MongoClient

from contracts.catalogue import SERVICES
from contracts.topology import SUBSCRIPTIONS
from deploy.local.stack import Stack
from deploy.local.waiting import TooLate, wait_until
from eventlog.broker import connected, messages_in
from eventlog.chain import first_break
from eventlog.mongo.checkpoint import Checkpoint
from eventlog.mongo.client import connect, database_of
from eventlog.mongo.log import MongoLog
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.mongo.views import MongoViews
from eventlog.publish import JOB
from eventlog.rebuild import compare
from services.register.project import VIEWS
from tests.faults.load import Load

PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """The line that the campaign prints."""

    accepted: int
    visible: int
    lost: int
    doubled: int
    numbers_missing: int
    closed: int
    events: int
    events_missing: int
    chain: str
    views: str
    parked: int
    seconds_to_catch_up: float

    @property
    def good(self) -> bool:
        """Whether nothing was lost, doubled or broken, and the lag was gone in half a minute."""
        wrong = (self.lost, self.doubled, self.numbers_missing, self.events_missing, self.parked)
        return (
            not any(wrong)
            and self.chain == self.views == "holds"
            and self.seconds_to_catch_up <= 30
        )


class Examination:
    """Looks at the stores of a stack."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._client: MongoClient[dict[str, object]] = connect(stack.addresses.mongo, "verdict")
        register = database_of(self._client, "register")
        self._numbered = MongoNumberedLog(register)
        self._views = MongoViews(self._client, register, VIEWS)

    def seconds_to_catch_up(self) -> float:
        """Wait until every event is relayed, numbered and shown, and every inbox is empty."""
        began = monotonic()
        with suppress(TooLate):  # the seconds themselves tell it
            wait_until(self._caught_up, "the stack catches up", PATIENCE)
        return monotonic() - began

    def _caught_up(self) -> bool:
        relayed = all(self._log(name).head() == self._published(name) for name in SERVICES)
        return (
            relayed
            and self._queues_empty()
            and self._views.live().position == self._numbered.head()
        )

    def _log(self, service: str) -> MongoLog:
        return MongoLog(database_of(self._client, service))

    def _published(self, service: str) -> int:
        return Checkpoint(database_of(self._client, service), JOB).position()

    def _queues_empty(self) -> bool:
        text = self._stack.broker.rabbitmqctl("list_queues", "--quiet", "name", "messages")
        waiting = dict(line.split("\t") for line in text.splitlines() if "\t" in line)
        return all(waiting.get(each.queue) == "0" for each in SUBSCRIPTIONS)

    def verdict(self, load: Load, seconds: float) -> Verdict:
        """Count."""
        ids = set(load.accepted.values())
        shown = {
            row["_id"].partition("/")[2]: row for row in self._views.collection("requests").find({})
        }
        serials = sorted(row["serial"] for row in shown.values())
        fault = first_break(self._numbered.lines(0))
        return Verdict(
            accepted=len(ids),
            visible=len(ids & shown.keys()),
            lost=len(ids - shown.keys())
            + len(load.closed - {id_ for id_, row in shown.items() if not row["open"]}),
            doubled=len(shown.keys() - ids)
            + len(load.accepted)
            - len(ids)
            + self._doubled_reactions(),
            numbers_missing=len(set(range(1, max(serials) + 1)) - set(serials))
            + len(serials)
            - len(set(serials)),
            closed=len(load.closed),
            events=self._numbered.head(),
            events_missing=sum(self._missing(name) for name in SERVICES),
            chain="holds" if fault is None else f"breaks at {fault.position}",
            views="holds" if not compare(self._numbered, self._views) else "differ",
            parked=self._parked(),
            seconds_to_catch_up=seconds,
        )

    def _doubled_reactions(self) -> int:
        """Facts that a request has once at most, of a clock once a day it is counted from, recorded twice.

        The time to object runs from silence first, and anew from the answer.
        """
        once = (
            "RequestSubmitted",
            "DeadlineSet",
            "InformationClassified",
            "InformationDelivered",
            "Closed",
        )
        counted = Counter(
            (event.subject, event.name, event.data.get("clock"), event.data.get("start_on"))
            for name in SERVICES
            for commit in self._log(name).read(0, 10**9)
            for event in commit.events
            if event.name in once
        )
        return sum(count - 1 for count in counted.values())

    def _missing(self, service: str) -> int:
        ids = [event.id for commit in self._log(service).read(0, 10**9) for event in commit.events]
        return len(self._numbered.missing(ids)) if ids else 0

    def _parked(self) -> int:
        with connected(self._stack.addresses.amqp) as connection, connection.channel() as channel:
            return sum(messages_in(channel, each.parking) for each in SUBSCRIPTIONS)
