"""The law before anybody changed it, and how to change it in a test."""

from datetime import date

from contracts.rules import Rule
from eventlog.rulebook import first_rules
from services.escalation.calendar import first_calendar
from services.escalation.law import Law

LAW = Law(first_rules(), first_calendar())


def with_rule(kind, key, value, law=LAW, *, basis="Keputusan", valid_from=date(2010, 4, 30)):
    """The law with one rule more, in place of those of its key."""
    rule = Rule(kind, key, value, basis, valid_from)
    others = tuple(each for each in law.rules.periods if (each.kind, each.key) != (kind, key))
    return Law(type(law.rules)((*others, rule)), law.calendar)


def now():
    """Where the law is asked for anew each time."""
    return LAW
