"""`terbuka generate`: writes everything that is made from the contracts, and refuses to change what was released."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from contracts import document, topology
from contracts.catalogue import EVENTS
from contracts.commands import COMMANDS
from contracts.compatibility import breaks
from contracts.jsonschema import command_schema, event_schema
from terbuka.answer import Fault, answer, end, for_machines

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = Path("contracts/schemas")
Files = Mapping[Path, str]


def files() -> Files:
    """Every generated file, by its path in the project."""
    return {
        **schemas(),
        Path("deploy/rabbitmq/definitions.json"): _json(topology.definitions()),
        Path("docs/events.md"): document.events_page(),
        Path("docs/commands.md"): document.commands_page(),
    }


def schemas() -> Files:
    """The JSON Schemas, by their paths."""
    events = {
        SCHEMAS / each.service / f"{each.name}.v{each.version}.json": _json(event_schema(each))
        for each in EVENTS.values()
    }
    orders = {
        SCHEMAS / "commands" / f"{each.name}.json": _json(command_schema(each))
        for each in COMMANDS.values()
    }
    return {**events, **orders}


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def stale(root: Path) -> tuple[str, ...]:
    """The files that are missing or not as the contracts would make them now."""
    return tuple(
        str(path)
        for path, text in files().items()
        if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text
    )


def broken(root: Path) -> tuple[str, ...]:
    """What the contracts have changed in messages whose schema is there already, and may not."""
    return tuple(_broken(root, schemas()))


def _broken(root: Path, current: Files) -> Iterator[str]:
    for found in sorted((root / SCHEMAS).rglob("*.json")):
        path = found.relative_to(root)
        if path not in current:
            yield f"{path}: in no catalogue any more"
            continue
        released = json.loads(found.read_text(encoding="utf-8"))
        for fault in breaks(released, json.loads(current[path])):
            yield f"{path}: {fault}"


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; list what is stale and end with 1.")
@click.option("--root", type=click.Path(path_type=Path, exists=True), default=ROOT, hidden=True)
@for_machines
def generate(root: Path, *, check: bool, as_json: bool) -> None:
    """Write JSON Schemas, broker definitions and docs from the contracts.

    A released message may only gain optional fields; for anything else add a version and an upcast. If it was never
    released, delete its schema file first.
    """
    faults = broken(root)
    if faults:
        raise Fault("a released message would change:\n" + "\n".join(faults))
    changed = stale(root)
    if not check:
        _write(root, changed)
    done = "stale" if check else "written"
    text = "\n".join(f"{done}: {path}" for path in changed) or "everything is as the contracts say"
    answer({done: list(changed)}, text, as_json=as_json)
    end(fault=check and bool(changed))


def _write(root: Path, changed: tuple[str, ...]) -> None:
    for path, text in files().items():
        if str(path) in changed:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
