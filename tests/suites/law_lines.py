"""The gateway's lines to an escalation in memory that keeps nothing but the law: its pages tried on the real decisions."""

from datetime import UTC, datetime
from itertools import count

from contracts.command import checked, from_message
from contracts.envelope import Fact
from contracts.rules import SUBJECT as RULES
from contracts.rules import evolve_rules
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from eventlog.rulebook import first_rules
from services.escalation import decide
from services.escalation.calendar import SUBJECT as CALENDAR
from services.escalation.calendar import Calendar, evolve_calendar
from services.escalation.law import LawBook
from services.escalation.query import Query
from services.escalation.state import Standing, evolve_standing
from services.escalation.tools import seed

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MOVED = {
    "clock": "answer",
    "cause": "calendar",
    "because": "Libur 2026-12-01",
    "due_before": "2026-12-07",
    "due_on": "2026-12-08",
    "legal_basis": "UU 14/2008",
}
NUMBERS = {"request/1": "0001/X"}
DECISIONS = {
    "DeclareHolidays": decide.declare_holidays,
    "RevokeHoliday": decide.revoke_holiday,
    "EnactRule": decide.enact_rule,
    "EndRule": decide.end_rule,
}


class Moving:
    """One open request moves with every change of the law."""

    @staticmethod
    def would_move(*_):
        return iter([("request/1", Fact("DeadlineMoved", MOVED))])


class LawLines:
    """Answers questions about the law and follows orders about it; remembers which were given."""

    def __init__(self):
        self.log, self.ids, self.given = MemoryLog(), count(1), []
        self.calendar = self._handler(Standing(Calendar()), evolve_calendar)
        self.rules = self._handler(Standing(first_rules()), evolve_rules)
        seed(self.calendar)
        self.query = Query(self.log, LawBook(self.log), None, Moving())

    def _handler(self, initial, evolve):
        return Handler(
            "escalation",
            self.log,
            MemoryInbox(),
            initial,
            evolve_standing(evolve),
            lambda: NOW,
            lambda: f"event-{next(self.ids)}",
        )

    def _of(self, name):
        return (self.rules, RULES) if name.endswith("Rule") else (self.calendar, CALENDAR)

    def ask(self, service, method, *args, **_):
        return getattr(self, f"{service}_{method}")(*args)

    def order(self, contract, message):
        command = checked(contract, from_message(message))
        handler, _ = self._of(command.name)
        done = handler.obey(command, DECISIONS[command.name])
        self.given.append(command)
        return {"subject": command.subject, "version": done.version, "events": []}

    def escalation_law_preview(self, message):
        order = from_message(message)
        handler, subject = self._of(order.name)
        facts = DECISIONS[order.name](order, handler.known(subject).state, NOW)
        return self.query.preview(facts, NOW)

    def escalation_law_counted(self, *_):
        return {"looked_at": 3, "moved": 1, "changed_at": NOW.isoformat()}

    def escalation_calendar(self, year):
        return self.query.calendar(year, NOW)

    def escalation_calendar_compared(self):
        return self.query.compared(NOW)

    def escalation_rules(self, kind, on):
        return self.query.rules(kind, on)

    def escalation_rule_changes(self, kind, key):
        return self.query.rule_changes(kind, key)

    def escalation_near(self, days):
        return self.query.near(days, NOW)

    def escalation_moves(self, *_):
        told = {"_id": "event-1", "stream": "request/1", "time": NOW.isoformat()}
        return [{**told, "name": "DeadlineMoved", **MOVED}]

    def register_named(self, subjects):
        return {each: NUMBERS[each] for each in subjects if each in NUMBERS}
