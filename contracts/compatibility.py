"""What may change in a released message. Everything else is a new version.

Optional fields may be added, closed lists may grow (docs/decisions/0012), and notes for people may be reworded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_NOTES = frozenset({"title", "description"})
_LOOKED_INTO = frozenset({"properties", "items", "required"})


def breaks(
    released: Mapping[str, Any], current: Mapping[str, Any], at: str = "message"
) -> tuple[str, ...]:
    """What a reader or a writer of the released JSON Schema could stumble over; empty when all is well."""
    return tuple(_breaks(released, current, at))


def _breaks(released: Mapping[str, Any], current: Mapping[str, Any], at: str) -> Iterator[str]:
    for word in sorted((released.keys() | current.keys()) - _NOTES - _LOOKED_INTO):
        if word == "enum" and _grown(released.get(word), current.get(word)):
            continue
        if released.get(word) != current.get(word):
            yield f"{at}: {word} was {released.get(word)!r}, is {current.get(word)!r}"
    yield from _required(released, current, at)
    yield from _properties(released.get("properties", {}), current.get("properties", {}), at)
    if "items" in released or "items" in current:
        yield from _breaks(released.get("items", {}), current.get("items", {}), f"{at}[]")


def _grown(released: object, current: object) -> bool:
    """Whether a closed list still has every word that was released."""
    if not (isinstance(released, list) and isinstance(current, list)):
        return False
    return set(released) <= set(current)


def _required(released: Mapping[str, Any], current: Mapping[str, Any], at: str) -> Iterator[str]:
    before, now = set(released.get("required", ())), set(current.get("required", ()))
    yield from (f"{at}.{name} became required" for name in sorted(now - before))
    yield from (f"{at}.{name} became optional" for name in sorted(before - now))


def _properties(released: Mapping[str, Any], current: Mapping[str, Any], at: str) -> Iterator[str]:
    for name, schema in released.items():
        if name in current:
            yield from _breaks(schema, current[name], f"{at}.{name}")
        else:
            yield f"{at}.{name} was taken away"
