"""What the watches found last, for whoever looks without a metrics server: one document a watch, overwritten each round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pymongo.database import Database

from eventlog.mongo.client import Document

CHAIN, CHECKPOINT, RECONCILED = "chain", "checkpoint", "reconciled"


class Findings:
    """Notes and tells. Losing one does no harm: the next round finds the same again."""

    def __init__(self, database: Database[Document], now: Callable[[], datetime]) -> None:
        self._findings = database["findings"]
        self._now = now

    def note(self, watch: str, **found: Any) -> None:
        """What a watch found just now."""
        self._findings.replace_one({"_id": watch}, {**found, "at": self._now()}, upsert=True)

    def all(self) -> Mapping[str, Document]:
        """What each watch found last, and when (`at`)."""
        return {str(found.pop("_id")): found for found in self._findings.find({})}
