"""`terbuka replay`: sends history into one queue once more, for a consumer that came late or lost what it had."""

from __future__ import annotations

import click

from contracts.topology import SUBSCRIPTIONS, subscription
from eventlog import replay as replaying
from eventlog.broker import declare_all
from eventlog.resend import resender
from terbuka.answer import answer, for_machines, progress
from terbuka.reach import Reach, reached


@click.command()
@click.argument("queue", type=click.Choice([each.queue for each in SUBSCRIPTIONS]))
@click.option(
    "--from", "after", type=click.IntRange(min=0), default=0, help="Behind this position."
)
@for_machines
@reached
def replay(reach: Reach, queue: str, after: int, *, as_json: bool) -> None:
    """Send all that QUEUE hears, from the register's log up to where it stands now. Consumers ignore what they have."""
    given, source = reach.settings("register"), reach.store("register").numbered
    declare_all(given["amqp_uri"])
    send = resender(given["amqp_uri"], queue)
    head = source.head()
    with progress("sending", max(0, head - after)) as advance:

        def sending(events: object) -> None:
            batch = list(events)  # type: ignore[call-overload]
            send(batch)
            advance(len(batch))

        sent = replaying.replay(source, subscription(queue), sending, after)
    answer(
        {"queue": queue, "sent": sent, "until": head},
        f"{sent} events sent into {queue}",
        as_json=as_json,
    )
