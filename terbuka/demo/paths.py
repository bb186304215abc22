"""Which way each sample request goes: the steps of the procedure, one order each. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import takewhile
from typing import Any

from contracts.roles import DESK, OFFICER
from terbuka.demo.people import paper
from terbuka.demo.rows import Row

# Rows that stay open behind a step, so that the daily supervision has something to show.
LEFT_OPEN_AFTER = {18: "disposition", 29: "escalation", 36: "consequence-test"}
# The row whose missing paper comes in, and after how many days.
COMPLETED, DAYS_TO_COMPLETE = 6, timedelta(days=5)

# The row whose refusal is objected to, and in how many days its superior wants the order carried out.
OBJECTED, DAYS_TO_CARRY_OUT = 9, timedelta(days=28)
# How long the election stages last, and when the working day comes that is declared off later, both after a receipt.
STAGES_LAST, DAYS_TO_DAY_OFF = timedelta(days=29), timedelta(days=4)

# The end of an exemption that the law does not let last for good.
UNTIL = "2040-12-31"


@dataclass(frozen=True, slots=True)
class Step:
    """One order: where it goes, what it says, and in which role it is given."""

    path: str
    body: Mapping[str, Any] = field(default_factory=dict)
    role: str = DESK


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why something is not given: ground, what would follow, and which parts of it."""

    ground: str
    consequence: str
    parts: tuple[str, ...] = ()
    statute: str | None = None
    until: str | None = None


PARTLY = {
    10: Withheld(
        "17h",
        "Terungkapnya penilaian pribadi atas calon yang tidak terpilih",
        ("Catatan pewawancara: memuat penilaian pribadi", "Nilai calon yang tidak terpilih"),
    ),
    16: Withheld(
        "17j",
        "Keamanan sistem rekapitulasi terancam",
        ("Konfigurasi server: membuka celah serangan", "Kunci dan kata sandi"),
        "UU 11/2008 tentang Informasi dan Transaksi Elektronik pasal 30",
    ),
    36: Withheld(
        "17b", "Rahasia dagang kantor akuntan publik", ("Kertas kerja auditor",), until=UNTIL
    ),
}
CONSEQUENCES = {
    "17a": "Proses penegakan hukum terhambat",
    "17h": "Rahasia pribadi terungkap",
    "17i": "Kebebasan berpendapat dalam rapat internal terganggu",
}


def steps(row: Row, entry: str | None) -> tuple[Step, ...]:
    """The orders that follow the receipt of a row, up to where it is left open. `entry` is the list entry that fits it."""
    last = LEFT_OPEN_AFTER.get(row.number)
    planned = list(_steps(row, entry))
    if last is None:
        return tuple(planned)
    before = list(takewhile(lambda step: step.path != last, planned))
    return tuple(planned[: len(before) + 1])


def _steps(row: Row, entry: str | None) -> Iterator[Step]:
    kind, _, detail = row.expected.partition(":")
    match kind:
        case "available":
            yield from _at_once(row, entry)
        case "exempt" if entry:
            yield _flag(detail, entry)
            yield from _told(row)
        case "exempt":
            yield _flag(detail, None)
            yield from _refused(row, Withheld(detail, CONSEQUENCES[detail]))
        case "coordinate":
            yield _classified("coordinate")
            yield from _coordinated(row)
        case "not_held" | "not_documented":
            yield from _without(row, kind)
        case "incomplete" if row.number == COMPLETED:
            yield _completed(row, detail)
            yield from _at_once(row, entry)
        case "duplicate":
            yield Step("withdrawal", {"reason": "Sama dengan permohonan sebelumnya"})


def _at_once(row: Row, entry: str | None) -> Iterator[Step]:
    """What is available is handed over at the desk, or sent (SOP 2)."""
    form = [row.copy_format] if row.copy_format else ["softcopy", "hardcopy"]
    yield Step(
        "classification",
        {"outcome": "available", "held_form": form, **_without_none(list_entry=entry)},
    )
    yield from _handed_over(row)


def anew(row: Row) -> tuple[Step, ...]:
    """The orders that follow when an objection was granted: given after all."""
    return (_decided("full"), _notified(row, "SPB"), *_handed_over(row))


def _flag(ground: str, entry: str | None) -> Step:
    flag = {"outcome": "exempt", "grounds": [ground], "consequence": CONSEQUENCES[ground]}
    return Step("classification", {**flag, **_without_none(list_entry=entry)})


def _classified(outcome: str, *, held: bool = True) -> Step:
    return Step("classification", {"outcome": outcome, "held": held})


def _escalated(row: Row) -> Iterator[Step]:
    """The desk turns to the officer, who tells a unit what to do (SOP 4)."""
    memo = f"ND-{row.number:03d}/PPID/2026"
    yield Step("escalation", {"memo_number": memo, "note": "Mohon arahan"})
    instruction = "Siapkan informasi atau alasan penolakannya"
    yield Step(
        "disposition",
        {"unit": "Subbagian Teknis Penyelenggaraan", "instruction": instruction},
        OFFICER,
    )


def _coordinated(row: Row) -> Iterator[Step]:
    yield from _escalated(row)
    withheld = PARTLY.get(row.number)
    if withheld:
        yield _tested(row, withheld, "partial")
        yield _decided("partial", withheld)
    else:
        yield _decided("full")
    yield _notified(row)
    yield from _handed_over(row)


def _refused(row: Row, withheld: Withheld) -> Iterator[Step]:
    """No list says so: the desk puts a test to minutes, and the officer decides (UU 14/2008 art. 19)."""
    yield from _escalated(row)
    yield _tested(row, withheld, "exempt")
    yield _decided("refused", withheld)
    yield from _told(row)


def _without(row: Row, outcome: str) -> Iterator[Step]:
    yield _classified("coordinate", held=False)
    yield from _escalated(row)
    why: Mapping[str, Mapping[str, Any]] = {
        "not_held": {"referral": "KPU Kota Jakarta Pusat"},
        "not_documented": {"available_within": 30},
    }
    yield Step("decision", {"outcome": outcome, **why[outcome]}, OFFICER)
    yield from _told(row)


def _tested(row: Row, withheld: Withheld, result: str) -> Step:
    minutes = {
        "minutes_number": f"BA-{row.number:03d}/PPID/2026",
        "result": result,
        "approver": "Atasan PPID",
    }
    return Step("consequence-test", {**_reasons(withheld), **minutes})


def _decided(outcome: str, withheld: Withheld | None = None) -> Step:
    reasons = {**_reasons(withheld), "blackened": list(withheld.parts)} if withheld else {}
    return Step("decision", {"outcome": outcome, **reasons}, OFFICER)


def _reasons(withheld: Withheld) -> dict[str, Any]:
    reasons = {
        "grounds": [withheld.ground],
        "consequence": withheld.consequence,
        "public_interest": "Kepentingan umum tidak lebih besar daripada akibatnya",
    }
    return {**reasons, **_without_none(statute=withheld.statute, exempt_until=withheld.until)}


def _notified(row: Row, letter: str = "SP") -> Step:
    letter = f"{letter}-{row.number:03d}/PPID/2026"
    return Step("notification", {"letter_number": letter, "medium": medium(row)})


def _told(row: Row) -> Iterator[Step]:
    yield _notified(row)
    yield Step("closing")


def _handed_over(row: Row) -> Iterator[Step]:
    received_by = "carrier" if row.delivery in ("courier", "post") else "applicant"
    handed = {"medium": medium(row), "receipt_number": f"TT-{row.number:03d}/PPID/2026"}
    form = _without_none(form=row.copy_format)
    yield Step("handover", {**handed, **form, "received_by": received_by})
    yield Step("closing")


def _completed(row: Row, missing: str) -> Step:
    came = (row.received_at + DAYS_TO_COMPLETE).isoformat()
    return Step("documents", {"documents": [paper(row, missing)], "received_at": came})


def medium(row: Row) -> str:
    """What carries the answer."""
    return "counter" if row.delivery == "pickup" else row.delivery


def _without_none(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
