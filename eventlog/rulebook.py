"""The rules as a service knows them: those of contracts/law/rules.json, and what has been enacted and ended since."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache, reduce
from importlib.resources import files
from time import monotonic

from contracts.envelope import Event, causal_order
from contracts.rules import SUBJECT, Rules, evolve_rules, rules_of

FIRST = "law/rules.json"
# Rules that others enacted reach a service over the broker anyway, a moment after they stand. Looking for them at each
# order took a quarter of what an order costs intake (0.77 ms became 1.0).
HEARD = 0.2


@cache
def first_rules() -> Rules:
    """The rules before anybody changed one."""
    return rules_of(json.loads((files("contracts") / FIRST).read_text(encoding="utf-8")))


class Rulebook:
    """Gives the rules as they stand. `about` reads a subject's events: a log's stream, or an inbox.

    Looked up anew at each question, because whoever enacts a rule expects the next request to follow it; with a time
    (`fresh`, in seconds) only when what is known is older than that. Folded anew only when there is something new.
    """

    def __init__(
        self,
        about: Callable[[str], Sequence[Event]],
        fresh: float = 0.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._about, self._fresh, self._clock = about, fresh, clock
        # When it was looked up, how many events were found, and the rules: one value, because workers ask at the same time.
        self._known = (clock() - fresh, 0, first_rules())

    def __call__(self) -> Rules:
        """The rules now, or as they were at most `fresh` seconds ago."""
        looked, count, rules = self._known
        now = self._clock()
        if now - looked < self._fresh:
            return rules
        events = self._about(SUBJECT)
        if len(events) != count:
            rules = reduce(evolve_rules, causal_order(events), first_rules())
        self._known = (now, len(events), rules)
        return rules
