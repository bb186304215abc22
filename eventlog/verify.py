"""Verifying the chain of a numbered log bit by bit, so that an altered line is noticed without anybody asking."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import structlog

from eventlog.chain import GENESIS, Break, first_break
from eventlog.numbered import NumberedLog
from telemetry import metrics

MOST_LINES = 20_000
log = structlog.get_logger()


@dataclass
class ChainWatch:
    """Starts at the first line and comes nearer to the head with every round; stays before the first fault."""

    service: str
    numbered: NumberedLog
    position: int = 0
    hash: str = GENESIS

    def round(self) -> Break | None:
        """Verify some more lines. A fault is logged every time, and the verified position no longer grows."""
        lines = list(islice(self.numbered.lines(self.position), MOST_LINES))
        fault = first_break(lines, self.position, self.hash)
        if fault:
            log.error(
                "chain_broken", service=self.service, position=fault.position, reason=fault.reason
            )
        elif lines:
            self.position, self.hash = lines[-1].position, lines[-1].hash
        metrics.CHAIN_VERIFIED.labels(self.service).set(self.position)
        return fault
