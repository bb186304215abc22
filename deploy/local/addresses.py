"""Where the parts of one local stack are reached, and which of them somebody else runs."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.ports import LOOPBACK, Ports


@dataclass(frozen=True)
class Addresses:
    """What a process of the stack may need to find the others."""

    folder: Path
    amqp: str
    mongo: str
    ports: Ports

    @property
    def gateway(self) -> str:
        """Where people open it."""
        return f"http://{LOOPBACK}:{self.ports.gateway}"


@dataclass(frozen=True)
class Given:
    """Servers that already run: they are used, never started, never stopped."""

    amqp: str | None = None
    mongo: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Given":
        """Read TERBUKA_AMQP_URI and TERBUKA_MONGO_URI; empty means not given."""
        return cls(
            environment.get("TERBUKA_AMQP_URI") or None,
            environment.get("TERBUKA_MONGO_URI") or None,
        )
