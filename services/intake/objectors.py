"""Who objects: whether the office still knows who that is, and whether they may apply by law.

Escalation decides what follows. Nothing of the person is read.
"""

from __future__ import annotations

from dataclasses import dataclass

from contracts.errors import Rejected
from eventlog.handle import Handler
from services.intake.state import DECLINED, NOT_INDONESIAN, ApplicantState, RequestState
from services.intake.vault import APPLICANT, REQUEST, Vault

_GONE = {"not_found": "unknown", "applicant_erased": "erased"}


@dataclass(frozen=True, slots=True)
class Objectors:
    """Answers from intake's own log and the vault."""

    requests: Handler[RequestState]
    applicants: Handler[ApplicantState]
    vault: Vault

    def warnings(self, applicant: str) -> list[str]:
        """What was odd about a person who was entered without a request."""
        return list(self.applicants.known(f"{APPLICANT}{applicant}").state.warnings)

    def objector(self, applicant: str | None, request: str | None) -> str:
        """How somebody is known, who asked for something or is named by id: one of words.OBJECTORS."""
        if request:
            applicant = self.requests.known(f"{REQUEST}{request}").state.applicant_id
        try:
            came_with = self.vault.came_with(applicant or "")
        except Rejected as gone:
            return _GONE[gone.code]
        return NOT_INDONESIAN if self._may_not(applicant or "", came_with) else "known"

    def _may_not(self, applicant: str, came_with: str) -> bool:
        """Whether they may not apply: said when they were entered, or when their request was declined."""
        if came_with.startswith(REQUEST):
            return self.requests.known(came_with).state.phase == DECLINED
        return NOT_INDONESIAN in self.warnings(applicant)
