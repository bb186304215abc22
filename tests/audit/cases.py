"""Cases that the demonstration leaves out: one in every state, so that every page of every step can be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage

import amqp
import httpx

from contracts.local import local_day
from deploy.local.processes import environment_of
from deploy.local.waiting import wait_until
from eventlog import settings
from eventlog.broker import connected, messages_in
from eventlog.mongo.client import connect
from services.gateway.mail.incoming import Arrived, Place
from services.gateway.mail.installing import incoming_of
from tests.audit.office import Office
from tests.e2e.desk import Desk, new_key
from tests.suites.uploads import PDF

AVAILABLE = {"outcome": "available", "held": True, "held_form": ["softcopy"]}
COORDINATE = {"outcome": "coordinate"}
LETTER = {"letter_number": "9/PPID/2026", "medium": "post"}
UPHELD = {"result": "upheld", "reasons": "Rahasia pribadi", "letter_number": "13/HM.03-SD/31/2026"}
EXEMPT = {
    "title": "Berkas calon",
    "decree": "SK 1/2026",
    "decided_on": "2026-01-05",
    "grounds": ["17h"],
    "consequence": "Rahasia pribadi terungkap",
}
PUBLIC = {
    "title": "Laporan tahunan layanan informasi publik",
    "unit": "Sub Bagian Hupmas",
    "responsible": "PPID",
    "made_on": "2026-03-31",
    "made_at": "Jakarta",
    "forms": ["softcopy"],
    "retention": "5 tahun",
    "availability": "periodic",
}


QUEUE = "classification.inbox"
BLOCK = {"count": 5, "holder": "Loket", "reason": "Listrik padam"}


def enter(office: Office) -> list[str]:
    """Enter them; answer the addresses that only whoever just did something is led to."""
    with httpx.Client(base_url=f"{office.address}/api/v1", timeout=30) as http:
        desk = Desk(http, office.stack.tokens)
        requests = list(_requests(desk))
        _objections(desk)
        for days in (0, 4):
            _written(desk.post("/privacy-cases", {"kind": "access", "opened_at": _now(days)}))
        _written(desk.as_("ppid_officer").post("/lists/public", PUBLIC))
        _file(desk, requests[0])
        year = local_day(datetime.now(UTC)).year
        _written(desk.as_("administrator").post(f"/numbers/{year}/reservations", BLOCK))
        person = desk.see(f"/requests/{requests[0]}")["applicant_id"]
    _letter(office)
    _parked(office)
    return [f"/receive/{requests[0]}/done", f"/settings/applicants/{person}"]


def _letter(office: Office) -> None:
    """A message that came to the office's mailbox, with a file."""
    given = settings.load("gateway", environment_of(office.stack.addresses))
    with connect(given["mongo_uri"], "audit") as client:
        raw = _message()
        arrived = Arrived(Place("INBOX", 1, 1), datetime.now(UTC), len(raw), raw)
        incoming_of(given, client[given["database"]]).store(arrived)


def _message() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ani <ani@example.org>", "Mohon data"
    message.set_content("Mohon rekapitulasi suara per kecamatan.")
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="ktp.pdf")
    return message.as_bytes()


def _parked(office: Office) -> None:
    """A message that nobody can handle."""
    bad = amqp.Message(b"no event", message_id="bad-1", delivery_mode=2)
    with connected(office.stack.addresses.amqp) as connection:
        channel = connection.channel()
        channel.basic_publish(bad, "", QUEUE)
        wait_until(lambda: messages_in(channel, f"{QUEUE}.parked") == 1, "it is parked", 20)


def _file(desk: Desk, request: str) -> None:
    version = desk.see(f"/requests/{request}")["version"]
    headers = {
        "Idempotency-Key": new_key(),
        "If-Match": f'"{version}"',
        "Content-Type": "application/octet-stream",
    }
    path, query = f"/requests/{request}/attachments", {"kind": "received_letter"}
    _written(desk.ask("POST", path, params=query, headers=headers, content=PDF))


def _requests(desk: Desk) -> Iterator[str]:
    """One request in each state, the first only received."""
    officer = desk.as_("ppid_officer")
    yield desk.receive(received_at=_now())["id"]
    desk.receive(received_at=_now(), documents=[])
    available = _classified(desk, AVAILABLE)
    yield available
    delivered = _classified(desk, AVAILABLE)
    desk.step(delivered, "handover", {"medium": "counter"})
    yield delivered
    yield _classified(desk, COORDINATE)
    coordinated = _escalated(desk)
    yield coordinated
    decided = _escalated(desk)
    officer.step(decided, "decision", {"outcome": "full"})
    yield decided


def _classified(desk: Desk, how: object) -> str:
    taken = str(desk.receive(received_at=_now())["id"])
    desk.step(taken, "classification", how)
    return taken


def _escalated(desk: Desk) -> str:
    taken = _classified(desk, COORDINATE)
    desk.step(taken, "escalation", {"memo_number": "ND-1/2026", "note": "Mohon arahan"})
    return taken


def _objections(desk: Desk) -> None:
    """One objection at each station on its way to the court."""
    entry = _written(desk.as_("ppid_officer").post("/lists/exempt", EXEMPT))
    for stations in range(6):
        refused = _classified(desk, {"outcome": "exempt", "list_entry": entry["id"]})
        desk.step(refused, "notification", LETTER)
        desk.step(refused, "closing")
        filed = {"request": refused, "grounds": ["35a"], "filed_at": _now(), "case_position": "-"}
        objection = _written(desk.post("/objections", filed))["id"]
        for role, path, wish in _way()[:stations]:
            _step(desk.as_(role), objection, path, wish)


def _way() -> list[tuple[str, str, dict[str, object]]]:
    today = local_day(datetime.now(UTC)).isoformat()
    return [
        ("ppid_superior", "answer", UPHELD),
        ("desk", "reaction", {"reaction": "goes_to_commission"}),
        ("desk", "dispute", {"dispute_number": "014/KIP", "filed_on": today}),
        (
            "ppid_officer",
            "settlement",
            {
                "route": "adjudication",
                "result": "rejected",
                "decision_number": "014/A",
                "settled_on": today,
            },
        ),
        (
            "ppid_officer",
            "court-case",
            {"court": "state_administrative_court", "case_number": "21/G", "filed_on": today},
        ),
    ]


def _step(who: Desk, objection: str, path: str, wish: dict[str, object]) -> None:
    version = who.see(f"/objections/{objection}")["version"]
    _written(who.post(f"/objections/{objection}/{path}", wish, version=version))


def _written(answer: httpx.Response) -> dict:
    assert answer.is_success, answer.text
    return answer.json()


def _now(days_ago: int = 0) -> str:
    moment = datetime.now(UTC).timestamp() - days_ago * 86_400
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
