"""Where the system is: a local stack by its run.json, any other by the variables that its own processes read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

import click
import httpx

from deploy.local.addresses import Addresses
from deploy.local.ports import Ports
from deploy.local.processes import environment_of
from deploy.local.supervisord import ROOT
from deploy.local.waiting import TooLate
from eventlog import settings
from eventlog.broker import BROKEN
from eventlog.lot import reasons_of
from eventlog.mongo.client import connect, unavailable
from eventlog.parking import Reasons
from eventlog.pipeline import NotPublished
from eventlog.settings import Settings
from eventlog.store import Store, open_store
from terbuka.answer import Unreachable

DEFAULT = ROOT / "var" / "run.json"
PROCESS = "terbuka"  # how the database's own log names us
_AWAY = (*BROKEN, httpx.TransportError, NotPublished, TooLate)


@dataclass(frozen=True, slots=True)
class Reach:
    """A system that can be asked. `record` is a local stack's run.json, `folder` where it lies; empty for any other."""

    environment: Mapping[str, str]
    record: Mapping[str, Any] = field(default_factory=dict)
    folder: Path | None = None

    def settings(self, service: str) -> Settings:
        """A service's settings, as its own processes see them."""
        return settings.load(service, self.environment)

    def store(self, service: str) -> Store:
        """A service's stores."""
        return open_store(self.settings(service), PROCESS)

    def reasons(self) -> dict[str, Reasons]:
        """Why messages were parked, by the service that could not handle them."""
        given = self.settings("register")
        return reasons_of(connect(given["mongo_uri"], PROCESS), given["database_prefix"])

    def variable(self, name: str) -> str:
        """One variable. Raises MissingSetting."""
        return settings.fill(f"${{{name}}}", self.environment)


def find(run: Path | None, environment: Mapping[str, str] = os.environ) -> Reach:
    """The system that `run` describes; without it the local stack if one runs, else what the environment says.

    An environment that names other servers than the local stack's is meant so.
    """
    path = run or DEFAULT
    if not path.exists():
        if run is not None:
            raise Unreachable(f"no stack runs there: {run} does not exist")
        return Reach(environment)
    record = _record(path)
    if run is None and _elsewhere(record, environment):
        return Reach(environment)
    addresses = Addresses(path.resolve().parent, record["amqp"], record["mongo"], Ports())
    # only what its processes were told: a variable left over in the shell would lead elsewhere
    return Reach(environment_of(addresses), record, addresses.folder)


def _elsewhere(record: Mapping[str, Any], environment: Mapping[str, str]) -> bool:
    own = {
        "TERBUKA_MONGO_URI": record["mongo"],
        "TERBUKA_AMQP_URI": record["amqp"],
        "TERBUKA_DATABASE_PREFIX": "terbuka",
    }
    return any((environment.get(name) or value) != value for name, value in own.items())


def _record(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.UsageError(f"{path} is no run.json: {error}") from error
    lacking = {"gateway", "tokens", "amqp", "mongo", "processes"} - set(record)
    if lacking:
        raise click.UsageError(f"{path} is no run.json: {', '.join(sorted(lacking))} missing")
    return record


def away(error: Exception) -> bool:
    """Whether an error means that a part of the system does not answer. A fault of a file is an OSError too, but with its name."""
    a_file = isinstance(error, OSError) and error.filename is not None
    return not a_file and (isinstance(error, _AWAY) or unavailable(error))


def why(error: Exception) -> str:
    """What does not answer, in one line; the drivers tell long stories."""
    said = str(error).strip().splitlines()
    first = said[0].partition(", Timeout:")[0] if said else "no reason given"
    return f"cannot reach the system: {type(error).__name__}: {first}"


def _choose(context: click.Context, _: click.Parameter, run: Path | None) -> None:
    if run is not None:
        context.obj = find(run)


run_option = click.option(
    "--run",
    type=click.Path(path_type=Path),
    expose_value=False,
    is_eager=True,
    callback=_choose,
    help="run.json of a local stack (var/run.json if it is there).",
)


def reached(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the system; `--run` may stand before or behind the command's name."""

    @click.pass_context
    @wraps(command)
    def with_reach(context: click.Context, *given: Any, **options: Any) -> Any:
        return context.invoke(command, context.obj or find(None), *given, **options)

    return run_option(with_reach)
