"""What operations see of the requests: how many are open, in which state, and how many are late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from pymongo.collection import Collection

from contracts.local import local_day
from telemetry import metrics


def measure_requests(requests: Collection[dict[str, Any]]) -> None:
    """Set the gauges from the index of open requests."""
    found = requests.aggregate(
        [{"$match": {"open": True}}, {"$group": {"_id": "$state", "n": {"$sum": 1}}}]
    )
    _set({row["_id"]: row["n"] for row in found})
    today = local_day(datetime.now(UTC)).isoformat()
    late = requests.count_documents({"open": True, "due_on": {"$lt": today}})
    metrics.OVERDUE_REQUESTS.set(late)


def _set(counts: Mapping[str, int], states: Iterable[str] = ()) -> None:
    metrics.OPEN_REQUESTS.clear()
    for state in {*counts, *states}:
        metrics.OPEN_REQUESTS.labels(state).set(counts.get(state, 0))
