"""The days on which rules are in force: where the office would have none it needs, and what gives way to a new one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from contracts.rules import Rule, Rules
from services.escalation import clock

Need = tuple[str, str]
Gap = tuple[date, date | None]
_ARTICLE = 2  # grounds are known by article and letter: 17a, 35c


def need_of(rule: Rule) -> Need | None:
    """What must be in force every day: its own key, or any of its set of grounds or reasons; None for what may end."""
    if rule.kind == "regime":
        return None
    if rule.kind == "ground":
        return rule.kind, rule.key[:_ARTICLE]
    return rule.kind, "" if rule.kind == "reason" else rule.key


def lengths_of(regime: str, rules: Rules) -> tuple[str, ...]:
    """The lengths that a regime counts by."""
    keys = {rule.key for rule in rules.periods if rule.kind == "days"}
    return tuple(sorted(key for key in keys if key.startswith(f"{regime}.")))


def gaps(rules: Rules, need: Need) -> tuple[Gap, ...]:
    """The days, since its first, on which nothing is in force that would meet a need."""
    periods = [rule for rule in rules.periods if need_of(rule) == need]
    return tuple(_gaps(sorted(periods, key=lambda rule: rule.valid_from)))


def _gaps(periods: list[Rule]) -> Iterator[Gap]:
    reached = periods[0].valid_from if periods else date.max
    for rule in periods:
        if rule.valid_from > reached:
            yield reached, clock.days_after(rule.valid_from, -1)
        if rule.valid_to in (None, date.max):
            return
        reached = max(reached, clock.days_after(rule.valid_to or date.max, 1))
    if periods:
        yield reached, None


def opened(rule: Rule, before: Rules, after: Rules) -> Gap | None:
    """The first gap that a change about a rule opens; an old one may become smaller."""
    need = need_of(rule)
    if need is None:
        return None
    known = gaps(before, need)
    return next((gap for gap in gaps(after, need) if not any(_in(gap, old) for old in known)), None)


def _in(gap: Gap, other: Gap) -> bool:
    return other[0] <= gap[0] and (gap[1] or date.max) <= (other[1] or date.max)


def gives_way(rule: Rule, rules: Rules) -> Iterator[Mapping[str, Any]]:
    """What is left of each period of the same key that a new rule meets."""
    for other in rules.periods:
        if (other.kind, other.key) == (rule.kind, rule.key) and rule.meets(other):
            earlier = other.valid_from < rule.valid_from
            until = clock.days_after(rule.valid_from, -1) if earlier else None
            yield {
                "valid_from": other.valid_from.isoformat(),
                "until": until and until.isoformat(),
                "resumes_on": _resumes(rule.valid_to, other.valid_to),
            }


def _resumes(new: date | None, old: date | None) -> str | None:
    """The day on which the old rule goes on, where it lasts longer than the new."""
    if new is None or new >= (old or date.max):
        return None
    return clock.days_after(new, 1).isoformat()
