"""What intake knows of the numbers of a year: the blocks on paper forms, and which of them were spoilt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.envelope import Event


@dataclass(frozen=True, slots=True)
class NumbersState:
    """Serials reserved for paper forms, as blocks from first to last. Which were used stands with their requests."""

    blocks: tuple[tuple[int, int], ...] = ()
    void: frozenset[int] = frozenset()

    def reserved(self, serial: int) -> bool:
        """Whether there is a paper form with this serial."""
        return any(first <= serial <= last for first, last in self.blocks)


def evolve_numbers(state: NumbersState, event: Event) -> NumbersState:
    """The numbers of a year after one more event."""
    match event.name:
        case "NumbersReserved":
            return replace(state, blocks=(*state.blocks, (event.data["first"], event.data["last"])))
        case "NumberVoided":
            return replace(state, void=state.void | {event.data["serial"]})
    return state
