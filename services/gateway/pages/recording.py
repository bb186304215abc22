"""Giving an order about what was read: the version of the form, its key, and what to tell when it is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, request

from contracts.commands import COMMANDS
from services.gateway import labels
from services.gateway.orders import Outcome, follow, give, seen_at, services

Body = dict[str, Any]
Show = Callable[[str, Mapping[str, int], float], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """What orders are about: how its subjects begin, the register's question for it, and how it is waited for."""

    prefix: str
    question: str
    showing: Show


def recorded(kind: Kind, id_: str, name: str, data: Body, sent: Body) -> Outcome:
    """Have an order about something followed. `sent` is what was typed, `data` the order made of it."""
    subject = f"{kind.prefix}/{id_}"
    shown = services().ask("register", kind.question, subject)
    seen = seen_at(request.form.get("version", ""), shown, COMMANDS[name].service)
    return told(name, follow(give(name, data, sent, subject, seen, key()), kind.showing))


def told(name: str, outcome: Outcome) -> Outcome:
    """Say on the next page that an order was recorded, or that it is and will show a little later."""
    flash(labels.order(name), "done" if outcome.shown else "later")
    return outcome


def key() -> str:
    """The key of the form at hand."""
    return request.form.get("key", "")
