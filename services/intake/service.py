"""Intake's door: orders and questions by RPC, others' facts from its inbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nameko.rpc import rpc
from nameko.timer import timer

from contracts.envelope import Event
from contracts.errors import Rejected
from eventlog.door import Answer, obeyed
from eventlog.providers import Tools, follow_all, hear
from services.intake.tools import SWEEP_SECONDS, build
from telemetry.endpoints import telemetry

order = rpc(expected_exceptions=Rejected)
Message = Mapping[str, Any]


class Service:
    """Intake. What each order means stands in contracts/commands/intake.py."""

    name = "intake"
    tools = Tools(build)

    @order
    def follow(self, messages: list[Message]) -> list[Answer]:
        return follow_all(self, messages)

    @order
    def receive(self, message: Message) -> Answer:
        return obeyed(message, self.tools.reception.receive)

    @order
    def complete(self, message: Message) -> Answer:
        return obeyed(message, self.tools.reception.complete)

    @order
    def withdraw(self, message: Message) -> Answer:
        return obeyed(message, self.tools.reception.withdraw)

    @order
    def enter_applicant(self, message: Message) -> Answer:
        return obeyed(message, self.tools.reception.enter)

    @order
    def correct_applicant(self, message: Message) -> Answer:
        return obeyed(message, self.tools.reception.correct)

    @order
    def erase_applicant(self, message: Message) -> Answer:
        return obeyed(message, self.tools.reception.erase)

    @order
    def reserve_numbers(self, message: Message) -> Answer:
        return obeyed(message, self.tools.paper.reserve)

    @order
    def void_number(self, message: Message) -> Answer:
        return obeyed(message, self.tools.paper.void)

    @order
    def keep_attachment(self, message: Message) -> Answer:
        return obeyed(message, self.tools.attachments.keep)

    @order
    def drop_attachment(self, message: Message) -> Answer:
        return obeyed(message, self.tools.attachments.drop)

    @order
    def attachment_limits(self) -> dict[str, int]:
        return self.tools.attachments.limits()

    @order
    def open_upload(self, request: str) -> str:
        return self.tools.attachments.open(request)

    @order
    def add_part(self, upload: str, number: int, sealed: str) -> None:
        self.tools.attachments.add(upload, number, sealed)

    @order
    def read_attachment(
        self, request: str, attachment: str, purpose: str, reader: str
    ) -> dict[str, Any]:
        return self.tools.attachments.read(request, attachment, purpose, reader)

    @order
    def attachment_part(self, reading: str, number: int) -> str:
        return self.tools.attachments.part(reading, number)

    @order
    def applicant(self, applicant: str, purpose: str, reader: str, known_at: str = "") -> str:
        return self.tools.query.applicant(applicant, purpose, reader, known_at)

    @order
    def earlier(self, sealed: str) -> list[dict[str, Any]]:
        return self.tools.returning.earlier(sealed)

    @order
    def applicants(self, applicants: list[str], purpose: str, reader: str) -> str:
        return self.tools.query.applicants(applicants, purpose, reader)

    @order
    def applicant_reads(self, applicant: str) -> list[dict[str, Any]]:
        return self.tools.query.reads(applicant)

    @order
    def applicant_warnings(self, applicant: str) -> list[str]:
        return self.tools.objectors.warnings(applicant)

    @order
    def objector(self, applicant: str | None, request: str | None) -> str:
        return self.tools.objectors.objector(applicant, request)

    @hear("intake.inbox")
    def hear(self, event: Event) -> str:
        return self.tools.hear(event)

    @timer(interval=SWEEP_SECONDS)
    def sweep(self) -> None:
        self.tools.sweep()

    @telemetry
    def questions(self) -> None:
        """Health and metrics; the entrypoint answers without a worker."""
