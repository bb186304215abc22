"""`terbuka status`: one look at everything that runs and at how far each part has come.

What answers is shown even when something else does not: this is the command for that moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import click
import httpx

from deploy.local.ports import LOOPBACK
from eventlog import condition
from eventlog.mongo.client import Document, connect, database_of
from eventlog.mongo.views import MongoViews
from terbuka.answer import Unreachable, answer, end, for_machines
from terbuka.reach import PROCESS, Reach, away, reached, why
from terbuka.table import table

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]
SECONDS_TO_ANSWER = 5


@click.command()
@for_machines
@reached
def status(reach: Reach, *, as_json: bool) -> None:
    """Show processes, logs, views and queues. Ends with 1 when a process is not ready or a message is parked."""
    found, silent = look(reach)
    answer({**found, "unreachable": silent}, text(found), as_json=as_json)
    if silent:
        raise Unreachable("; ".join(silent))
    end(fault=faulty(found))


def faulty(found: Mapping[str, Rows]) -> bool:
    """Whether somebody has to do something."""
    unready = any(row["ready"] not in (None, "yes") for row in found["processes"])
    return unready or any(row["parked"] for row in found["queues"])


def look(reach: Reach) -> tuple[Tables, list[str]]:
    """Everything there is to see, as tables, and what does not answer."""
    found: Tables = {}
    silent: list[str] = []
    for part in (_programs, _database, _broker):
        try:
            found.update(part(reach))
        except Exception as error:
            if not away(error):
                raise
            silent.append(why(error))
    return found, silent


def _programs(reach: Reach) -> Tables:
    return {"processes": list(processes(reach))}


def _database(reach: Reach) -> Tables:
    given = reach.settings("register")
    client, prefix = connect(given["mongo_uri"], PROCESS), given["database_prefix"]
    register = database_of(client, "register", prefix)
    return {
        "logs": condition.logs(client, prefix),
        "views": condition.numbered_logs(client, prefix),
        "open requests": list(_open(MongoViews(client, register, ()))),
    }


def _broker(reach: Reach) -> Tables:
    return {"queues": list(condition.queues(reach.settings("register")["amqp_uri"]))}


def processes(reach: Reach) -> Iterator[dict[str, Any]]:
    """The processes of a local stack; `ready` is None for servers, which answer no /readyz."""
    for name, pid in reach.record.get("processes", {}).items():
        port = port_of(reach, name)
        yield {"process": name, "pid": pid, "ready": None if port is None else readiness(port)}


def readiness(port: int) -> str:
    """`yes`, or what keeps a process from being ready."""
    try:
        found = httpx.get(f"http://{LOOPBACK}:{port}/readyz", timeout=SECONDS_TO_ANSWER)
    except httpx.TransportError as error:
        return f"NO: {type(error).__name__}"
    if found.status_code == HTTPStatus.OK:
        return "yes"
    return f"NO: {', '.join(_failing(found)) or found.status_code}"


def _failing(answered: httpx.Response) -> list[str]:
    try:
        checks: dict[str, bool] = answered.json()["checks"]
    except (ValueError, KeyError, TypeError):
        return []
    return [name for name, holds in checks.items() if not holds]


def port_of(reach: Reach, name: str) -> int | None:
    """Where one of our own programs answers: the first number on its command line, as its launch file has it."""
    if reach.folder is None:
        return None
    file = reach.folder / "launch" / f"{name}.json"
    argv = json.loads(file.read_text(encoding="utf-8"))["argv"] if file.exists() else []
    if "-m" not in argv:
        return None
    numbers = (part.rpartition(":")[2] for part in argv)
    return next((int(number) for number in numbers if number.isdigit()), None)


def _open(views: MongoViews) -> Iterator[Document]:
    stages: list[Document] = [
        {"$match": {"open": True}},
        {"$group": {"_id": "$state", "requests": {"$sum": 1}}},
        {"$sort": {"_id": 1}},
    ]
    for row in views.collection("requests").aggregate(stages):
        yield {"open requests": row["_id"], "requests": row["requests"]}


def text(found: Mapping[str, Rows]) -> str:
    """The tables one below the other; an empty one is left out."""
    parts = [
        table(tuple(rows[0]), [tuple(row.values()) for row in rows])
        for rows in found.values()
        if rows
    ]
    return "\n\n".join(parts)
