"""A made-up case that has every kind of paper, to look at wordings by: nobody's data, nothing that was recorded. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.catalogue import current
from contracts.envelope import Event
from contracts.rules import Rules
from services.gateway.documents.kinds import OBJECTION, Kind
from services.gateway.documents.sources import Sources
from services.gateway.documents.story import Story

Facts = tuple[tuple[str, Mapping[str, Any]], ...]
ORDER = "sample"
SECRET = "CONTOH-0000-0000"  # noqa: S105  # opens nothing
PERSON: Mapping[str, Any] = {
    "name": "Nama Pemohon Contoh",
    "nik": "0000000000000000",
    "address": "Jalan Contoh Nomor 1\nJakarta",
    "phone": "021-000000",
    "email": "pemohon@contoh.invalid",
    "occupation": "Peneliti",
}
_WITHOUT_NUMBER = ("incompleteness", "declined", "lapse")
_REFUSED = {
    "grounds": ["17h"],
    "consequence": "Rahasia pribadi pemilih terungkap.",
    "public_interest": "Tidak lebih besar daripada perlindungan data pribadi.",
}


@dataclass(frozen=True, slots=True)
class Days:
    """The days of the sample, as its facts write them: what is due is due at the end of the year, nobody counts here."""

    on: date

    def december(self, day: int) -> str:
        """A day of the last month of the paper's year."""
        return self.on.replace(month=12, day=day).isoformat()

    @property
    def morning(self) -> str:
        """When everything of it happened."""
        return f"{self.on.isoformat()}T09:10:00+07:00"


def sample(kind: Kind, lang: str, rules: Rules, on: date, status_page: str) -> Sources:
    """What a paper of the sample case is made from, as if it were recorded on a day."""
    days = Days(on)
    facts = _history(kind, days)
    events = tuple(_event(at, name, said, days) for at, (name, said) in enumerate(facts, start=1))
    about = next(at for at, event in enumerate(events) if event.name == kind.event)
    request = Story(events, about)
    return Sources(
        story=request,
        request=request,
        person=PERSON if kind.names else {},
        rules=rules,
        lang=lang,
        status_page=status_page,
        secret=SECRET,
        preview=True,
    )


def _event(at: int, name: str, said: Mapping[str, Any], days: Days) -> Event:
    contract = current(name)
    return Event(
        id=f"{ORDER}-{at}",
        source=f"/terbuka/{contract.service}",
        type=contract.type,
        subject=f"{ORDER}/{ORDER}",
        time=days.morning,
        stream=f"{ORDER}/{ORDER}",
        streamversion=at,
        requestclock=at,
        correlationid=ORDER,
        causationid=ORDER,
        actor="ppid_officer:contoh",
        traceparent="",
        data=said,
    )


def _history(kind: Kind, days: Days) -> Facts:
    submitted = {"number": f"0000/PPID-CONTOH/{days.on.year}"}
    numbered = () if kind.name in _WITHOUT_NUMBER else (("RequestSubmitted", submitted),)
    decided = (("Decided", _decided(kind)),) if kind.event == "ApplicantNotified" else ()
    filed = (("ObjectionFiled", _filed(days)),) if kind.about == OBJECTION else ()
    own = () if kind.event in ("RequestSubmitted", "ObjectionFiled") else (_own(kind, days),)
    arrived = (("RequestReceived", _received(days)),)
    clocks = _clocks(days)  # set before, for papers that tell of one, and by the paper's own event
    return (*arrived, *numbered, *clocks, *decided, *filed, *own, *clocks)


def _received(days: Days) -> Mapping[str, Any]:
    return {
        "received_at": days.morning,
        "channel": "email",
        "category": "individual",
        "documents": ["identity_card"],
        "information": "Rekapitulasi hasil penghitungan suara per kecamatan",
        "purpose": "Penelitian",
        "obtain": "copy",
        "copy_format": "softcopy",
        "delivery": "email",
    }


def _filed(days: Days) -> Mapping[str, Any]:
    return {
        "number": f"0000/KEB-CONTOH/{days.on.year}",
        "filed_at": days.morning,
        "regime": "ordinary",
        "late": False,
        "grounds": ["35c"],
        "case_position": "Permohonan belum dijawab sampai batas waktunya.",
    }


def _decided(kind: Kind) -> Mapping[str, Any]:
    blackened = [] if kind.name == "rejection" else ["Nama dan NIK pada halaman 3: rahasia pribadi"]
    return {**_REFUSED, "outcome": _outcome(kind), "blackened": blackened}


def _outcome(kind: Kind) -> str:
    return "refused" if kind.name == "rejection" else "partial"


def _clocks(days: Days) -> Facts:
    counts = {
        "answer": 10,
        "completion": 3,
        "objection_window": 30,
        "objection_answer": 30,
        "dispute_window": 14,
    }
    return tuple(
        (
            "DeadlineSet",
            {"clock": clock, "days": count, "due_on": days.december(31), "legal_basis": _BASIS},
        )
        for clock, count in counts.items()
    )  # fmt: skip


_BASIS = "UU 14/2008"


def _own(kind: Kind, days: Days) -> tuple[str, Mapping[str, Any]]:
    said: Mapping[str, Mapping[str, Any]] = {
        "IncompletenessNotified": {"missing": ["identity_card", "power_of_attorney"]},
        "RequestDeclined": {"reason": "not_indonesian", "legal_basis": "UU 14/2008 pasal 1 angka 12"},
        "RequestLapsed": {"missing": ["identity_card"], "due_on": days.december(3)},
        "RequestWithdrawn": {"reason": "Informasi sudah didapat dari laman kantor."},
        "Escalated": {"cause": "exempt", "memo_number": "ND-0/CONTOH", "note": "Mohon arahan."},
        "DispositionGiven": {"unit": "Bagian Contoh", "instruction": "Siapkan bahan.", "internal_due_on": days.december(5)},
        "DeadlineExtended": {
            "clock": "answer", "days": 7, "due_before": days.december(17), "due_on": days.december(31),
            "reason": "not_yet_held", "explanation": "Menunggu bahan dari unit kerja.", "legal_basis": _BASIS,
        },
        "ApplicantNotified": {
            "outcome": _outcome(kind), "letter_number": "0/CONTOH", "medium": "email", "form": "softcopy",
            "grounds": ["17h"], "held": True, "provided_within": 7,
        },
        "InformationDelivered": {"medium": "email", "form": "softcopy", "received_by": "applicant"},
        "ObjectionAnswered": {
            "letter_number": "0/CONTOH", "result": "granted", "reasons": "Jangka waktu jawaban sudah lewat.",
            "order": "Menjawab permohonan.", "execute_on": days.december(10),
        },
    }  # fmt: skip
    return kind.event, said[kind.event]
