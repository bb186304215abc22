"""A part of the law as it stands, the calendar or the rules, and whether the open clocks follow it yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from contracts.envelope import Event

T = TypeVar("T")
TOLD = 3


@dataclass(frozen=True, slots=True)
class Standing(Generic[T]):
    """`changes` counts what was ever declared, revoked, enacted or ended; `counted` how many of them clocks follow.

    `said` tells of the first few that they do not follow yet, for those whose date moves.
    """

    now: T
    changes: int = 0
    counted: int = 0
    said: tuple[str, ...] = ()

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
            return replace(standing, counted=standing.changes, said=())
        return Standing(
            evolve(standing.now, event),
            standing.changes + 1,
            standing.counted,
            (*standing.said, _told(event))[:TOLD],
        )

    return step


def _told(event: Event) -> str:
    """A change in a few words, as the office would say it."""
    data = event.data
    match event.name:
        case "HolidayDeclared":
            return f"{data['date']} {data['day_name']} ({data['decree']})"
        case "HolidayRevoked":
            return f"{data['date']} dicabut ({data['decree']})"
        case "RuleEnacted":
            return (
                f"{data['kind']} {data['key']} sejak {data['valid_from']} ({data['legal_basis']})"
            )
    return f"{data['kind']} {data['key']} sampai {data['valid_to']}"
