"""Asking ClamAV whether a file is harmful: clamd's INSTREAM over a unix socket or TCP.

It fails closed: no scanner, or one that does not answer, finds nothing clean. A file is then kept as not scanned.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import structlog

from contracts.attachments import INFECTED, NOT_SCANNED, SCANNED
from telemetry import metrics

log = structlog.get_logger()
_BLOCK = 64 * 1024
_MOST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of words.SCANS, and what the scanner calls what it found."""

    scanned: str
    found: str | None = None


UNSCANNED = Verdict(NOT_SCANNED)
Scan = Callable[[IO[bytes]], Verdict]


def scanner(address: str, seconds: float) -> Scan:
    """The scanner at `unix:/path` or `host:port`; "" for none. `seconds` is how long it may be silent."""

    def scan(file: IO[bytes]) -> Verdict:
        verdict = _asked(address, seconds, file) if address else UNSCANNED
        metrics.FILES_SCANNED.labels(verdict.scanned).inc()
        return verdict

    return scan


def _asked(address: str, seconds: float, file: IO[bytes]) -> Verdict:
    try:
        with _connected(address, seconds) as line:
            return _verdict(_answer(line, file))
    except OSError as error:
        log.warning("scanner_failed", error=repr(error))
        return UNSCANNED


def _connected(address: str, seconds: float) -> socket.socket:
    kind, _, path = address.partition(":")
    if kind != "unix":
        host, _, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=seconds)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(seconds)
    try:
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket, file: IO[bytes]) -> str:
    """Send the file in blocks, each behind its length, an empty one last; what is said of it."""
    file.seek(0)
    line.sendall(b"zINSTREAM\0")
    while block := file.read(_BLOCK):
        line.sendall(struct.pack("!L", len(block)) + block)
    line.sendall(struct.pack("!L", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _MOST_ANSWER:
        more = line.recv(_MOST_ANSWER)
        if not more:
            raise ConnectionError("the scanner broke off")
        answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace")


def _verdict(answer: str) -> Verdict:
    said = answer.partition(": ")[2]
    if said == "OK":
        return Verdict(SCANNED)
    if said.endswith(" FOUND"):
        return Verdict(INFECTED, said.removesuffix(" FOUND")[:200])
    log.warning("scanner_failed", error=answer)
    return UNSCANNED
