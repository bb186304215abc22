"""Telling the services what became of a letter, with its request or its objection: the order of whoever had it sent, once a turn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from contracts.command import Command, to_message
from contracts.commands import COMMANDS
from services.gateway.documents.kinds import KINDS
from services.gateway.mail.outbox import RETURNED, SENT, Letter
from services.gateway.rpc import Services

ORDERS: Mapping[str, str] = {"request": "RecordDelivery", "objection": "RecordObjectionDelivery"}
LONGEST_PROOF = 100


def deliveries(letter: Letter) -> tuple[Command, ...]:
    """The orders that a letter's end makes; the same letter makes the same ones again, so that each is followed once.

    One that came back went out before, which may not have been told yet.
    """
    if letter.state != RETURNED:
        return (_order(letter, str(letter.turn)),)
    out = replace(letter, state=SENT, changed_at=letter.sent_at, said="")
    return (*deliveries(out), _order(letter, f"{letter.turn}:returned"))


def _order(letter: Letter, once: str) -> Command:
    data = _told(letter)
    return Command(
        name=ORDERS[letter.subject.partition("/")[0]],
        id=str(uuid5(NAMESPACE_URL, f"terbuka:letter:{letter.id}:{once}")),
        fingerprint=sha256(json.dumps(data, sort_keys=True).encode()).hexdigest(),
        actor=letter.actor,
        subject=letter.subject,
        data=data,
    )


def _told(letter: Letter) -> dict[str, Any]:
    """No address and no word of a mail server: codes only."""
    at: datetime = letter.changed_at or letter.ordered_at
    failed = letter.state not in (SENT, RETURNED)
    told = {
        "item": KINDS[letter.paper].key,
        "medium": "email",
        "state": "failed" if failed else letter.state,
        "happened_at": at.isoformat(),
        "proof": None if failed else letter.message_id[:LONGEST_PROOF],
        "remark": letter.said or None,
    }
    return told if letter.objection else {**told, "attachment": None}


def record(services: Services, letter: Letter) -> None:
    """Record a letter's end. Raises Rejected, Unavailable, RemoteFault."""
    for order in deliveries(letter):
        services.order(COMMANDS[order.name], to_message(order))
