"""Legal holds: whose data must be kept, because an objection, a dispute or a court case is open.

Folded anew from the inbox with each event of an objection, so that order and repetition cannot matter. What knows more
events replaces what knew fewer: two workers at once do no harm.
"""

from __future__ import annotations

from functools import reduce

from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from contracts.envelope import Event, causal_order
from eventlog.log import Inbox
from eventlog.mongo.client import Document
from services.intake.state import Hold, evolve_hold

ABOUT = "objection/"


class Holds:
    """One document an objection."""

    def __init__(self, database: Database[Document], inbox: Inbox) -> None:
        self._holds = database["holds"]
        self._inbox = inbox

    def prepare(self) -> None:
        """Create the index; harmless when it exists."""
        self._holds.create_index([("applicant", ASCENDING), ("open", ASCENDING)])

    def note(self, event: Event) -> None:
        """Look again at the objection that an event is about. The event is in the inbox already."""
        if not event.subject.startswith(ABOUT):
            return
        events = causal_order(self._inbox.about(event.subject))
        hold = reduce(evolve_hold, events, Hold())
        document = {"applicant": hold.applicant_id, "open": hold.open, "known": len(events)}
        older = {"_id": event.subject, "known": {"$lte": len(events)}}
        try:
            self._holds.replace_one(older, {"_id": event.subject, **document}, upsert=True)
        except DuplicateKeyError:  # what knows more stands there already
            return

    def held(self, applicant: str) -> bool:
        """Whether an applicant's data are needed."""
        return self._holds.find_one({"applicant": applicant, "open": True}, {"_id": 1}) is not None
