"""Questions to intake: about applicants, and only with a purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.errors import Rejected
from contracts.sealed import Seal
from services.intake.vault import Vault


@dataclass(frozen=True, slots=True)
class Query:
    """Answers leave sealed, because they pass through the broker's queues."""

    vault: Vault
    seal: Seal

    def applicant(self, applicant: str, purpose: str, reader: str, known_at: str = "") -> str:
        """A sealed person, as they stand or as they were known at a time. The read is written down.

        Raises Rejected without a purpose.
        """
        if not purpose.strip():
            raise Rejected("purpose_missing", "Say what the applicant's data are needed for.")
        at = datetime.fromisoformat(known_at) if known_at else None
        return self.seal.close(self.vault.read(applicant, purpose.strip(), reader, at))

    def reads(self, applicant: str) -> list[dict[str, Any]]:
        """Who read the person, when and what for."""
        return [{**read, "at": read["at"].isoformat()} for read in self.vault.reads_of(applicant)]
