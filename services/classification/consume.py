"""What classification does when it hears of others' facts: what was opened by force goes on the public list, once.

An objection, the commission or a court opens it (UU 14/2008 art. 11(2)). The entry is a subject of its own, whose id is
made from the event's, so it is published once however often the event comes.
"""

from __future__ import annotations

from contracts.envelope import Event, Fact
from eventlog.handle import Decision
from services.classification.state import EntryState

OPENINGS = frozenset({"ObjectionAnswered", "DisputeSettled", "CourtRuled"})


def opens(event: Event) -> bool:
    """Whether an event says that something is public from now on."""
    return event.name in OPENINGS and bool(event.data.get("opened"))


def publish_opened(event: Event, state: EntryState) -> Decision:
    """The entry itself. How it is had and where, the office adds by an entry of its own."""
    if state.list:
        return ()
    entry = {
        "list": "public",
        "title": event.data["opened"],
        "grounds": [],
        "forms": [],
        "availability": "any_time",
        "opened_by": event.subject.partition("/")[2],
    }
    return (Fact("ListEntryPublished", entry),)
