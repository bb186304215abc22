"""Reporting's door: orders and questions by RPC."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nameko.rpc import rpc

from contracts.errors import Rejected
from eventlog.door import Answer, obeyed
from eventlog.providers import Tools
from services.reporting.tools import build, day_of, period_of
from telemetry.endpoints import telemetry

order = rpc(expected_exceptions=Rejected)
question = rpc(expected_exceptions=Rejected)
Message = Mapping[str, Any]


class Service:
    """Reporting. What each order means stands in contracts/commands/reporting.py."""

    name = "reporting"
    tools = Tools(build)

    @order
    def supervise(self, message: Message) -> Answer:
        return obeyed(message, self.tools.supervise)

    @order
    def issue(self, message: Message) -> Answer:
        return obeyed(message, self.tools.issue)

    @order
    def acknowledge(self, message: Message) -> Answer:
        return obeyed(message, self.tools.acknowledge)

    @question
    def day(self, day: str) -> dict[str, Any]:
        return self.tools.query.day(day_of(day))

    @question
    def period(self, period: str) -> dict[str, Any]:
        return self.tools.query.period(period_of(period))

    @question
    def day_showing(
        self, subject: str, versions: dict[str, int], seconds: float
    ) -> dict[str, Any] | None:
        return self.tools.days.until(subject, versions, seconds)

    @question
    def report_showing(
        self, subject: str, versions: dict[str, int], seconds: float
    ) -> dict[str, Any] | None:
        return self.tools.reports.until(subject, versions, seconds)

    @telemetry
    def questions(self) -> None:
        """Health and metrics; the entrypoint answers without a worker."""
