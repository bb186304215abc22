"""Which papers an applicant must hand in, by category, and how a register number is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

# Perki 1/2021 and the KPU's e-PPID practice: a natural person shows an identity card; a legal entity the deed, its
# approval by the ministry and the identity of who acts; a group a special power of attorney and the proxy's identity.
REQUIRED = {
    "individual": ("identity_card",),
    "legal_entity": ("identity_card", "notarial_deed", "entity_approval"),
    "group": ("identity_card", "power_of_attorney"),
}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def missing(category: str, documents: Iterable[str]) -> tuple[str, ...]:
    """The papers still missing, in the order in which the form asks for them."""
    present = set(documents)
    return tuple(kind for kind in REQUIRED[category] if kind not in present)


def register_number(serial: int, received_on: date, office: str) -> str:
    """`0001/PPID-KPU-DKI/VIII/2026`: the serial within the year, and the month and year of receipt."""
    return f"{serial:04d}/{office}/{_ROMAN[received_on.month - 1]}/{received_on.year}"


def series(received_on: date) -> str:
    """The gap-free series a number is taken from."""
    return f"register/{received_on.year}"
