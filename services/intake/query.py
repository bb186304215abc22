"""Questions to intake: about applicants, and only with a purpose."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.errors import Rejected
from contracts.sealed import Seal
from services.intake.vault import Vault

MOST = 200


@dataclass(frozen=True, slots=True)
class Query:
    """Answers leave sealed, because they pass through the broker's queues."""

    vault: Vault
    seal: Seal

    def applicant(self, applicant: str, purpose: str, reader: str, known_at: str = "") -> str:
        """A sealed person, as they stand or as they were known at a time. The read is written down.

        Raises Rejected without a purpose.
        """
        at = datetime.fromisoformat(known_at) if known_at else None
        return self.seal.close(self.vault.read(applicant, _said(purpose), reader, at))

    def applicants(self, applicants: Sequence[str], purpose: str, reader: str) -> str:
        """Sealed people by their ids, at most 200, for one purpose. Each read is written down; who was erased is left out.

        Raises Rejected without a purpose.
        """
        said, people = _said(purpose), {}
        for applicant in sorted(set(applicants))[:MOST]:
            with suppress(Rejected):
                people[applicant] = self.vault.read(applicant, said, reader)
        return self.seal.close(people)

    def reads(self, applicant: str) -> list[dict[str, Any]]:
        """Who read the person, when and what for."""
        return [{**read, "at": read["at"].isoformat()} for read in self.vault.reads_of(applicant)]


def _said(purpose: str) -> str:
    if not purpose.strip():
        raise Rejected("purpose_missing", "Say what the applicant's data are needed for.")
    return purpose.strip()
