"""Histories of ordinary requests, for filling logs: the facts of the shortest way, seven events a request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from contracts.envelope import Event, Fact
from eventlog.log import Commit
from eventlog.record import Circumstances, record
from eventlog.store import new_id

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
RECEIVED = "2026-08-12T09:10:00+07:00"
EVENTS_PER_REQUEST = 7


def request_events(number: int) -> Iterator[Event]:
    """All events of one request in causal order, from every service."""
    subject = f"request/bench-{number:08d}"
    versions = dict.fromkeys(("intake", "escalation", "classification", "register"), 0)
    for clock, (service, fact) in enumerate(_facts(number)):
        given = Circumstances(service, subject, NOW, "desk:bench", new_id(), subject, "", new_id)
        yield from record((fact,), given, versions[service], clock)
        versions[service] += 1


def _facts(number: int) -> Iterator[tuple[str, Fact]]:
    yield "intake", Fact("RequestReceived", _received())
    yield "intake", Fact("RequestSubmitted", _submitted(number))
    yield "escalation", Fact("DeadlineSet", _deadline())
    yield "classification", Fact("InformationClassified", _classified())
    yield "register", Fact("InformationDelivered", {"medium": "email", "received_by": "applicant"})
    yield "escalation", Fact("ClockStopped", _stopped())
    yield "register", Fact("Closed", {"outcome": "granted", "remark": None})


def _received() -> dict[str, object]:
    return {
        "channel": "email",
        "received_at": RECEIVED,
        "category": "individual",
        "applicant_id": new_id(),
        "applicant_revision": 1,
        "documents": ["identity_card"],
        "information": "Rekapitulasi hasil penghitungan suara per kecamatan " * 6,
        "purpose": "Penelitian",
        "obtain": "copy",
        "copy_format": "softcopy",
        "delivery": "email",
        "similar_to": [],
        "warnings": [],
    }


def _submitted(number: int) -> dict[str, object]:
    return {
        "number": f"{number + 1:04d}/PPID-KPU-DKI/VIII/2026",
        "serial": number + 1,
        "year": 2026,
        "channel": "email",
        "category": "individual",
        "applicant_id": new_id(),
        "applicant_revision": 1,
        "received_at": RECEIVED,
        "completed_at": RECEIVED,
    }


def _deadline() -> dict[str, object]:
    return {
        "clock": "answer",
        "regime": "ordinary",
        "start_on": "2026-08-12",
        "days": 10,
        "due_on": "2026-08-28",
        "legal_basis": "UU 14/2008 pasal 22 ayat (7)",
    }


def _classified() -> dict[str, object]:
    return {"outcome": "available", "held": True, "held_form": ["softcopy"], "list_entry": None}


def _stopped() -> dict[str, object]:
    return {
        "clock": "answer",
        "because": "InformationDelivered",
        "stopped_on": "2026-08-12",
        "working_days_used": 0,
        "due_on": "2026-08-28",
        "late": False,
    }


def intake_commit(number: int) -> Commit:
    """The commit with which intake takes a request in: two events."""
    events = tuple(event for event in request_events(number) if event.service == "intake")
    return Commit(events[0].stream, 0, new_id(), "", lambda _: events)
