"""The register's door: orders and questions by RPC, others' facts from its inbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nameko.rpc import rpc

from contracts.command import Command
from contracts.envelope import Event
from contracts.errors import Rejected
from eventlog.door import Answer, obeyed
from eventlog.providers import Tools, hear
from services.register import decide
from services.register.tools import build
from telemetry.endpoints import telemetry

order = rpc(expected_exceptions=Rejected)
question = rpc(expected_exceptions=Rejected)
Message = Mapping[str, Any]
Shown = dict[str, Any]
Versions = dict[str, int]


class Service:
    """The register. What each order means stands in contracts/commands/register.py."""

    name = "register"
    tools = Tools(build)

    @order
    def hand_over(self, message: Message) -> Answer:
        return self._obey(message, decide.hand_over)

    @order
    def record_delivery(self, message: Message) -> Answer:
        return self._obey(message, decide.record_delivery)

    @order
    def close(self, message: Message) -> Answer:
        return self._obey(message, decide.close)

    @order
    def assign(self, message: Message) -> Answer:
        return self._obey(message, decide.assign)

    @order
    def reopen(self, message: Message) -> Answer:
        return self._obey(message, decide.reopen)

    @question
    def request(self, subject: str) -> Shown:
        return self._beside(self.tools.query.request(subject))

    @question
    def request_as_of(self, subject: str, moment: str) -> Shown:
        return self.tools.query.request_as_of(subject, moment)

    @question
    def request_showing(self, subject: str, versions: Versions, seconds: float) -> Shown | None:
        shown = self.tools.visible["requests"].until(subject, versions, seconds)
        return self._beside(shown) if shown else None

    @question
    def entry_showing(self, subject: str, versions: Versions, seconds: float) -> Shown | None:
        return self.tools.visible["entries"].until(subject, versions, seconds)

    @question
    def timeline(self, subject: str) -> list[Shown]:
        return self.tools.query.timeline(subject)

    @question
    def requests(self, filters: Shown, after: str, limit: int) -> list[Shown]:
        return self.tools.objections.beside(self.tools.query.requests(filters, after, limit))

    @question
    def some_requests(self, subjects: list[str]) -> list[Shown]:
        return self.tools.query.some(subjects)

    @question
    def tracked(self, number: str) -> Shown | None:
        return self.tools.query.tracked(number)

    @question
    def named(self, subjects: list[str]) -> dict[str, str]:
        return self.tools.query.named(subjects)

    @question
    def piles(self, today: str, soon_until: str) -> dict[str, Shown]:
        return self.tools.work.piles(today, soon_until)

    @question
    def pile_of(self, account: str) -> Shown:
        return self.tools.work.pile_of(account)

    @question
    def book(self, year: int, after: int, limit: int) -> list[Shown]:
        lines = self.tools.query.book(year, after, limit)
        return self.tools.numbers.with_void(year, after, limit, lines)

    @question
    def numbers(self, year: int) -> Shown:
        return self.tools.numbers.year(year)

    @question
    def numbers_showing(self, subject: str, versions: Versions, seconds: float) -> Shown | None:
        return self.tools.visible["numbers"].until(subject, versions, seconds)

    @question
    def entries(self, kind: str, after: str, limit: int, q: str = "", on: str = "") -> list[Shown]:
        return self.tools.entries.entries(kind, after, limit, q, on)

    @question
    def published_like(self, text: str, today: str) -> list[Shown]:
        return self.tools.published.like(text, today)

    @question
    def entry(self, subject: str) -> Shown:
        return self.tools.entries.entry(subject)

    @question
    def objection(self, subject: str) -> Shown:
        return self.tools.objections.objection(subject)

    @question
    def objection_showing(self, subject: str, versions: Versions, seconds: float) -> Shown | None:
        return self.tools.visible["objections"].until(subject, versions, seconds)

    @question
    def objections(self, filters: Shown, after: str, limit: int) -> list[Shown]:
        return self.tools.objections.objections(filters, after, limit)

    @question
    def objection_book(self, year: int, after: int, limit: int) -> list[Shown]:
        return self.tools.objections.book(year, after, limit)

    @question
    def privacy_case(self, subject: str) -> Shown:
        return self.tools.privacy.case(subject)

    @question
    def privacy_case_showing(
        self, subject: str, versions: Versions, seconds: float
    ) -> Shown | None:
        shown = self.tools.visible["privacy"].until(subject, versions, seconds)
        return self.tools.privacy.case(subject) if shown else None

    @question
    def privacy_cases(self, filters: Shown, after: str, limit: int) -> list[Shown]:
        return self.tools.privacy.cases(filters, after, limit)

    @question
    def feed(self, after: int, limit: int) -> list[Shown]:
        return self.tools.query.feed(after, limit)

    @hear("register.inbox")
    def hear(self, event: Event) -> str:
        return self.tools.listener.hear(event)

    @telemetry
    def questions(self) -> None:
        """Health and metrics; the entrypoint answers without a worker."""

    def _beside(self, request: Shown) -> Shown:
        return self.tools.objections.beside([request])[0]

    def _obey(self, message: Message, decision: Any) -> Answer:
        def follow(command: Command) -> Any:
            return self.tools.follow(command, decision)

        return obeyed(message, follow)
