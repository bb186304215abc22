"""The counter's practice under the first rules, or with a rule changed."""

from datetime import date

from contracts.rules import Rule, Rules
from eventlog.rulebook import first_rules
from services.intake.practice import Practice

OFFICE = "PPID-KPU-DKI"
PRACTICE = Practice(first_rules(), OFFICE)


def practice_with(kind, key, value, since="2010-04-30"):
    """The first rules, but for one that is replaced from a day on."""
    begin = date.fromisoformat(since)
    others = [rule for rule in first_rules().periods if (rule.kind, rule.key) != (kind, key)]
    before = [rule for rule in first_rules().periods if (rule.kind, rule.key) == (kind, key)]
    ended = [
        Rule(
            kind,
            key,
            rule.value,
            rule.legal_basis,
            rule.valid_from,
            date.fromordinal(begin.toordinal() - 1),
        )
        for rule in before
        if rule.valid_from < begin
    ]
    changed = Rule(kind, key, value, "Keputusan", begin)
    return Practice(Rules((*others, *ended, changed)), OFFICE)
