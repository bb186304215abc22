"""A part of the law as it stands, the calendar or the rules, and whether the open clocks follow it yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from contracts.envelope import Event

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Standing(Generic[T]):
    """`changes` counts what was ever declared, revoked, enacted or ended; `counted` how many of them clocks follow."""

    now: T
    changes: int = 0
    counted: int = 0

    @property
    def pending(self) -> bool:
        """Whether open clocks may still follow what stood before."""
        return self.counted < self.changes


def evolve_standing(
    evolve: Callable[[T, Event], T],
) -> Callable[[Standing[T], Event], Standing[T]]:
    """How a part of the law goes on, told how the part itself does."""

    def step(standing: Standing[T], event: Event) -> Standing[T]:
        if event.name == "ClocksRecomputed":
            return replace(standing, counted=standing.changes)
        return Standing(evolve(standing.now, event), standing.changes + 1, standing.counted)

    return step
