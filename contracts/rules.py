"""The rules of the desk as dated values: days, papers, settings, regimes, grounds, reasons, texts, wordings.

A rule is a value with its legal basis and the days between which it is in force. The first ones stand in
contracts/law/rules.json; an administrator's orders add and end them, as events. Nothing that the law may change is a
constant in code. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contracts.envelope import Event, Fact
from contracts.errors import Rejected

SUBJECT = "rules/office"
# What a request is received by, besides every setting and every list of papers.
_LENGTHS = ("ordinary.", "incompleteness.", "duplicate.")


@dataclass(frozen=True, slots=True)
class Rule:
    """One value and when it is in force; `valid_to` is its last day, None for no end yet."""

    kind: str
    key: str
    value: Mapping[str, Any]
    legal_basis: str
    valid_from: date
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it counts on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def meets(self, other: Rule) -> bool:
        """Whether there is a day on which both would count."""
        ends_before = self.valid_to is not None and self.valid_to < other.valid_from
        begins_after = other.valid_to is not None and other.valid_to < self.valid_from
        return not (ends_before or begins_after)

    @property
    def receives(self) -> bool:
        """Whether a request cannot be received without it."""
        lengths = self.kind == "days" and self.key.startswith(_LENGTHS)
        return lengths or self.kind in ("documents", "setting")


@dataclass(frozen=True, slots=True)
class GivesWay:
    """What is left of a period that a new rule meets: until a day before it, and from a day after it."""

    valid_from: date
    until: date | None
    resumes_on: date | None


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules there ever were."""

    periods: tuple[Rule, ...] = ()

    def find(self, kind: str, key: str, on: date) -> Rule | None:
        """The rule in force on a day, None where there is none."""
        return next(
            (
                rule
                for rule in self.periods
                if (rule.kind, rule.key) == (kind, key) and rule.in_force(on)
            ),
            None,
        )

    def get(self, kind: str, key: str, on: date) -> Rule:
        """The rule in force on a day. Raises Rejected where there is none."""
        found = self.find(kind, key, on)
        if found is None:
            raise Rejected("rule_missing", f"No rule {kind} {key} is in force on {on.isoformat()}.")
        return found

    def days(self, key: str, on: date) -> Rule:
        """The rule that says how long something takes: its value is {"count": n, "unit": ...}."""
        return self.get("days", key, on)

    def keys(self, kind: str, on: date) -> tuple[str, ...]:
        """What is in force of a kind."""
        return tuple(rule.key for rule in self.periods if rule.kind == kind and rule.in_force(on))

    def begins(self) -> date:
        """The first day on which a request can be received: from then on everything is in force that it needs."""
        first: dict[tuple[str, str], date] = {}
        for rule in self.periods:
            if rule.receives:
                at = (rule.kind, rule.key)
                first[at] = min(rule.valid_from, first.get(at, rule.valid_from))
        return max(first.values(), default=date.min)

    def enacted(self, rule: Rule, gives_way: Iterable[GivesWay] = ()) -> Rules:
        """With one more, to which others of its key give way."""
        cut = {(rule.kind, rule.key, each.valid_from): each for each in gives_way}
        kept = (
            left
            for old in self.periods
            for left in _left(old, cut.get((old.kind, old.key, old.valid_from)))
        )
        return Rules((*kept, rule))

    def ended(self, kind: str, key: str, valid_from: date, valid_to: date) -> Rules:
        """With an end for one of them."""
        wanted = (kind, key, valid_from)
        return Rules(
            tuple(
                replace(rule, valid_to=valid_to)
                if (rule.kind, rule.key, rule.valid_from) == wanted
                else rule
                for rule in self.periods
            )
        )


def _left(old: Rule, cut: GivesWay | None) -> Iterator[Rule]:
    """What is left of a period."""
    if cut is None:
        yield old
        return
    if cut.until:
        yield replace(old, valid_to=cut.until)
    if cut.resumes_on:
        yield replace(old, valid_from=cut.resumes_on)


def evolve_rules(rules: Rules, event: Event | Fact) -> Rules:
    """The rules after one more event, or after a fact that is only thought of."""
    data = event.data
    match event.name:
        case "RuleEnacted":
            return rules.enacted(rule_of(data), map(_gives_way, data.get("gives_way") or ()))
        case "RuleEnded":
            first, last = (
                date.fromisoformat(data["valid_from"]),
                date.fromisoformat(data["valid_to"]),
            )
            return rules.ended(data["kind"], data["key"], first, last)
    return rules


def _gives_way(data: Mapping[str, Any]) -> GivesWay:
    until, resumes_on = (
        date.fromisoformat(data[name]) if data[name] else None for name in ("until", "resumes_on")
    )
    return GivesWay(date.fromisoformat(data["valid_from"]), until, resumes_on)


def rule_of(data: Mapping[str, Any]) -> Rule:
    """A rule from its JSON form."""
    until = data.get("valid_to")
    return Rule(
        kind=data["kind"],
        key=data["key"],
        value=data["value"],
        legal_basis=data["legal_basis"],
        valid_from=date.fromisoformat(data["valid_from"]),
        valid_to=date.fromisoformat(until) if until else None,
    )


def rules_of(rows: Iterable[Mapping[str, Any]]) -> Rules:
    """Rules from their JSON form."""
    return Rules(tuple(rule_of(row) for row in rows))
