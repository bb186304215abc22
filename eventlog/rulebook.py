"""The rules as a service knows them: those of contracts/law/rules.json, and what has been enacted and ended since."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache, reduce
from importlib.resources import files

from contracts.envelope import Event, causal_order
from contracts.rules import SUBJECT, Rules, evolve_rules, rules_of

FIRST = "law/rules.json"


@cache
def first_rules() -> Rules:
    """The rules before anybody changed one."""
    return rules_of(json.loads((files("contracts") / FIRST).read_text(encoding="utf-8")))


class Rulebook:
    """Gives the rules as they stand. `about` reads a subject's events: a log's stream, or an inbox.

    Read anew at each question, because whoever enacts a rule expects the next request to follow it; folded anew only
    when there is something new.
    """

    def __init__(self, about: Callable[[str], Sequence[Event]]) -> None:
        self._about = about
        # Rules and the number of events in them, kept as one: several workers ask at the same time.
        self._known = (0, first_rules())

    def __call__(self) -> Rules:
        """The rules now."""
        events = self._about(SUBJECT)
        count, rules = self._known
        if len(events) != count:
            rules = reduce(evolve_rules, causal_order(events), first_rules())
            self._known = (len(events), rules)
        return rules
