"""What the rules ask of the counter: who may apply, the papers, the form of a number, and how long a question is remembered.

Always asked for the day of receipt: a rule that changes later does not change what was due then. Only the limits of
files are those of the day on which a file is sent. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contracts.numbering import write
from contracts.rules import Rule, Rules


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be, and how many a request may have."""

    most_bytes: int
    most_files: int


@dataclass(frozen=True, slots=True)
class Practice:
    """The rules as they stand, and the office's name where a pattern says `{office}`."""

    rules: Rules
    office: str

    def papers(self, category: str, on: date) -> tuple[str, ...]:
        """What an applicant of a category hands in, in the order in which the form asks for it."""
        return tuple(self.rules.get("documents", category, on).value["papers"])

    def ineligible(self, category: str, on: date, *, indonesian: bool) -> Rule | None:
        """The rule by which an applicant may not apply; None for whoever may."""
        if indonesian:
            return None
        rule = self.rules.get("setting", "applicant.eligible", on)
        return rule if category in rule.value["indonesian"] else None

    def number(self, serial: int, on: date) -> str:
        """How a serial is written on the receipt."""
        pattern = self.rules.get("setting", "number.request", on).value["pattern"]
        return write(pattern, serial, on, self.office)

    def window(self, on: date) -> int:
        """Calendar days between two requests that may still be one and the same."""
        return int(self.rules.days("duplicate.window", on).value["count"])

    def limits(self, on: date) -> Limits:
        """Of files sent on a day."""
        return Limits(**self.rules.get("setting", "attachments.limits", on).value)
