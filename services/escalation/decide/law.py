"""What escalation decides about the law it counts by: days declared and revoked, rules put in force and ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.rules import Rule, Rules, rule_of
from services.escalation.calendar import Calendar, DayOff, declared
from services.escalation.decide.values import require_value
from services.escalation.state import Standing


def declare_holidays(
    command: Command, calendar: Standing[Calendar], _: datetime
) -> tuple[Fact, ...]:
    """Declare days; all of them or none. A day that was only estimated may be declared for certain."""
    return tuple(_declarations(command.data, calendar.now))


def _declarations(data: Mapping[str, Any], calendar: Calendar) -> Iterator[Fact]:
    days: Sequence[Mapping[str, Any]] = data["days"]
    if not days:
        raise Rejected("invalid_fields", "No day is named.", {"days": ["Name at least one day."]})
    _refuse_known(days, calendar)
    for part in days:
        off = DayOff(
            part["kind"],
            part["day_name"],
            data["decree"],
            data["source"],
            bool(part.get("estimated")),
        )
        yield declared(date.fromisoformat(part["date"]), off)


def _refuse_known(days: Sequence[Mapping[str, Any]], calendar: Calendar) -> None:
    faults: dict[str, Any] = {}
    named: set[date] = set()
    for at, part in enumerate(days):
        day = date.fromisoformat(part["date"])
        standing = calendar.day_off(day)
        confirms = standing and standing.estimated and not part.get("estimated")
        if day in named:
            faults[str(at)] = {"date": [f"{day} is named twice."]}
        elif standing and not confirms:
            faults[str(at)] = {"date": [f"{day} was declared by {standing.decree}."]}
        named.add(day)
    if faults:
        raise Rejected("day_declared_already", "A day is off already.", {"days": faults})


def revoke_holiday(command: Command, calendar: Standing[Calendar], _: datetime) -> tuple[Fact, ...]:
    """Say that the office works on a declared day after all."""
    day = date.fromisoformat(command.data["date"])
    if calendar.now.day_off(day) is None:
        raise Rejected("day_not_declared", f"{day} is no declared day.")
    return (Fact("HolidayRevoked", dict(command.data)),)


def enact_rule(command: Command, rules: Standing[Rules], _: datetime) -> tuple[Fact, ...]:
    """Put a rule in force for a time in which no other of its key is."""
    rule = rule_of(command.data)
    _require_order(rule.valid_from, rule.valid_to)
    require_value(rule, rules.now)
    _refuse_overlap(rule, rules.now.periods)
    return (Fact("RuleEnacted", {"valid_to": None, **command.data}),)


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
    _refuse_overlap(Rule(*wanted[:2], known[-1].value, known[-1].legal_basis, first, last), others)
    return (Fact("RuleEnded", dict(data)),)


def _require_order(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise Rejected(
            "invalid_fields",
            "A rule ends no earlier than it begins.",
            {"valid_to": [f"Is before {first}."]},
        )


def _refuse_overlap(rule: Rule, others: Sequence[Rule]) -> None:
    for other in others:
        if (other.kind, other.key) == (rule.kind, rule.key) and rule.meets(other):
            until = other.valid_to or "further notice"
            raise Rejected(
                "rule_period_overlaps",
                f"{rule.kind} {rule.key} is in force from {other.valid_from} until {until}. End that first.",
                {"valid_from": [f"Meets the rule of {other.valid_from}."]},
            )
