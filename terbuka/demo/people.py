"""Invented people for the sample requests: the same name is always the same person, and nobody is real.

The NIK has the valid form, in district 99 of a city 99 that Jakarta does not have. The telephone number begins its local part
with a zero, which no exchange gives out. Mail to example.org reaches nobody (RFC 2606).
"""

from __future__ import annotations

from hashlib import sha256
from random import Random
from typing import Any

from terbuka.demo.rows import Row

NOWHERE = "319999"
WOMAN = 40  # is added to the day of birth
STREETS = ("Contoh Raya", "Rekaan", "Umpama", "Misalnya", "Percontohan")
OCCUPATIONS = ("mahasiswa", "peneliti", "wartawan", "karyawan", "guru", "wiraswasta")


def applicant(row: Row) -> dict[str, Any]:
    """What the desk writes down of who asks."""
    luck = _luck(row.name)
    person = {
        "category": row.category,
        "name": row.name,
        "nik": nik(luck),
        "address": f"Jalan {luck.choice(STREETS)} No. {luck.randint(1, 199)}, Jakarta",
        "phone": f"0210{luck.randint(0, 999_999):06d}",
        "email": f"{''.join(filter(str.isalnum, row.name.casefold()))}@example.org",
    }
    if row.category == "legal_entity":
        return {**person, "entity_approval_number": f"AHU-{luck.randint(1, 99_999):05d}.CONTOH"}
    return {**person, "occupation": luck.choice(OCCUPATIONS)}


def papers(row: Row) -> list[dict[str, str]]:
    """The papers that were handed in, each with its number."""
    return [paper(row, kind) for kind in row.documents]


def paper(row: Row, kind: str) -> dict[str, str]:
    """One paper. The number of an identity card is the NIK."""
    if kind == "identity_card":
        return {"kind": kind, "number": nik(_luck(row.name))}
    return {"kind": kind, "number": f"CONTOH-{_luck(row.name + kind).randint(1, 9999):04d}/2026"}


def nik(luck: Random) -> str:
    """Sixteen digits PPKKCC DDMMYY SSSS of nobody."""
    day = luck.randint(1, 28) + luck.choice((0, WOMAN))
    born = f"{day:02d}{luck.randint(1, 12):02d}{luck.randint(60, 99):02d}"
    return f"{NOWHERE}{born}{luck.randint(1, 9999):04d}"


def _luck(name: str) -> Random:
    """Chance that always falls the same way for a name, on every Python."""
    return Random(int.from_bytes(sha256(name.encode()).digest()))
