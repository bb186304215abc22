"""Catch-up: gives a service's inbox what it did not hear because it was not asked for then.

When a release lets a service hear more, the broker brings only what is recorded from then on: of a subject from before the
service would not know what its own rules need by now. The numbered log beside the inbox has all of it. Kept are
events only, as an ear keeps them; nothing reacts to them, so this is for a service that reacts to none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog

from contracts.topology import Subscription
from eventlog.log import Inbox
from eventlog.numbered import NumberedLog
from eventlog.replay import hears

BATCH = 500
log = structlog.get_logger()


def asked(subscription: Subscription) -> frozenset[str]:
    """All that a subscription asks for, in words that can be kept."""
    return frozenset(
        f"{service}.{name}" for service, names in subscription.hears.items() for name in names
    )


@dataclass
class CatchUp:
    """Looks once through the log for what is asked for since, in two rounds: what was on its way in the first is there in the second.

    `known` tells what was asked for when the inbox was last complete, `note` keeps that.
    """

    subscription: Subscription
    numbered: NumberedLog
    inbox: Inbox
    known: Callable[[], Iterable[str]]
    note: Callable[[frozenset[str]], object]
    position: int = 0
    rounds: int = 0

    def round(self) -> int:
        """How many events were missing."""
        new = asked(self.subscription) - frozenset(self.known())
        if not new:
            return 0
        missed = self._walk(new)
        self.rounds += 1
        log.info("caught_up", queue=self.subscription.queue, asked=sorted(new), missed=missed)
        if self.rounds > 1:
            self.note(asked(self.subscription))
        return missed

    def _walk(self, new: frozenset[str]) -> int:
        """From where the last round ended."""
        missed = 0
        while batch := self.numbered.read(self.position, BATCH):
            for each in batch:
                event = each.event
                if hears(self.subscription, event) and f"{event.service}.{event.name}" in new:
                    missed += self.inbox.receive(event)
            self.position = batch[-1].position
        return missed
