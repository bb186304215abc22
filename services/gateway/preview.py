"""What an order about the law would move, said before anybody gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, jsonify

from contracts.command import Command, to_message
from services.gateway.orders import services
from services.gateway.shown import public

PREVIEW_SECONDS = 30.0
Shown = dict[str, Any]


def previewed(name: str, subject: str, order: Mapping[str, Any]) -> Response:
    """Which due dates would move, from when to when. Refused as the order itself would be; nothing is written."""
    shown = would(name, subject, order)
    moved = [{**public(move), "about": move["_id"].partition("/")[0]} for move in shown["moves"]]
    return jsonify({"preview": True, "would_move": shown["would_move"], "moves": moved})


def would(name: str, subject: str, order: Mapping[str, Any]) -> Shown:
    """The same as escalation tells it, with the rules that would give way."""
    command = Command(name, "preview", "", g.actor, subject, order)
    told: Shown = services().ask(
        "escalation", "law_preview", to_message(command), seconds=PREVIEW_SECONDS
    )
    return told
