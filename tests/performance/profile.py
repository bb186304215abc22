"""Where processor time goes: seconds of each process between two looks, a thousandth of an order each."""

from __future__ import annotations

from collections.abc import Iterable

import psutil

from deploy.local.stack import Stack


def seconds_used(stack: Stack, others: Iterable[tuple[str, int]] = ()) -> dict[str, float]:
    """Processor seconds of each process so far, this one too."""
    pids = {**stack.supervisor.pids(), **dict(others), "callers": psutil.Process().pid}
    return {name: sum(psutil.Process(pid).cpu_times()[:2]) for name, pid in pids.items()}


def shares(before: dict[str, float], after: dict[str, float], orders: int) -> str:
    """Processor milliseconds an order, by process."""
    spent = {name: 1000 * (after[name] - before.get(name, 0)) / orders for name in after}
    parts = [
        f"{name} {value:.2f}"
        for name, value in sorted(spent.items(), key=lambda at: -at[1])
        if value > 0.04
    ]
    return f"{', '.join(parts)}; together {sum(spent.values()):.2f} ms of processor time an order"
