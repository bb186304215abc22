"""An order as it travels from the gateway to the service that owns it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from inspect import getdoc
from typing import Any

from marshmallow import Schema

from contracts.errors import Rejected


@dataclass(frozen=True, slots=True)
class Actor:
    """Who orders: an account and the role it acts in."""

    account: str
    role: str

    def __str__(self) -> str:
        return f"{self.role}:{self.account}"


@dataclass(frozen=True, slots=True)
class Command:
    """One order.

    `id` makes it idempotent: the same id again gets the first result; the same id with another `fingerprint` is
    refused. `seen` is the version of the subject that the orderer had read, a number per service; None where there
    is nothing to have read. `subject` is "" when the order creates its subject.
    """

    name: str
    id: str
    fingerprint: str
    actor: Actor
    subject: str
    data: Mapping[str, Any]
    seen: Mapping[str, int] | None = None
    correlationid: str = ""
    traceparent: str = ""


@dataclass(frozen=True, slots=True)
class CommandContract:
    """What an order must look like, who owns it, who may give it, and what it is about."""

    service: str
    method: str
    schema: type[Schema]
    roles: frozenset[str]
    about: str = "request"
    creates: bool = field(default=False)

    @property
    def name(self) -> str:
        """The order: `ReceiveRequest`."""
        return self.schema.__name__

    @property
    def meaning(self) -> str:
        """One sentence for people."""
        return " ".join((getdoc(self.schema) or "").split())


def to_message(command: Command) -> dict[str, Any]:
    """The JSON object that the RPC carries."""
    fields = {name: getattr(command, name) for name in Command.__dataclass_fields__}
    fields["actor"] = {"account": command.actor.account, "role": command.actor.role}
    return fields


def from_message(message: Mapping[str, Any]) -> Command:
    """Read an order from the RPC. The gateway wrote it, so a fault here is a bug and rises as KeyError."""
    fields = {name: message[name] for name in Command.__dataclass_fields__}
    return Command(**{**fields, "actor": Actor(**message["actor"])})


@cache
def _validator(schema: type[Schema]) -> Schema:
    return schema()


def checked(contract: CommandContract, command: Command) -> Command:
    """The same order, if its role may give it and its fields fit; else Rejected. Nothing has been written yet."""
    if command.actor.role not in contract.roles:
        raise Rejected("role_not_allowed", f"{command.actor.role} may not order {contract.name}.")
    errors = _validator(contract.schema).validate(command.data)
    if errors:
        raise Rejected("invalid_fields", "Some fields are missing or wrong.", errors)
    return command
