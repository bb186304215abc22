"""Telling the register what became of a letter: the order of whoever had it sent, once a turn of the letter."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from contracts.command import Command, to_message
from contracts.commands import COMMANDS
from services.gateway.mail.outbox import SENT, Letter
from services.gateway.rpc import Services

ORDER = "RecordDelivery"
LONGEST_PROOF = 100


def delivery(letter: Letter) -> Command:
    """The order; the same letter makes the same one again, so that it is followed once."""
    data = _told(letter)
    return Command(
        name=ORDER,
        id=str(uuid5(NAMESPACE_URL, f"terbuka:letter:{letter.id}:{letter.turn}")),
        fingerprint=sha256(json.dumps(data, sort_keys=True).encode()).hexdigest(),
        actor=letter.actor,
        subject=f"request/{letter.request}",
        data=data,
    )


def _told(letter: Letter) -> dict[str, Any]:
    """No address and no word of a mail server: codes only."""
    at = letter.changed_at or letter.ordered_at
    sent = letter.state == SENT
    return {
        "item": item_of(letter.paper),
        "medium": "email",
        "state": "sent" if sent else "failed",
        "happened_at": at.isoformat(),
        "proof": letter.message_id[:LONGEST_PROOF] if sent else None,
        "attachment": None,
        "remark": None if sent else letter.said,
    }


def item_of(paper: str) -> str:
    """A kind of paper as deliveries call it."""
    return paper.replace("-", "_")


def record(services: Services, letter: Letter) -> None:
    """Record a letter's end. Raises Rejected, Unavailable, RemoteFault."""
    services.order(COMMANDS[ORDER], to_message(delivery(letter)))
