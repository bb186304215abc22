"""The rules of the desk as dated values: days, papers, settings, regimes, grounds, reasons, texts.

A rule is a value with its legal basis and the days between which it is in force. The first ones stand in
contracts/law/rules.json; an administrator's orders add and end them, as events. Nothing that the law may change is a
constant in code. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contracts.envelope import Event
from contracts.errors import Rejected

SUBJECT = "rules/office"


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

    def enacted(self, rule: Rule) -> Rules:
        """With one more."""
        return Rules((*self.periods, rule))

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


def evolve_rules(rules: Rules, event: Event) -> Rules:
    """The rules after one more event."""
    data = event.data
    match event.name:
        case "RuleEnacted":
            return rules.enacted(rule_of(data))
        case "RuleEnded":
            first, last = (
                date.fromisoformat(data["valid_from"]),
                date.fromisoformat(data["valid_to"]),
            )
            return rules.ended(data["kind"], data["key"], first, last)
    return rules


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
