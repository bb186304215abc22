"""The table of results: each row with its reference, the ratio and the target, and what to say when it is missed."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from statistics import median

LIBRARIES = ("nameko", "eventlet", "kombu", "amqp", "pymongo", "pymongocrypt", "marshmallow")


@dataclass(frozen=True, slots=True)
class Row:
    """One measured line. `target` is the least ratio that is good enough; None where the text says it."""

    what: str
    ours: str
    reference: str
    ratio: float | None
    target: str
    held: bool
    notes: tuple[str, ...] = field(default=())


def middle(values: Sequence[float]) -> float:
    """The median: one slow or one lucky run must not move a result."""
    return median(values)


def markdown(rows: Iterable[Row]) -> str:
    """The table as it stands in the documents."""
    lines = ["| what | ours | reference | ratio | target | held |", "|---|---|---|---|---|---|"]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}x"
        held = "yes" if row.held else "**no**"
        lines.append(
            f"| {row.what} | {row.ours} | {row.reference} | {ratio} | {row.target} | {held} |"
        )
    return "\n".join(lines)


def machine() -> str:
    """What it was measured on."""
    processor = next(
        (line.split(":")[1].strip() for line in _lines("lscpu") if line.startswith("Model name")),
        "unknown",
    )
    count = next(
        (line.split(":")[1].strip() for line in _lines("lscpu") if line.startswith("CPU(s)")), "?"
    )
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return f"{count} x {processor}; Python {platform.python_version()}; {libraries}; RabbitMQ 3.10, MongoDB 6.0.5"


def _lines(program: str) -> list[str]:
    return subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
