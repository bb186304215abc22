"""What escalation decides about the rules: put in force, replaced and ended, so that no day is ever without one it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.rules import Rule, Rules, evolve_rules, rule_of
from services.escalation.decide.values import require_value
from services.escalation.periods import gives_way, lengths_of, opened
from services.escalation.state import Standing


def enact_rule(command: Command, rules: Standing[Rules], _: datetime) -> tuple[Fact, ...]:
    """Put a rule in force for a time in which no other of its key is, or in which it replaces what is."""
    data = {name: value for name, value in command.data.items() if name != "replaces"}
    rule = rule_of(data)
    _require_order(rule.valid_from, rule.valid_to)
    require_value(rule, rules.now)
    _require_lengths(rule, rules.now)
    replaced = {}
    if command.data.get("replaces"):
        replaced = {"gives_way": list(gives_way(rule, rules.now))}
    else:
        _refuse_overlap(rule, rules.now.periods)
    fact = Fact("RuleEnacted", {"valid_to": None, **data, **replaced})
    _refuse_hole(rule, rules.now, fact, "valid_to")
    return (fact,)


def end_rule(command: Command, rules: Standing[Rules], _: datetime) -> tuple[Fact, ...]:
    """Let one period of a rule end on a day, earlier or later than it would have."""
    data = command.data
    first, last = date.fromisoformat(data["valid_from"]), date.fromisoformat(data["valid_to"])
    wanted = (data["kind"], data["key"], first)
    known = [rule for rule in rules.now.periods if (rule.kind, rule.key, rule.valid_from) == wanted]
    if not known:
        raise Rejected("rule_missing", f"No rule {wanted[0]} {wanted[1]} begins on {first}.")
    _require_order(first, last)
    if known[-1].valid_to == last:
        raise Rejected("already_done", f"The rule ends on {last} already.")
    others = [rule for rule in rules.now.periods if rule not in known]
    _refuse_overlap(replace(known[-1], valid_to=last), others)
    fact = Fact("RuleEnded", dict(data))
    _refuse_hole(known[-1], rules.now, fact, "valid_to")
    return (fact,)


def _require_order(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise Rejected(
            "invalid_fields",
            "A rule ends no earlier than it begins.",
            {"valid_to": [f"Is before {first}."]},
        )


def _require_lengths(rule: Rule, rules: Rules) -> None:
    """A regime without its lengths could choose a clock that nobody can set."""
    if rule.kind != "regime":
        return
    lengths = lengths_of(rule.key, rules)
    missing = [key for key in lengths if rules.find("days", key, rule.valid_from) is None]
    if missing or not lengths:
        why = f"{', '.join(missing) or rule.key} is not in force on {rule.valid_from}."
        raise Rejected("rule_needed", why, {"valid_from": [why]})


def _refuse_overlap(rule: Rule, others: Sequence[Rule]) -> None:
    for other in others:
        if (other.kind, other.key) == (rule.kind, rule.key) and rule.meets(other):
            until = other.valid_to or "further notice"
            raise Rejected(
                "rule_period_overlaps",
                f"{rule.kind} {rule.key} is in force from {other.valid_from} until {until}. "
                "Replace it, or end it first.",
                {"valid_from": [f"Meets the rule of {other.valid_from}."]},
            )


def _refuse_hole(rule: Rule, before: Rules, fact: Fact, field: str) -> None:
    """Reactions to what others recorded cannot be refused: where a rule was missing they would be parked."""
    gap = opened(rule, before, evolve_rules(before, fact))
    if gap is None:
        return
    span = f"from {gap[0]}" + (f" to {gap[1]}" if gap[1] else " on")
    why = f"Nothing would be in force {span}."
    raise Rejected(
        "rule_needed",
        f"{why} {rule.kind} {rule.key} is needed: enact what follows with `replaces`.",
        {field: [why]},
    )
