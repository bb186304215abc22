"""What an order about the law would move, said before anybody gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, jsonify

from contracts.command import Command, to_message
from services.gateway.orders import services
from services.gateway.shown import public

PREVIEW_SECONDS = 30.0


def previewed(name: str, subject: str, order: Mapping[str, Any]) -> Response:
    """Which due dates would move, from when to when. Refused as the order itself would be; nothing is written."""
    command = Command(name, "preview", "", g.actor, subject, order)
    shown = services().ask(
        "escalation", "law_preview", to_message(command), seconds=PREVIEW_SECONDS
    )
    moved = [{**public(move), "about": move["_id"].partition("/")[0]} for move in shown["moves"]]
    return jsonify({"preview": True, "would_move": shown["would_move"], "moves": moved})
