"""`terbuka parked`: the messages that could not be handled. Showing, retrying and dropping one leaves a trace with who did it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from getpass import getuser
from typing import Any

import click

from eventlog import lot
from eventlog.lot import QUEUES
from eventlog.parking import Parked, Parking
from terbuka.answer import Fault, answer, for_machines, progress
from terbuka.reach import Reach, reached
from terbuka.table import table

TITLES = ("queue", "key", "type", "reason")
TRACES = ("at", "who", "action", "queue", "key", "reason", "why")
queue_name = click.argument("queue", type=click.Choice(QUEUES))
who_option = click.option("--who", default=getuser, help="Who does it; your login name.")


@click.group()
def parked() -> None:
    """Messages that no consumer could handle."""


@parked.command("list")
@click.option("--queue", "only", type=click.Choice(QUEUES), help="Only this queue's.")
@click.option("--traces", is_flag=True, help="What was done about parked messages, instead.")
@for_machines
@reached
def listed(reach: Reach, only: str | None, *, traces: bool, as_json: bool) -> None:
    """Show what is parked, and why."""
    queues = (only,) if only else QUEUES
    if traces:
        found = lot.traces(reach.reasons(), queues)
    else:
        with _parking(reach) as parking:
            found = [_shown(each) for each in lot.messages(parking, queues)]
    titles = TRACES if traces else TITLES
    rows = [tuple(each.get(title, "") for title in titles) for each in found]
    text = table(titles, rows) if rows else "nothing is parked" if not traces else "no traces"
    answer(found, text, as_json=as_json)


def _shown(message: Parked) -> dict[str, Any]:
    return {name: value for name, value in asdict(message).items() if name != "body"}


@parked.command()
@queue_name
@click.argument("key")
@who_option
@for_machines
@reached
def show(reach: Reach, queue: str, key: str, who: str, *, as_json: bool) -> None:
    """Show one message with its content."""
    with _parking(reach) as parking:
        found = parking.show(queue, key, who)
    if found is None:
        raise Fault(f"{queue} has no parked message {key}")
    content = found.content()
    text = json.dumps(content, indent=2, ensure_ascii=False)
    answer(
        {**_shown(found), "content": content},
        f"{found.type}\n{found.reason}\n{text}",
        as_json=as_json,
    )


@parked.command()
@queue_name
@click.argument("key", required=False)
@click.option("--all", "every", is_flag=True, help="All that is parked of the queue now.")
@who_option
@for_machines
@reached
def retry(
    reach: Reach, queue: str, key: str | None, who: str, *, every: bool, as_json: bool
) -> None:
    """Put a message back into its queue, once what kept it from being handled is mended."""
    if every == (key is not None):
        raise click.UsageError("name one message's key, or say --all")
    if key is not None:
        _settle(
            reach, "retried", queue, key, lambda parking: parking.retry(queue, key, who), as_json
        )
        return
    keys = _retry_all(reach, queue, who)
    answer(
        {"queue": queue, "keys": keys, "action": "retried"},
        f"retried {len(keys)} of {queue}",
        as_json=as_json,
    )


def _retry_all(reach: Reach, queue: str, who: str) -> list[str]:
    """Each message once: one that is parked again at once stays."""
    with _parking(reach) as parking:
        keys = list(dict.fromkeys(each.key for each in parking.list(queue)))
        with progress("retrying", len(keys)) as advance:
            for key in keys:
                parking.retry(queue, key, who)
                advance(1)
    return keys


@parked.command()
@queue_name
@click.argument("key")
@who_option
@click.option("--why", default="", help="Why it may be lost; it stands in the trace.")
@for_machines
@reached
def drop(reach: Reach, queue: str, key: str, who: str, why: str, *, as_json: bool) -> None:
    """Take a message out for good."""
    _settle(
        reach, "dropped", queue, key, lambda parking: parking.drop(queue, key, who, why), as_json
    )


def _settle(
    reach: Reach,
    done: str,
    queue: str,
    key: str,
    act: Callable[[Parking], bool],
    as_json: bool,  # noqa: FBT001 - handed on
) -> None:
    with _parking(reach) as parking:
        if not act(parking):
            raise Fault(f"{queue} has no parked message {key}")
    answer(
        {"queue": queue, "key": key, "action": done}, f"{done} {key} of {queue}", as_json=as_json
    )


def _parking(reach: Reach) -> AbstractContextManager[Parking]:
    return lot.parking(reach.settings("register")["amqp_uri"], reach.reasons())
