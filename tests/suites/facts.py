"""One ordinary fact of every kind, with data that fit the catalogue; a test changes only what it is about."""

import json
from pathlib import Path

from contracts.envelope import Fact

EXAMPLES = Path(__file__).resolve().parents[2] / "contracts" / "examples" / "events"
RECEIVED_AT = "2026-08-12T09:10:00+07:00"
COMPLETED_AT = "2026-08-14T10:00:00+07:00"
INFORMATION = "Rekapitulasi hasil penghitungan suara per kecamatan"
APPLICANT = "2c3c4c5c-0000-5000-8000-000000000001"

_REQUESTED = {
    "channel": "walk_in",
    "category": "individual",
    "applicant_id": APPLICANT,
    "applicant_revision": 1,
    "received_at": RECEIVED_AT,
}
_ENTRY = {
    "list": "exempt",
    "title": "Berkas pemilih",
    "unit": None,
    "decree": "731/2025",
    "decided_on": "2025-08-21",
    "grounds": ["17h"],
    "forms": ["softcopy"],
    "location": None,
    "valid_to": None,
    "statute": None,
    "consequence": "Data pribadi pemilih terungkap",
}
_TEST = {
    "minutes_number": "BA-1",
    "grounds": ["17h"],
    "statute": None,
    "consequence": "Rahasia pribadi terungkap",
    "public_interest": "Tidak lebih besar",
    "result": "exempt",
    "approver": "Ketua",
}
_DECISION = {
    "outcome": "full",
    "grounds": [],
    "statute": None,
    "consequence": None,
    "blackened": [],
    "referral": None,
    "available_within": None,
    "reasons": None,
}
_FIGURES = {"received": 1, "by_channel": {"walk_in": 1}}

DATA = {
    "RequestReceived": {
        **_REQUESTED,
        "documents": ["identity_card"],
        "information": INFORMATION,
        "purpose": None,
        "obtain": "copy",
        "copy_format": "softcopy",
        "delivery": "email",
        "similar_to": [],
        "warnings": [],
    },
    "IncompletenessNotified": {
        "category": "individual",
        "received_at": RECEIVED_AT,
        "missing": ["identity_card"],
    },
    "DocumentsReceived": {
        "documents": ["identity_card"],
        "received_at": COMPLETED_AT,
        "missing": [],
    },
    "RequestSubmitted": {
        **_REQUESTED,
        "number": "0001/PPID-KPU-DKI/VIII/2026",
        "serial": 1,
        "year": 2026,
        "completed_at": RECEIVED_AT,
    },
    "RequestLapsed": {"missing": ["identity_card"], "due_on": "2026-08-18"},
    "RequestWithdrawn": {"reason": "Sudah didapat"},
    "ApplicantEntered": {
        "applicant_id": APPLICANT,
        "applicant_revision": 1,
        "category": "individual",
        "warnings": [],
        "legal_basis": None,
    },
    "ApplicantCorrected": {"applicant_id": APPLICANT, "applicant_revision": 2},
    "ApplicantErased": {"applicant_id": APPLICANT, "reason": "Atas permintaan"},
    "InformationClassified": {
        "outcome": "coordinate",
        "held": True,
        "held_form": ["softcopy"],
        "list_entry": None,
    },
    "ExemptionFlagged": {"grounds": ["17h"], "consequence": None, "basis": None},
    "ListEntryPublished": _ENTRY,
    "ListEntryRevoked": {"list": "exempt", "reason": "Dicabut"},
    "Escalated": {"cause": "coordinate", "memo_number": "ND-1", "note": None},
    "DispositionGiven": {
        "unit": "Bagian Teknis",
        "instruction": "Siapkan",
        "internal_due_on": "2026-08-20",
    },
    "DeadlineSet": {
        "clock": "answer",
        "regime": "ordinary",
        "start_on": "2026-08-12",
        "days": 10,
        "due_on": "2026-08-28",
        "target_on": "2026-08-28",
        "legal_basis": "UU 14/2008 pasal 22 ayat (7)",
    },
    "DeadlineExtended": {
        "clock": "answer",
        "days": 7,
        "due_before": "2026-08-28",
        "due_on": "2026-09-08",
        "target_on": "2026-09-08",
        "reason": "not_yet_held",
        "explanation": "Menunggu unit",
        "legal_basis": "UU 14/2008 pasal 22 ayat (8)",
    },
    "DeadlineApproached": {
        "clock": "answer",
        "due_on": "2026-08-28",
        "working_days_left": 2,
        "stage": "soon",
    },
    "DeadlineMissed": {"clock": "answer", "due_on": "2026-08-28"},
    "ClockStopped": {
        "clock": "answer",
        "because": "InformationDelivered",
        "stopped_on": "2026-08-20",
        "working_days_used": 5,
        "due_on": "2026-08-28",
        "late": False,
    },
    "ConsequenceTested": _TEST,
    "Decided": _DECISION,
    "ApplicantNotified": {
        "outcome": "full",
        "letter_number": "123/HM.03-SD/31/2026",
        "medium": "email",
        "grounds": [],
        "held": True,
        "form": None,
        "cost": None,
        "provided_within": None,
        "referral": None,
        "statute": None,
        "blackened": 0,
        "material": None,
        "payment": None,
    },
    "InformationDelivered": {
        "medium": "email",
        "form": "softcopy",
        "receipt_number": None,
        "received_by": "applicant",
    },
    "DeliveryRecorded": {
        "item": "notification",
        "medium": "post",
        "state": "sent",
        "happened_at": "2026-08-12T11:00:00+07:00",
        "proof": "RR-1",
        "attachment": None,
        "remark": None,
    },
    "RequestAssigned": {"assignee": "ani", "note": None},
    "Closed": {"outcome": "granted", "remark": None},
    "Reopened": {"reason": "Belum lengkap"},
    "DaySupervised": {"date": "2026-08-12", "figures": _FIGURES, "remark": None},
    "ReportIssued": {"period": "2026-08", "figures": _FIGURES, "remark": None},
    "ReportAcknowledged": {"period": "2026-08", "remark": None},
}

# The law's own facts are as their frozen examples say.
DATA |= {
    name: json.loads((EXAMPLES / service / f"{name}.v1.json").read_text(encoding="utf-8"))["data"]
    for service, names in {
        "intake": (
            "NumbersReserved",
            "NumberVoided",
            "RequestDeclined",
            "AttachmentKept",
            "AttachmentRefused",
            "AttachmentDropped",
        ),
        "escalation": (
            "DeadlineMoved",
            "RegimeChosen",
            "DecisionOrdered",
            "ObjectionFiled",
            "ObjectionAnswered",
            "ObjectorReacted",
            "ObjectionDeliveryRecorded",
            "RedressLapsed",
            "DisputeOpened",
            "DisputeSettled",
            "CourtCaseOpened",
            "CourtRuled",
            "HolidayDeclared",
            "HolidayRevoked",
            "ClocksRecomputed",
            "RuleEnacted",
            "RuleEnded",
            "PrivacyCaseOpened",
            "PrivacyCaseSettled",
        ),
    }.items()
    for name in names
}


def fact(name, **changed):
    """An ordinary fact, but for what is changed."""
    return Fact(name, {**DATA[name], **changed})
