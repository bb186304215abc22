"""Turning an HTTP request into an order, and its outcome into an answer that shows what was written."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import structlog
from flask import Response, current_app, g, jsonify, request

from contracts.command import Command, to_message
from contracts.commands import COMMANDS
from contracts.errors import Rejected
from services.gateway.rpc import Services

Shown = dict[str, Any]
NEVER_READ = -1
_VERSION = re.compile(r"([a-z]+)([0-9]{1,9})")
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a service answered, and what the views show of it (None when that took too long or nobody waited)."""

    subject: str
    events: tuple[str, ...]
    shown: Shown | None


def services() -> Services:
    """The lines to the services."""
    lines: Services = current_app.config["SERVICES"]
    return lines


def give(
    name: str,
    data: Mapping[str, Any],
    sent: Mapping[str, Any],
    subject: str = "",
    seen: Any = None,
    key: str | None = None,
) -> Command:
    """An order from the request at hand. `sent` is what the caller sent: the same key must come with the same again.

    The key stands in the header Idempotency-Key, unless a page brings the one of its form.
    """
    key = checked_key(request.headers.get("Idempotency-Key", "") if key is None else key)
    id_ = str(uuid5(NAMESPACE_URL, f"terbuka:order:{g.actor.account}:{key}"))
    structlog.contextvars.bind_contextvars(correlationid=subject or id_)
    return Command(
        name=name,
        id=id_,
        fingerprint=_fingerprint(name, subject, sent),
        actor=g.actor,
        subject=subject,
        data=data,
        seen=seen,
        traceparent=request.headers.get("traceparent", "")[:100],
    )


def checked_key(given: str) -> str:
    """The key of a write. Raises Rejected for none, or one that is too long or strange."""
    key = given.strip()
    if not key:
        raise Rejected("idempotency_key_missing", "Every write needs an Idempotency-Key header.")
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise Rejected(
            "idempotency_key_invalid",
            "An Idempotency-Key is at most 200 printable ASCII characters.",
        )
    return key


def _fingerprint(name: str, subject: str, sent: Mapping[str, Any]) -> str:
    """Keyed, because what was sent may be a person."""
    text = json.dumps([name, subject, sent], sort_keys=True)
    return hmac.new(current_app.config["PEPPER"], text.encode(), sha256).hexdigest()


def follow(
    command: Command,
    show: Callable[[str, Mapping[str, int], float], Any],
    also: Callable[[tuple[str, ...]], Mapping[str, int]] = lambda _: {},
) -> Outcome:
    """Have an order followed and wait, for a limited time, until the views show it.

    `also` names versions of other services to wait for, whose reaction to what was recorded belongs to the answer.
    """
    contract = COMMANDS[command.name]
    answer = services().order(contract, to_message(command))
    events = tuple(event["name"] for event in answer["events"])
    shown = None
    if "respond-async" not in request.headers.get("Prefer", ""):
        reached = {contract.service: answer["version"], **also(events)}
        shown = show(answer["subject"], reached, current_app.config["VISIBLE_SECONDS"])
    return Outcome(answer["subject"], events, shown)


def showing(service: str, method: str) -> Callable[[str, Mapping[str, int], float], Any]:
    """Waiting for a view of a service."""

    def show(subject: str, versions: Mapping[str, int], seconds: float) -> Any:
        return services().ask(
            service, method, subject, dict(versions), seconds, seconds=seconds + 3
        )

    return show


def seen_by_caller(shown: Shown, service: str) -> dict[str, int]:
    """What the caller had read, in the terms of the service that decides. Raises Rejected without If-Match.

    A version that is out of date is passed on as never read: the service refuses it, unless the order was followed
    before, and then answers as it did.
    """
    return seen_at(request.headers.get("If-Match", "").strip(), shown, service)


def seen_at(wanted: str, shown: Shown, service: str) -> dict[str, int]:
    """The same for versions that came another way: tags as If-Match writes them."""
    if not wanted:
        raise Rejected("if_match_missing", "Send If-Match with the version that was read.")
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in wanted.split(",")}
    if "*" in tags or any(_up_to_date(tag, shown) for tag in tags):
        return {
            **shown.get("heard", {}).get(service, {}),
            service: shown["versions"].get(service, 0),
        }
    return {service: NEVER_READ}


def _up_to_date(tag: str, shown: Shown) -> bool:
    """Whether a version shows everything that people have done.

    What services add by themselves (a clock that stops when its request is handed over) makes no reading stale:
    nobody could take two steps one after the other without reading in between, and hoping.
    """
    read = {name: int(number) for name, number in _VERSION.findall(tag)}
    known: Mapping[str, int] = shown["versions"]
    given_by_us = tag == "-".join(f"{name}{read[name]}" for name in sorted(read)) and all(
        0 < number <= known.get(name, 0) for name, number in read.items()
    )
    needed = shown.get("by_people", known)
    return given_by_us and all(read.get(name, 0) >= needed[name] for name in needed)


def answered(outcome: Outcome, body: Shown | None, status: int, location: str) -> Response:
    """The answer to a write: what is shown now, or 202 when it is not shown yet."""
    if body is None:
        response = jsonify({"id": outcome.subject.partition("/")[2], "state": "accepted"})
        response.status_code = 202
    else:
        response = jsonify(body)
        response.status_code = status
        if "version" in body:
            response.headers["ETag"] = f'"{body["version"]}"'
    response.headers["Location"] = location
    return response
