"""The office's words for what code calls otherwise: fields, words of closed lists, orders, events.

Indonesian here, English in the translations. What has no label yet is shown as code calls it, which a test forbids for
everything in the contracts.
"""

from __future__ import annotations

from services.gateway.labels.facts import FACTS
from services.gateway.labels.fields import FIELDS
from services.gateway.labels.orders import ORDERS
from services.gateway.labels.rules import KINDS, RULES
from services.gateway.labels.words import WORDS, WORDS_OF

__all__ = ["RULES", "actor", "cause", "fact", "field", "order", "rule", "rule_kind", "word"]


def field(name: str) -> str:
    """What a field is called; one that is named as a word of a closed list is called as that word."""
    return str(FIELDS.get(name.rstrip("_")) or word(name))


def word(value: str, name: str = "") -> str:
    """What a word of a closed list, a state or a role is called; some mean another thing in another field."""
    return str(WORDS_OF.get((name, value)) or WORDS.get(value, value))


def order(name: str) -> str:
    """What an order is called."""
    return str(ORDERS.get(name, name))


def fact(name: str) -> str:
    """What happened."""
    return str(FACTS.get(name, name))


def cause(told: str) -> str:
    """Why a clock did something: an event by its name, or the words that somebody gave as the reason."""
    return str(FACTS.get(told) or WORDS_OF.get(("because", told), told))


def actor(told: str) -> str:
    """Who did something, as people say it: the role and the account of `desk:ani`."""
    role, _sep, account = told.partition(":")
    return f"{word(role)} ({account})" if account else word(role)


def rule_kind(kind: str) -> str:
    """What a kind of rule is called."""
    return str(KINDS.get(kind, kind))


def rule(kind: str, key: str) -> str:
    """What a rule is called; keys that are words of closed lists are called as these are."""
    return str(RULES.get((kind, key)) or word(key))
