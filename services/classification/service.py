"""Classification's door: orders by RPC, others' facts from its inbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nameko.rpc import rpc

from contracts.envelope import Event
from contracts.errors import Rejected
from eventlog.door import Answer, obeyed
from eventlog.providers import Tools, follow_all, hear
from services.classification.tools import build
from telemetry.endpoints import telemetry

order = rpc(expected_exceptions=Rejected)
Message = Mapping[str, Any]


class Service:
    """Classification. What each order means stands in contracts/commands/classification.py."""

    name = "classification"
    tools = Tools(build)

    @order
    def follow(self, messages: list[Message]) -> list[Answer]:
        return follow_all(self, messages)

    @order
    def classify(self, message: Message) -> Answer:
        return obeyed(message, self.tools.classify)

    @order
    def flag_exemption(self, message: Message) -> Answer:
        return obeyed(message, self.tools.flag_exemption)

    @order
    def publish_entry(self, message: Message) -> Answer:
        return obeyed(message, self.tools.publish_entry)

    @order
    def revoke_entry(self, message: Message) -> Answer:
        return obeyed(message, self.tools.revoke_entry)

    @hear("classification.inbox")
    def hear(self, event: Event) -> str:
        return self.tools.hear(event)

    @telemetry
    def questions(self) -> None:
        """Health and metrics; the entrypoint answers without a worker."""
