"""What changes the law of the demonstration: election stages for one request, and a day off declared after it had passed.

Both follow from the day on which a row came in, so that playing again says the same. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from contracts.local import local_day
from contracts.roles import ADMINISTRATOR
from terbuka.demo.desk import Order
from terbuka.demo.paths import DAYS_TO_DAY_OFF, STAGES_LAST
from terbuka.demo.rows import Row

ELECTION = "election"
# The row that asks for election information in the stages: its clock is the short one.
IN_STAGES = 23
# A row left open: the day off lies in its days, and in those of others that wait.
WAITING = 36
DECREE = "Keputusan Gubernur DKI Jakarta (contoh)"


def before_requests(rows: Iterable[Row]) -> Iterator[Order]:
    """What is in force when the requests come in."""
    return (
        Order(ADMINISTRATOR, "/rules", stages(row), "demo-stages")
        for row in rows
        if row.number == IN_STAGES
    )


def after_requests(rows: Iterable[Row]) -> Iterator[Order]:
    """What nobody knew when they came in."""
    return (
        Order(ADMINISTRATOR, "/calendar", day_off(row), "demo-day-off")
        for row in rows
        if row.number == WAITING
    )


def stages(row: Row) -> dict[str, Any]:
    """The stages begin on the day of a row."""
    return {
        "kind": "regime",
        "key": ELECTION,
        "value": {"topics": [ELECTION]},
        "legal_basis": "PKPU tahapan (contoh)",
        "valid_from": local_day(row.received_at).isoformat(),
        "valid_to": local_day(row.received_at + STAGES_LAST).isoformat(),
    }


def day_off(row: Row) -> dict[str, Any]:
    """A working day while a row waited is none any more."""
    day = local_day(row.received_at + DAYS_TO_DAY_OFF).isoformat()
    off = {"date": day, "kind": "local", "day_name": "Hari libur setempat (contoh)"}
    return {"days": [off], "decree": DECREE, "source": "data/README.md"}


def topic(row: Row) -> str | None:
    """What a row is about, where the clock depends on it."""
    return ELECTION if row.number == IN_STAGES else None
