"""A numbered log as a file: JSON lines between a header that says what comes and a last line that says what came.

Reading and writing go line by line, so memory stays small. Nothing is put into a log before its chain has been verified.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol, TextIO

from contracts.envelope import MalformedEvent
from eventlog.chain import Line, first_break
from eventlog.upcast import read_event

FORMAT, VERSION = "terbuka-log", 1
BATCH = 1000
Progress = Callable[[int], None]


class Damaged(Exception):
    """The file is not what was exported, or does not belong to this log; or the log to be exported is broken."""


class Target(Protocol):
    """What an import needs of a log."""

    def head(self) -> int:
        """The last position."""

    def hash_at(self, position: int) -> str:
        """The hash of a position; KeyError where there is none."""

    def missing(self, ids: Collection[str]) -> set[str]:
        """Those event ids that the log does not hold."""

    def restore(self, lines: Sequence[Line]) -> None:
        """Put lines back as they were."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file holds: `count` events behind position `after`, whose hash is `previous`."""

    after: int
    previous: str
    count: int


def write(file: TextIO, header: Header, lines: Iterator[Line]) -> None:
    """Write a whole file. `lines` may go on behind what the header says; the rest is left. Raises Damaged."""
    _put(file, {"format": FORMAT, "version": VERSION, **_fields(header)})
    position, hash_ = header.after, header.previous
    for batch in verified(islice(lines, header.count), header):
        for line in batch:
            _put(file, {**_fields(line, "position", "previous", "hash"), "event": line.envelope})
        position, hash_ = batch[-1].position, batch[-1].hash
    _put(file, {"last": position, "hash": hash_})


def verified(lines: Iterator[Line], header: Header) -> Iterator[list[Line]]:
    """Batches of which each was verified as a whole before it is given out. Raises Damaged."""
    position, previous = header.after, header.previous
    while batch := list(islice(lines, BATCH)):
        fault = _fault_of(batch, position, previous)
        if fault:
            raise Damaged(fault)
        yield batch
        position, previous = batch[-1].position, batch[-1].hash


def _fault_of(batch: Sequence[Line], position: int, previous: str) -> str | None:
    try:
        found = first_break(batch, position, previous)
    except UnicodeEncodeError:  # half a character: no event holds one
        return f"behind position {position}: text that no log can hold"
    return f"position {found.position}: {found.reason}" if found else None


def _fields(of: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(of, name) for name in names or of.__dataclass_fields__}


def _put(file: TextIO, value: dict[str, Any]) -> None:
    file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def header_of(file: TextIO) -> Header:
    """The first line. Raises Damaged."""
    found = _object(file.readline(), "the header")
    if found.get("format") != FORMAT or found.get("version") != VERSION:
        raise Damaged(f"no {FORMAT} file of version {VERSION}")
    return Header(*(_value(found, name, "the header") for name in Header.__dataclass_fields__))


def lines_of(file: TextIO, header: Header) -> Iterator[Line]:
    """The events behind the header. Raises Damaged, also when the file ends early or is longer than it says."""
    position, hash_ = header.after, header.previous
    for text in islice(file, header.count):
        line = _line(text, f"the line behind {position}")
        yield line
        position, hash_ = line.position, line.hash
    if _object(file.readline(), "the last line") != {"last": position, "hash": hash_}:
        raise Damaged(f"the file ends at {position}, and not as its last line says")


def _line(text: str, what: str) -> Line:
    found = _object(text, what)
    return Line(*(_value(found, name, what) for name in ("position", "previous", "hash", "event")))


def _object(text: str, what: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Damaged(f"{what} is not JSON") from error
    if not isinstance(found, dict):
        raise Damaged(f"{what} is not an object")
    return found


def _value(found: dict[str, Any], name: str, what: str) -> Any:
    if name not in found:
        raise Damaged(f"{what} has no {name}")
    return found[name]


def put_back(
    header: Header, lines: Iterator[Line], log: Target, progress: Progress = lambda _: None
) -> int:
    """Put a file's events into a log that is empty, ends where they begin, or holds some of them; how many were new.

    Each batch is verified as a whole first. Raises Damaged, and then nothing of the batch at hand was written.
    """
    _require_joint(header, log)
    new = 0
    for batch in verified(lines, header):
        new += _store(batch, log)
        progress(len(batch))
    return new


def _require_joint(header: Header, log: Target) -> None:
    try:
        stored = log.hash_at(header.after)
    except KeyError:
        raise Damaged(
            f"the log ends at {log.head()}, the file begins behind {header.after}"
        ) from None
    if stored != header.previous:
        raise Damaged(f"position {header.after}: the log holds another event than the file follows")


def _store(batch: Sequence[Line], log: Target) -> int:
    """Store what the log does not have. Same hash at the last common position, same everything before: it is a chain."""
    known = [line for line in batch if line.position <= log.head()]
    if known and log.hash_at(known[-1].position) != known[-1].hash:
        raise Damaged(f"position {known[-1].position}: the log holds another event here or before")
    new = batch[len(known) :]
    if new:
        _require_events(new, log)
        log.restore(new)
    return len(new)


def _require_events(lines: Sequence[Line], log: Target) -> None:
    """A chain can be whole and yet hold what is no event, or one twice; neither may come in."""
    ids = {_id_of(line) for line in lines}
    if len(ids) < len(lines) or log.missing(ids) != ids:
        raise Damaged(f"an event between {lines[0].position} and {lines[-1].position} stands twice")


def _id_of(line: Line) -> str:
    try:
        return read_event(line.envelope).id
    except MalformedEvent as fault:
        raise Damaged(f"position {line.position}: {fault}") from fault
