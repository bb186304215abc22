"""Looks at everything at once and waits for none longer than a few seconds; what does not answer is itself an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from pymongo import MongoClient

from contracts.errors import Rejected
from contracts.topology import LISTENING_TO_ALL
from eventlog import condition
from eventlog.mongo.client import Document
from services.gateway.rpc import RemoteFault, Services, Unavailable

Row = dict[str, Any]
SECONDS = 3.0
# A question to each that costs it next to nothing.
QUESTIONS: Mapping[str, tuple[Any, ...]] = {
    "intake": ("applicant_reads", "nobody"),
    "classification": ("follow", []),
    "escalation": ("calendar_compared",),
    "register": ("named", []),
    "reporting": ("period", "2000-01"),
}


@dataclass(frozen=True, slots=True)
class System:
    """Where everything is, as the gateway's settings say."""

    services: Services
    client: MongoClient[Document]
    prefix: str
    amqp_uri: str


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen. None stands for a server that did not answer."""

    answers: Mapping[str, bool]
    logs: list[Row] | None = None
    numbered: list[Row] | None = None
    queues: list[Row] | None = None
    findings: Mapping[str, Mapping[str, Row]] = field(default_factory=dict)
    decreed_days: int | None = None


def look(system: System) -> Look:
    """Everything, side by side: a server that is away costs its own time only."""
    with ThreadPoolExecutor(len(QUESTIONS) + 2) as pool:
        asked = {name: pool.submit(_asked, system.services, name) for name in QUESTIONS}
        kept = pool.submit(_seen, lambda: _database(system))
        carried = pool.submit(_seen, lambda: list(condition.queues(system.amqp_uri)))
        told = {name: each.result() for name, each in asked.items()}
        database = kept.result() or {}
        return Look(
            answers={name: answer is not None for name, answer in told.items()},
            queues=carried.result(),
            decreed_days=(told["escalation"] or {}).get("decreed_days"),
            **database,
        )


def _database(system: System) -> dict[str, Any]:
    client, prefix = system.client, system.prefix
    return {
        "logs": condition.logs(client, prefix),
        "numbered": condition.numbered_logs(client, prefix),
        "findings": {name: condition.findings(client, prefix, name) for name in LISTENING_TO_ALL},
    }


def _asked(services: Services, name: str) -> Any:
    """A service's answer, None for none. A fault of its own is one too: it was there to have it."""
    method, *arguments = QUESTIONS[name]
    try:
        return services.ask(name, method, *arguments, seconds=SECONDS)
    except (Rejected, RemoteFault):
        return {}
    except Unavailable:
        return None


def _seen(part: Callable[[], Any]) -> Any:
    try:
        return part()
    except Exception as error:
        if not condition.away(error):
            raise
        return None
