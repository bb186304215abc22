"""What a service may decide: facts, facts that need the next numbers of a series, or facts that use up one number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.envelope import Fact


@dataclass(frozen=True, slots=True)
class Numbered:
    """Facts that need the next numbers of a series; the first is known only when they are written."""

    series: str
    facts: Callable[[int], Sequence[Fact]]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Claimed:
    """Facts that use up one given number of a series. Writing them raises Taken when somebody else has."""

    series: str
    number: int
    facts: Sequence[Fact]


Decision = Sequence[Fact] | Numbered | Claimed


def taken_by(decision: Decision) -> tuple[Callable[[int], Sequence[Fact]], dict[str, Any]]:
    """The facts by number, and which numbers of which series they take."""
    match decision:
        case Numbered(series, facts, count):
            return facts, {"series": series, "count": count}
        case Claimed(series, number, claimed):
            return lambda _: claimed, {"series": series, "claim": number}
    return lambda _: decision, {}
