"""What the stack runs: programs, and the tiers in which they start and stop."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Process:
    """One program, run until the stack stops.

    `environment` is all it gets besides PATH, HOME, LANG and the stack's mark. `stop_seconds` is its time to end cleanly after
    SIGTERM, then its whole process group is killed. `port` is where it answers /readyz (None: it serves no HTTP).
    """

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_seconds: int = 10
    port: int | None = None


@dataclass(frozen=True)
class Tier:
    """Processes that start together. A later tier starts after, and stops before, the earlier ones."""

    name: str
    processes: tuple[Process, ...]
