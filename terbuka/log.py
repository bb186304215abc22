"""`terbuka log`: looks at the register's numbered log, verifies it, signs where it stands, and moves it as a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import Any, TextIO

import click
from pymongo.errors import BulkWriteError

from eventlog.chain import Line, first_break
from eventlog.mongo.findings import CHECKPOINT, Findings
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.store import utc_now
from terbuka import archive, checkpoints
from terbuka.answer import Fault, answer, end, for_machines, in_json, progress
from terbuka.reach import Reach, reached

LOOK_SECONDS = 0.5
SERVICE = "register"
EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)
POSITION = click.IntRange(min=0)


@click.group()
def log() -> None:
    """The register's numbered log of all events."""


@log.command()
@click.option("-n", "count", type=click.IntRange(min=0), default=20, show_default=True)
@click.option("--follow", is_flag=True, help="Go on with what comes, until Ctrl-C.")
@for_machines
@reached
def tail(reach: Reach, count: int, *, follow: bool, as_json: bool) -> None:
    """Show the newest events; in JSON one a line, with all they hold."""
    numbered = reach.store(SERVICE).numbered
    position = max(0, numbered.head() - count)
    with suppress(KeyboardInterrupt):  # how following ends
        for line in _behind(numbered, position, follow=follow):
            click.echo(in_json(_shown(line)) if as_json else _line(line))


def _behind(numbered: MongoNumberedLog, position: int, *, follow: bool) -> Iterator[Line]:
    while True:
        for line in numbered.lines(position):
            yield line
            position = line.position
        if not follow:
            return
        sleep(LOOK_SECONDS)


def _shown(line: Line) -> dict[str, Any]:
    return {"position": line.position, "hash": line.hash, "event": line.envelope}


def _line(line: Line) -> str:
    """Nothing of what people typed: a terminal's history is no place for it."""
    event = line.envelope
    name = ".".join(event["type"].split(".")[2:])
    return f"{line.position:>8}  {event['time']}  {name}  {event['subject']}  {event['actor']}"


@log.command()
@click.option("--from", "after", type=POSITION, default=0, help="Trust everything up to here.")
@click.option("--checkpoint", "file", type=EXISTING, help="A signed checkpoint to compare with.")
@click.option("--public-key", type=EXISTING, help="PEM; else the one of our own signing key.")
@for_machines
@reached
def verify(
    reach: Reach, after: int, file: Path | None, public_key: Path | None, *, as_json: bool
) -> None:
    """Verify the hash chain, and that a signed checkpoint still holds."""
    numbered = reach.store(SERVICE).numbered
    faults = list(_faults(reach, numbered, after, file, public_key))
    head = numbered.head()
    text = "\n".join(faults) or f"the chain holds from {after} to {head}"
    answer({"from": after, "head": head, "faults": faults}, text, as_json=as_json)
    end(fault=bool(faults))


def _faults(
    reach: Reach, numbered: MongoNumberedLog, after: int, file: Path | None, public: Path | None
) -> Iterator[str]:
    if file:
        key = (
            checkpoints.public_key(public)
            if public
            else checkpoints.private_key(Path(reach.variable(checkpoints.VARIABLE))).public_key()
        )
        fault = checkpoints.fault_of(checkpoints.read(file), numbered, key)
        yield from [fault] if fault else []
    broken = first_break(_counted(numbered, after), after, _hash_at(numbered, after))
    yield from [f"position {broken.position}: {broken.reason}"] if broken else []


def _counted(numbered: MongoNumberedLog, after: int) -> Iterator[Line]:
    with progress("verifying", numbered.head() - after) as advance:
        for line in numbered.lines(after):
            yield line
            advance(1)


def _hash_at(numbered: MongoNumberedLog, position: int) -> str:
    try:
        return numbered.hash_at(position)
    except KeyError:
        raise Fault(f"the log has no position {position}") from None


@log.command()
@click.option("--out", type=click.Path(path_type=Path), help="A file, instead of standard output.")
@for_machines
@reached
def checkpoint(reach: Reach, out: Path | None, *, as_json: bool) -> None:
    """Sign where the log stands now. Keep it elsewhere: it is what shows that a log was rewritten."""
    key = checkpoints.private_key(Path(reach.variable(checkpoints.VARIABLE)))
    store = reach.store(SERVICE)
    signed = checkpoints.signed_now(store.numbered, datetime.now(UTC), key)
    Findings(store.database, utc_now).note(CHECKPOINT, position=signed.position)
    if out is None:
        click.echo(signed.to_json())
        return
    out.write_text(signed.to_json() + "\n", encoding="utf-8")
    said = f"signed position {signed.position} into {out}"
    answer({"position": signed.position, "file": out}, said, as_json=as_json)


@log.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--from", "after", type=POSITION, default=0, help="Leave out all up to here.")
@for_machines
@reached
def export(reach: Reach, file: Path, after: int, *, as_json: bool) -> None:
    """Write the log to a file of JSON lines. It holds what people typed: keep it like the database."""
    numbered = reach.store(SERVICE).numbered
    head = numbered.head()
    header = archive.Header(after, _hash_at(numbered, after), head - after)
    try:
        with _whole(file) as draft, progress("exporting", header.count) as advance:
            archive.write(draft, header, _advancing(numbered.lines(after), advance))
    except archive.Damaged as damaged:
        raise Fault(f"{damaged}; nothing was exported") from damaged
    said = f"{header.count} events in {file}, the last at {head}"
    answer({"file": file, "count": header.count, "head": head}, said, as_json=as_json)


def _advancing(lines: Iterator[Line], advance: archive.Progress) -> Iterator[Line]:
    for line in lines:
        yield line
        advance(1)


@contextmanager
def _whole(file: Path) -> Iterator[TextIO]:
    """A file that is there as a whole or not at all, for its owner only."""
    draft = file.with_name(f"{file.name}.draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        with draft.open("w", encoding="utf-8") as opened:
            yield opened
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


@log.command("import")
@click.argument("file", type=EXISTING)
@for_machines
@reached
def import_(reach: Reach, file: Path, *, as_json: bool) -> None:
    """Put an exported log back: into an empty log, or exactly where this one ends. Lines that are there are passed over."""
    store = reach.store(SERVICE)
    store.numbered.prepare()
    with file.open(encoding="utf-8") as opened:
        new, head = _put_back(opened, store.numbered)
    answer({"new": new, "head": head}, f"{new} new events, the last at {head}", as_json=as_json)


def _put_back(opened: TextIO, numbered: MongoNumberedLog) -> tuple[int, int]:
    try:
        header = archive.header_of(opened)
        with progress("importing", header.count) as advance:
            lines = archive.lines_of(opened, header)
            new = archive.put_back(header, lines, numbered, advance)
    except (archive.Damaged, UnicodeDecodeError) as damaged:
        raise Fault(f"{damaged}; the log ends at {numbered.head()}") from damaged
    except BulkWriteError as error:  # a running ingest numbers events too
        raise Fault(f"somebody else writes to the log, which ends at {numbered.head()}") from error
    return new, numbered.head()
