"""What every service does at its door: read the order, check role and fields, follow it, tell what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog

from contracts.command import Command, checked, from_message
from contracts.commands import COMMANDS
from contracts.errors import Rejected
from eventlog.log import Appended

log = structlog.get_logger()
Answer = dict[str, Any]


def obeyed(message: Mapping[str, Any], follow: Callable[[Command], Appended]) -> Answer:
    """Follow an order that came by RPC. Raises Rejected, and then nothing was written."""
    command = from_message(message)
    with structlog.contextvars.bound_contextvars(
        correlationid=command.correlationid or command.subject or command.id
    ):
        result = follow(checked(COMMANDS[command.name], command))
    log.info(
        "obeyed",
        correlationid=result.events[0].correlationid,
        order=command.name,
        repeated=result.repeated,
    )
    return answer(result)


def refused(error: Rejected) -> Answer:
    """A refusal as one of several answers."""
    return {"refused": [error.code, error.detail, error.errors]}


def answer(result: Appended) -> Answer:
    """What the orderer is told: what it is about, how far the service's stream is now, and what was recorded."""
    return {
        "subject": result.stream,
        "version": result.version,
        "events": [{"id": event.id, "name": event.name} for event in result.events],
        "repeated": result.repeated,
    }
