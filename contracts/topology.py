"""Which queues exist and what flows into them: the broker's plan as data.

Any process may declare it; whoever starts first declares all of it, so no event is published before its queue exists.
Names are permanent once deployed: another name is an empty queue beside a full one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.catalogue import EVENTS, SERVICES

DEAD_EXCHANGE = "dead"
# Above what repeated kill -9 of one consumer burns, and low enough that a message which ends its process stops soon.
DELIVERY_LIMIT = 10
MAX_LENGTH = 1_000_000


@dataclass(frozen=True, slots=True)
class Subscription:
    """One durable queue: whose it is, what it hears, and whether only one consumer at a time may read it."""

    queue: str
    service: str
    hears: Mapping[str, tuple[str, ...]]
    single: bool = False

    @property
    def parking(self) -> str:
        """Where its messages wait that cannot be handled."""
        return f"{self.queue}.parked"


def exchange_of(service: str) -> str:
    """Where a service's events are published; a stock nameko event_handler listens there."""
    return f"{service}.events"


_ALL = dict.fromkeys(SERVICES, ("#",))

SUBSCRIPTIONS = (
    Subscription("register.log", "register", _ALL, single=True),
    Subscription("reporting.log", "reporting", _ALL, single=True),
    Subscription(
        "intake.inbox",
        "intake",
        {
            "escalation": (
                "DeadlineMissed",
                "ObjectionFiled",
                "ObjectorReacted",
                "RedressLapsed",
                "DisputeOpened",
                "DisputeSettled",
                "CourtCaseOpened",
                "CourtRuled",
                "RuleEnacted",
                "RuleEnded",
            ),
            "register": ("Closed", "Reopened"),
        },
    ),
    Subscription(
        "classification.inbox",
        "classification",
        {
            "intake": ("RequestSubmitted", "RequestWithdrawn"),
            "escalation": (
                "Escalated",
                "Decided",
                "DecisionOrdered",
                "ApplicantNotified",
                "ObjectionAnswered",
                "DisputeSettled",
                "CourtRuled",
                "RuleEnacted",
                "RuleEnded",
            ),
            "register": ("InformationDelivered", "Closed", "Reopened"),
        },
    ),
    Subscription(
        "escalation.inbox",
        "escalation",
        {
            "intake": (
                "IncompletenessNotified",
                "RequestSubmitted",
                "RequestLapsed",
                "RequestWithdrawn",
            ),
            "classification": (
                "InformationClassified",
                "ExemptionFlagged",
                "ListEntryPublished",
                "ListEntryRevoked",
            ),
            "register": ("InformationDelivered", "Closed", "Reopened"),
            "reporting": ("ReportIssued",),
        },
    ),
    Subscription(
        "register.inbox",
        "register",
        {
            "intake": ("RequestReceived", "RequestSubmitted", "RequestWithdrawn"),
            "classification": ("InformationClassified", "ExemptionFlagged"),
            "escalation": ("Escalated", "Decided", "DecisionOrdered", "ApplicantNotified"),
        },
    ),
)

# Who keeps a numbered log of everything.
LISTENING_TO_ALL = tuple(each.service for each in SUBSCRIPTIONS if each.single)


def subscription(queue: str) -> Subscription:
    """The subscription that owns a queue. Raises KeyError when there is none."""
    return {each.queue: each for each in SUBSCRIPTIONS}[queue]


def queue_arguments(subscription: Subscription) -> dict[str, Any]:
    """Quorum, bounded, and dead-lettered at least once: a message leaves it by an ack or into the parking queue."""
    return {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": DEAD_EXCHANGE,
        "x-dead-letter-routing-key": subscription.queue,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
        "x-max-length": MAX_LENGTH,
        **({"x-single-active-consumer": True} if subscription.single else {}),
    }


PARKING_ARGUMENTS = {"x-queue-type": "quorum"}


def bindings(subscription: Subscription) -> Iterator[tuple[str, str]]:
    """Exchange and routing key of everything the queue hears."""
    for service, names in subscription.hears.items():
        for name in names:
            yield exchange_of(service), name


def definitions() -> dict[str, Any]:
    """The whole plan in the broker's own import format."""
    return {
        "exchanges": [_exchange(exchange_of(service), "topic") for service in SERVICES]
        + [_exchange(DEAD_EXCHANGE, "direct")],
        "queues": [queue for each in SUBSCRIPTIONS for queue in _queues(each)],
        "bindings": [binding for each in SUBSCRIPTIONS for binding in _bindings(each)],
    }


def _exchange(name: str, kind: str) -> dict[str, Any]:
    return {
        "name": name,
        "vhost": "/",
        "type": kind,
        "durable": True,
        "auto_delete": False,
        "internal": False,
        "arguments": {},
    }


def _queues(subscription: Subscription) -> Iterator[dict[str, Any]]:
    plans = (
        (subscription.queue, queue_arguments(subscription)),
        (subscription.parking, PARKING_ARGUMENTS),
    )
    for name, arguments in plans:
        yield {
            "name": name,
            "vhost": "/",
            "durable": True,
            "auto_delete": False,
            "arguments": arguments,
        }


def _bindings(subscription: Subscription) -> Iterator[dict[str, Any]]:
    for exchange, key in bindings(subscription):
        yield _binding(exchange, subscription.queue, key)
    yield _binding(DEAD_EXCHANGE, subscription.parking, subscription.queue)


def _binding(exchange: str, queue: str, key: str) -> dict[str, Any]:
    return {
        "source": exchange,
        "vhost": "/",
        "destination": queue,
        "destination_type": "queue",
        "routing_key": key,
        "arguments": {},
    }


def hearers(service: str, name: str) -> tuple[str, ...]:
    """The services whose inbox gets an event. The orderer's version of a request is told to each in these terms."""
    return tuple(
        each.service
        for each in SUBSCRIPTIONS
        if each.queue.endswith(".inbox") and name in each.hears.get(service, ())
    )


def unheard() -> tuple[str, ...]:
    """Bindings that name an event nobody records; a test keeps this empty."""
    recorded = {(contract.service, contract.name) for contract in EVENTS.values()}
    return tuple(
        f"{each.queue}: {service}.{name}"
        for each in SUBSCRIPTIONS
        for service, names in each.hears.items()
        for name in names
        if name != "#" and (service, name) not in recorded
    )
