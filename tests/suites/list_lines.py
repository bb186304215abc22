"""The gateway's lines to the two lists in memory, beside the law: their pages tried on the real decisions."""

from dataclasses import replace

from contracts.command import checked, from_message
from contracts.errors import Rejected
from contracts.rules import SUBJECT as RULES
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from services.classification import decide
from services.classification.state import EntryState, evolve_entry
from services.register.project.entries import entry
from tests.suites.law_lines import NOW, LawLines


class ListLines(LawLines):
    """Keeps entries, and tells of them as the register does."""

    def __init__(self):
        super().__init__()
        self.entries = MemoryLog()
        self.lists = Handler(
            "classification", self.entries, MemoryInbox(), EntryState(), evolve_entry,
            lambda: NOW, lambda: f"entry-{next(self.ids)}",
        )  # fmt: skip
        self.subjects = []

    def order(self, contract, message):
        if contract.about != "list-entry":
            return super().order(contract, message)
        command = checked(contract, from_message(message))
        done = self._followed(command)
        self.given.append(command)
        return {"subject": done.stream, "version": done.version, "events": []}

    def _followed(self, command):
        if command.name == "RevokeListEntry":
            return self.lists.obey(command, decide.revoke_entry)
        created = replace(command, subject=f"list-entry/{command.id}")
        rules = self.rules.known(RULES).state.now
        done = self.lists.create(
            created, lambda order, now: decide.publish_entry(order, now, rules)
        )
        self.subjects.append(created.subject)
        return done

    def register_entry(self, subject):
        shown = entry(self.entries.stream(subject))
        if shown is None:
            raise Rejected("not_found", "There is no such entry.")
        return {"_id": subject, **shown}

    def register_entry_showing(self, subject, *_):
        return self.register_entry(subject)

    def register_entries(self, kind, after, limit, q="", on=""):
        known = [self.register_entry(each) for each in sorted(set(self.subjects))]
        wanted = [
            each
            for each in known
            if each["list"] == kind
            and each["_id"] > after
            and q.lower() in each["title"].lower()
            and not (on and (each["revoked_at"] or (each["valid_to"] or on) < on))
        ]
        return wanted[:limit]
