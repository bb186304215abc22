"""Escalation's door: orders by RPC, others' facts from its inbox, and the agenda by a timer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

from nameko.rpc import rpc
from nameko.timer import timer

from contracts.command import Command, from_message
from contracts.envelope import Event
from contracts.errors import Rejected
from eventlog.broker import BROKEN
from eventlog.door import Answer, obeyed
from eventlog.handle import Handler
from eventlog.providers import Tools, follow_all, hear
from eventlog.store import utc_now
from services.escalation import decide
from services.escalation.tools import build
from telemetry.endpoints import telemetry

order = rpc(expected_exceptions=Rejected)
question = rpc(expected_exceptions=Rejected)
Message = Mapping[str, Any]
Shown = dict[str, Any]
LOOK_SECONDS = 20
# A change of the law is followed within this time; to look costs two short reads.
RECOUNT_SECONDS = 1


class Service:
    """Escalation. What each order means stands in contracts/commands/escalation.py."""

    name = "escalation"
    tools = Tools(build)

    @order
    def follow(self, messages: list[Message]) -> list[Answer]:
        return follow_all(self, messages)

    @order
    def escalate(self, message: Message) -> Answer:
        return self._obey(message, decide.escalate)

    @order
    def give_disposition(self, message: Message) -> Answer:
        return self._obey(message, decide.give_disposition)

    @order
    def extend(self, message: Message) -> Answer:
        return self._obey_by_law(message, decide.extend)

    @order
    def correct_regime(self, message: Message) -> Answer:
        return obeyed(message, self.tools.correct_regime)

    @order
    def record_test(self, message: Message) -> Answer:
        return self._obey_by_law(message, decide.record_test)

    @order
    def decide(self, message: Message) -> Answer:
        return self._obey_by_list(message, decide.decide)

    @order
    def notify(self, message: Message) -> Answer:
        return self._obey_by_list(message, decide.notify)

    @order
    def file_objection(self, message: Message) -> Answer:
        return obeyed(message, self.tools.redress.file)

    @order
    def answer_objection(self, message: Message) -> Answer:
        return obeyed(message, self.tools.redress.answer)

    @order
    def record_reaction(self, message: Message) -> Answer:
        return obeyed(message, self.tools.redress.react)

    @order
    def record_objection_delivery(self, message: Message) -> Answer:
        return obeyed(message, self.tools.redress.record_delivery)

    @order
    def open_dispute(self, message: Message) -> Answer:
        return obeyed(message, self.tools.redress.open_dispute)

    @order
    def settle_dispute(self, message: Message) -> Answer:
        return obeyed(message, self.tools.redress.settle_dispute)

    @order
    def open_court_case(self, message: Message) -> Answer:
        return obeyed(message, self.tools.redress.open_court_case)

    @order
    def record_ruling(self, message: Message) -> Answer:
        return obeyed(message, self.tools.redress.record_ruling)

    @order
    def open_privacy_case(self, message: Message) -> Answer:
        return obeyed(message, self.tools.privacy.open)

    @order
    def settle_privacy_case(self, message: Message) -> Answer:
        return obeyed(message, self.tools.privacy.settle)

    @order
    def grounds(self, request: str) -> dict[str, Any]:
        return self.tools.redress.grounds(request, utc_now())

    @order
    def declare_holidays(self, message: Message) -> Answer:
        return obeyed(message, partial(self._change, self.tools.calendar, decide.declare_holidays))

    @order
    def revoke_holiday(self, message: Message) -> Answer:
        return obeyed(message, partial(self._change, self.tools.calendar, decide.revoke_holiday))

    @order
    def enact_rule(self, message: Message) -> Answer:
        return obeyed(message, partial(self._change, self.tools.rules, decide.enact_rule))

    @order
    def end_rule(self, message: Message) -> Answer:
        return obeyed(message, partial(self._change, self.tools.rules, decide.end_rule))

    @question
    def explain(self, subject: str) -> Shown:
        return self.tools.explain(subject)

    @question
    def calendar(self, year: int) -> Shown:
        return self.tools.query.calendar(year, utc_now())

    @question
    def calendar_compared(self) -> Shown:
        return self.tools.query.compared(utc_now())

    @question
    def rules(self, kind: str, on: str, known_at: str = "") -> list[Shown]:
        return self.tools.query.rules(kind, on, known_at)

    @question
    def rule_changes(self, kind: str, key: str) -> list[Shown]:
        return self.tools.query.rule_changes(kind, key)

    @question
    def near(self, days: list[str]) -> Shown:
        return self.tools.query.near(days, utc_now())

    @question
    def moves(self, since: str, before: str, limit: int) -> list[Shown]:
        return self.tools.query.moves(since, before, limit)

    @question
    def told(self, owner: str, before: str, limit: int) -> list[Shown]:
        return self.tools.query.told(owner, before, limit)

    @question
    def duties(self, on: str) -> list[Shown]:
        return self.tools.duties.listed(date.fromisoformat(on))

    @question
    def law_preview(self, message: Message) -> Shown:
        return self.tools.preview(from_message(message), utc_now())

    @question
    def law_counted(self, subject: str, versions: dict[str, int], seconds: float) -> Shown | None:
        return self.tools.query.counted(subject, versions["escalation"], seconds)

    @hear("escalation.inbox")
    def hear(self, event: Event) -> str:
        return self.tools.hear(event)

    @timer(interval=LOOK_SECONDS)
    def look(self) -> None:
        with suppress(*BROKEN):  # it looks again soon
            self.tools.look(utc_now())

    @timer(interval=RECOUNT_SECONDS)
    def recount(self) -> None:
        with suppress(*BROKEN):  # it looks again soon
            self.tools.recount.look(utc_now())

    @telemetry
    def questions(self) -> None:
        """Health and metrics; the entrypoint answers without a worker."""

    def _obey(self, message: Message, decision: Any) -> Answer:
        return obeyed(message, lambda command: self.tools.follow(command, decision))

    def _obey_by_law(self, message: Message, decision: Any) -> Answer:
        return obeyed(message, lambda command: self.tools.follow_by_law(command, decision))

    def _obey_by_list(self, message: Message, decision: Any) -> Answer:
        return obeyed(message, lambda command: self.tools.follow_by_list(command, decision))

    @staticmethod
    def _change(handler: Handler[Any], decision: Any, command: Command) -> Any:
        return handler.obey(command, decision)
