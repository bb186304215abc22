"""What the API refuses, and how: a precise problem document with its status and code, and nothing written."""

import json
import string
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from contracts import roles
from contracts.command import Actor, Command, to_message
from contracts.commands import COMMANDS
from contracts.errors import Rejected
from services.gateway.rpc import Line
from tests.e2e.desk import form, new_key

JSON = {"Content-Type": "application/json"}
PERSON = {"category": "individual", "name": "Contoh"}
ENTRY = {
    "title": "Berkas", "decree": "SK 1", "decided_on": "2026-01-05", "grounds": ["17h"], "consequence": "x",
}  # fmt: skip
LONG = "x" * 3000


def refused(answer, status, code):
    """The answer is this problem, told as RFC 9457 wants it, and tells nothing about our insides."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"urn:terbuka:problem:{code}"
    assert problem["title"]
    assert "Traceback" not in answer.text
    return problem


@pytest.fixture(scope="module")
def once(desk):
    """Send a body as it is, over a connection of its own: servers close one whose body they did not want to read."""

    def send(content, method="POST", path="/requests", role="desk", **headers):
        signed = {
            "Authorization": f"Bearer {desk.tokens[role]}",
            "Idempotency-Key": new_key(),
            **JSON,
        }
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.request(
            method, f"{desk.http.base_url}{path.lstrip('/')}", content=content, headers={**signed, **named}, timeout=20
        )  # fmt: skip

    return send


@pytest.fixture(scope="module")
def give(stack):
    """Order something of a service directly, past the gateway."""
    line = Line(stack.addresses.amqp)

    def order(name, role, data):
        contract = COMMANDS[name]
        actor = Actor("somebody", role)
        command = Command(name, new_key(), "x", actor, f"{contract.about}/x", data)
        line.call(contract.service, contract.method, (to_message(command),), 8)

    yield order
    line.drop()


def _walk(desk, request, *steps):
    for path, body, role in steps:
        desk.as_(role).step(request, path, body)
    return request


_COORDINATE = ("classification", {"outcome": "coordinate"}, "desk")
_ESCALATE = ("escalation", {}, "desk")
_DECIDE = ("decision", {"outcome": "full"}, "ppid_officer")
_NOTIFY = ("notification", {"letter_number": "S-1", "medium": "email"}, "desk")
_HAND_OVER = ("handover", {"medium": "email"}, "desk")
_WAYS = {
    "submitted": (),
    "available": (("classification", {"outcome": "available", "held_form": ["softcopy"]}, "desk"),),
    "coordination": (_COORDINATE,),
    "escalated": (_COORDINATE, _ESCALATE),
    "decided": (_COORDINATE, _ESCALATE, _DECIDE),
    "notified": (_COORDINATE, _ESCALATE, _DECIDE, _NOTIFY),
    "delivered": (_COORDINATE, _ESCALATE, _DECIDE, _NOTIFY, _HAND_OVER),
    "closed": (_COORDINATE, _ESCALATE, _DECIDE, _NOTIFY, _HAND_OVER, ("closing", {}, "desk")),
    "withdrawn": (("withdrawal", {"reason": "Batal"}, "desk"),),
}


@pytest.fixture(scope="module")
def at(desk):
    """One request in each phase."""
    received_at = datetime.now(UTC).isoformat()
    found = {
        phase: _walk(desk, desk.receive(received_at=received_at)["id"], *steps)
        for phase, steps in _WAYS.items()
    }
    return {**found, "incomplete": desk.receive(documents=[])["id"]}


_TEST = {
    "minutes_number": "BA-1", "consequence": "x", "public_interest": "x", "result": "open", "approver": "Sekretaris",
}  # fmt: skip
ORDERS = {
    "documents": ({"documents": [{"kind": "identity_card"}]}, "desk"),
    "classification": ({"outcome": "available", "held_form": ["softcopy"]}, "desk"),
    "exemption": ({"outcome": "exempt", "grounds": ["17h"]}, "desk"),
    "escalation": ({}, "desk"),
    "disposition": ({"unit": "Bagian", "instruction": "x"}, "ppid_officer"),
    "extension": ({"reason": "not_yet_held", "explanation": "x"}, "ppid_officer"),
    "consequence-test": (_TEST, "ppid_officer"),
    "decision": ({"outcome": "full"}, "ppid_officer"),
    "notification": ({"letter_number": "S-1", "medium": "email"}, "desk"),
    "handover": ({"medium": "email"}, "desk"),
    "closing": ({}, "desk"),
    "reopening": ({"reason": "x"}, "ppid_officer"),
    "withdrawal": ({"reason": "x"}, "desk"),
}
_OFFICERS = ("disposition", "extension", "consequence-test", "decision")
_WRONG = "wrong_phase"
_NOTHING_GIVEN = "not_handed_over_or_notified"
OUT_OF_PHASE = {
    "incomplete": {
        **dict.fromkeys(ORDERS, _WRONG), "documents": None, "withdrawal": None,
    },
    "submitted": {
        **dict.fromkeys(("documents", "escalation", *_OFFICERS, "notification", "handover", "reopening"), _WRONG),
        "closing": _NOTHING_GIVEN,
    },
    "available": {
        **dict.fromkeys(("documents", "escalation", *_OFFICERS, "notification", "reopening"), _WRONG),
        "closing": _NOTHING_GIVEN,
    },
    "coordination": {
        **dict.fromkeys(("documents", *_OFFICERS, "notification", "handover", "reopening"), _WRONG),
        "closing": _NOTHING_GIVEN,
    },
    "escalated": {
        **dict.fromkeys(("documents", "classification", "exemption", "notification", "handover", "reopening"), _WRONG),
        "escalation": "already_done", "closing": _NOTHING_GIVEN,
    },
    "decided": {
        **dict.fromkeys(("documents", "classification", "exemption", "handover", "reopening"), _WRONG),
        "escalation": "already_done", "closing": _NOTHING_GIVEN,
    },
    "notified": {
        **dict.fromkeys(("documents", "classification", "exemption", *_OFFICERS, "reopening"), _WRONG),
        "escalation": "already_done", "notification": "already_done", "closing": _NOTHING_GIVEN,
    },
    "delivered": {
        **dict.fromkeys(("documents", "classification", "exemption", *_OFFICERS, "reopening"), _WRONG),
        "escalation": "already_done", "notification": "already_done", "handover": "already_done",
    },
    "closed": {**dict.fromkeys(ORDERS, _WRONG), "reopening": None},
    "withdrawn": dict.fromkeys(ORDERS, _WRONG),
}  # fmt: skip
CASES = [
    (phase, order, code)
    for phase, codes in OUT_OF_PHASE.items()
    for order, code in codes.items()
    if code
]


@pytest.mark.usefixtures("nothing_written")
class TestPhases:
    @pytest.mark.parametrize(("phase", "order", "code"), CASES)
    def test_an_order_out_of_its_phase_is_refused(self, desk, at, phase, order, code):
        body, role = ORDERS[order]
        path = "classification" if order == "exemption" else order
        refused(desk.as_(role).attempt(at[phase], path, body), 409, code)

    def test_an_exemption_needs_a_ground(self, desk, at):
        answer = desk.attempt(at["submitted"], "classification", {"outcome": "exempt"})
        refused(answer, 422, "ground_missing")

    def test_only_an_exemption_has_grounds(self, desk, at):
        body = {"outcome": "available", "grounds": ["17h"]}
        refused(desk.attempt(at["submitted"], "classification", body), 422, "invalid_fields")

    def test_what_is_not_held_is_not_available(self, desk, at):
        body = {"outcome": "available", "held": False}
        refused(desk.attempt(at["submitted"], "classification", body), 422, "invalid_fields")

    def test_an_unknown_entry_exempts_nothing(self, desk, at):
        body = {"outcome": "exempt", "grounds": ["17h"], "list_entry": "nowhere"}
        refused(desk.attempt(at["submitted"], "classification", body), 409, "list_entry_unusable")

    def test_papers_cannot_have_come_before_the_request(self, desk, at):
        body = {
            "documents": [{"kind": "identity_card"}],
            "received_at": "2020-01-01T00:00:00+07:00",
        }
        problem = refused(
            desk.attempt(at["incomplete"], "documents", body), 422, "date_before_receipt"
        )
        assert list(problem["errors"]) == ["received_at"]

    def test_papers_cannot_have_come_in_the_future(self, desk, at):
        soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        body = {"documents": [{"kind": "identity_card"}], "received_at": soon}
        refused(desk.attempt(at["incomplete"], "documents", body), 422, "received_in_future")

    def test_nothing_is_completed_by_nothing(self, desk, at):
        refused(
            desk.attempt(at["incomplete"], "documents", {"documents": []}), 422, "invalid_fields"
        )


def changed(**changes):
    return {**form(), **changes}


def person(**changes):
    return {"applicant": {**PERSON, **changes}}


WRONG_FORMS = {
    "nothing": {},
    "an unknown field": changed(colour="red"),
    "an unknown field of the applicant": changed(**person(shoe_size=43)),
    "an unknown field of a paper": changed(documents=[{"kind": "identity_card", "scan": "x"}]),
    **{f"no {name}": form(**{name: None}) for name in ("channel", "received_at", "applicant", "information", "obtain", "delivery")},
    "no name": changed(applicant={"category": "individual"}),
    "no category": changed(applicant={"name": "Contoh"}),
    "an unknown channel": changed(channel="pigeon"),
    "a channel in capitals": changed(channel="LETTER"),
    "a list for a channel": changed(channel=["letter"]),
    "null for a channel": changed(channel=None),
    "a number for a text": changed(information=5),
    "a truth value for a text": changed(information=True),
    "an object for a text": changed(information={"text": "x"}),
    "a text for an applicant": changed(applicant="Contoh"),
    "a list for an applicant": changed(applicant=[PERSON]),
    "a number for a NIK": changed(**person(nik=3174015708900003)),
    "a text for the papers": changed(documents="identity_card"),
    "texts for papers": changed(documents=["identity_card"]),
    "null for a paper": changed(documents=[None]),
    "an unknown paper": changed(documents=[{"kind": "library_card"}]),
    "eleven papers": changed(documents=[{"kind": "identity_card"}] * 11),
    "an empty text": changed(information=""),
    "an empty name": changed(**person(name="")),
    "a text of 1 MB": changed(information="x" * 1_000_000),
    "a text just too long": changed(information="x" * 10_001),
    "a name just too long": changed(**person(name="x" * 301)),
    "a NUL in a text": changed(information="a\0b"),
    "a NUL in a name": changed(**person(name="a\0b")),
    "a NUL in a paper's number": changed(documents=[{"kind": "identity_card", "number": "1\0"}]),
    "half a character in a text": changed(information="a\ud800"),
    "half a character in a name": changed(**person(name="a\udfff")),
    "half a character as a field": changed(**{"\ud800": 1}),
    "a control character": changed(information="a\x1b[2J"),
    "no time": changed(received_at="2026-08-12"),
    "no offset": changed(received_at="2026-08-12T09:10:00"),
    "no date": changed(received_at="yesterday"),
    "an impossible date": changed(received_at="2026-02-30T09:10:00+07:00"),
    "seconds since 1970": changed(received_at=1786500000),
    "a year of five digits": changed(received_at="12026-08-12T09:10:00+07:00"),
    "a huge number": changed(purpose=10**400),
}  # fmt: skip


@pytest.mark.usefixtures("nothing_written")
class TestForms:
    @pytest.mark.parametrize("wrong", WRONG_FORMS)
    def test_a_form_with_a_fault_is_refused_and_the_fault_named(self, once, wrong):
        answer = once(json.dumps(WRONG_FORMS[wrong]).encode())
        problem = refused(answer, 422, "invalid_fields")
        assert problem["errors"]

    @pytest.mark.parametrize(
        "received_at", ["2126-08-12T09:10:00+07:00", "9999-12-31T23:59:59-12:00"]
    )
    def test_nothing_was_received_in_the_future(self, desk, received_at):
        refused(desk.post("/requests", form(received_at=received_at)), 422, "received_in_future")

    @pytest.mark.parametrize(
        "received_at", ["2010-04-29T23:59:59+07:00", "0001-01-01T00:00:00+07:00"]
    )
    def test_nothing_was_received_before_the_law_took_effect(self, desk, received_at):
        answer = desk.post("/requests", form(received_at=received_at))
        problem = refused(answer, 422, "date_before_law")
        assert problem["errors"].keys() == {"received_at"}

    def test_five_minutes_ahead_are_the_future(self, desk):
        soon = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
        refused(desk.post("/requests", form(received_at=soon)), 422, "received_in_future")

    @pytest.mark.parametrize(
        ("path", "body", "role"),
        [
            ("disposition", {"unit": "x"}, "ppid_officer"),
            ("disposition", {"unit": "x", "instruction": "x", "internal_due_on": "soon"}, "ppid_officer"),
            ("extension", {"reason": "holiday", "explanation": "x"}, "ppid_officer"),
            ("consequence-test", {**_TEST, "result": "unclear"}, "ppid_officer"),
            ("decision", {"outcome": "maybe"}, "ppid_officer"),
            ("decision", {"outcome": "full", "grounds": ["17z"]}, "ppid_officer"),
            ("decision", {"outcome": "full", "grounds": ["17a", "17a"]}, "ppid_officer"),
            ("decision", {"outcome": "not_documented", "available_within": "5"}, "ppid_officer"),
            ("decision", {"outcome": "not_documented", "available_within": 2**70}, "ppid_officer"),
            ("decision", {"outcome": "not_documented", "available_within": True}, "ppid_officer"),
            ("notification", {"letter_number": "x", "medium": "email", "cost": -1}, "desk"),
            ("notification", {"letter_number": "x", "medium": "email", "cost": 1.5}, "desk"),
            ("notification", {"letter_number": "x", "medium": "pigeon"}, "desk"),
            ("handover", {"medium": "email", "received_by": None}, "desk"),
            ("closing", {"remark": "a\0"}, "desk"),
            ("reopening", {}, "ppid_officer"),
            ("withdrawal", {"reason": ""}, "desk"),
            ("escalation", {"memo": "x"}, "desk"),
        ],
    )  # fmt: skip
    def test_a_step_with_a_fault_is_refused(self, desk, at, path, body, role):
        refused(desk.as_(role).attempt(at["escalated"], path, body), 422, "invalid_fields")

    @pytest.mark.parametrize("lacking", ["grounds", "decree", "decided_on", "consequence"])
    def test_an_exempt_entry_is_a_whole_decision(self, officer, lacking):
        entry = {name: value for name, value in ENTRY.items() if name != lacking}
        refused(officer.post("/lists/exempt", entry), 422, "ground_fields_missing")

    @pytest.mark.parametrize(
        "body", [{}, {"title": ""}, {"title": "x", "list": "secret"}, {"title": "x", "forms": "a"}]
    )
    def test_an_entry_with_a_fault_is_refused(self, officer, body):
        refused(officer.post("/lists/public", body), 422, "invalid_fields")


BODIES = {
    "no JSON": (b"channel=letter", 400, "malformed_json"),
    "half of a JSON object": (b'{"channel": "let', 400, "malformed_json"),
    "NaN": (b'{"purpose": NaN}', 400, "malformed_json"),
    "infinity": (b'{"purpose": -Infinity}', 400, "malformed_json"),
    "a trailing comma": (b'{"channel": "letter",}', 400, "malformed_json"),
    "two objects": (b"{}{}", 400, "malformed_json"),
    "deeply nested lists": (b"[" * 100_000, 400, "malformed_json"),
    "deeply nested objects": (b'{"a":' * 50_000, 400, "malformed_json"),
    "a number of 5000 digits": (b'{"purpose": ' + b"9" * 5000 + b"}", 400, "malformed_json"),
    "a mark of the byte order": (b"\xef\xbb\xbf{}", 400, "malformed_json"),
    "UTF-16 without a mark": ('{"channel": "x"}'.encode("utf-16-le"), 400, "malformed_json"),
    "UTF-16": ('{"channel": "x"}'.encode("utf-16"), 400, "not_utf8"),
    "UTF-32": ('{"channel": "x"}'.encode("utf-32"), 400, "not_utf8"),
    "Latin-1": ('{"channel": "é"}'.encode("latin-1"), 400, "not_utf8"),
    "an overlong form": (b'{"channel": "\xc0\xaf"}', 400, "not_utf8"),
    "half a character in bytes": (b'{"channel": "\xed\xa0\x80"}', 400, "not_utf8"),
    "a list": (b"[]", 422, "invalid_fields"),
    "a text": (b'"channel"', 422, "invalid_fields"),
    "a number": (b"5", 422, "invalid_fields"),
    "null": (b"null", 422, "invalid_fields"),
    "a number beyond all bounds": (b'{"purpose": 1e400}', 422, "invalid_fields"),
    "a field twice, wrong the second time": (b'{"channel": "web", "channel": 1}', 422, "invalid_fields"),
    "nothing": (b"", 422, "invalid_fields"),
    "one byte too many": (b" " * 1_048_577, 413, "body_too_large"),
    "10 MB": (b" " * 10_000_000, 413, "body_too_large"),
}  # fmt: skip
MEDIA_TYPES = [
    "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "application/json; charset=latin-1", "application/json; charset=utf-16", "application/vnd.api+json",
    "application/jsonp", "",
]  # fmt: skip


@pytest.mark.usefixtures("nothing_written")
class TestBodies:
    @pytest.mark.parametrize("body", BODIES)
    def test_a_body_that_is_no_form_is_refused(self, once, body):
        content, status, code = BODIES[body]
        refused(once(content), status, code)

    def test_a_body_of_unknown_length_is_cut_off_at_the_limit(self, once):
        refused(once(b" " * 1024 for _ in range(1500)), 413, "body_too_large")

    @pytest.mark.parametrize("media_type", MEDIA_TYPES)
    def test_only_json_in_utf8_is_read(self, once, media_type):
        answer = once(json.dumps(form()).encode(), Content_Type=media_type)
        refused(answer, 415, "media_type_not_supported")

    def test_a_packed_body_is_not_unpacked(self, once):
        answer = once(b"\x1f\x8b\x08\x00", Content_Encoding="gzip")
        refused(answer, 400, "not_utf8")


TOKENS = {
    "none": ({}, "token_missing"),
    "an empty one": ({"Authorization": "Bearer"}, "token_missing"),
    "another scheme": ({"Authorization": "Basic ZGVzazpkZXNr"}, "token_missing"),
    "no scheme": ({"Authorization": "c29tZXRoaW5n"}, "token_missing"),
    "an unknown one": ({"Authorization": "Bearer c29tZXRoaW5n"}, "token_unknown"),
    "one with bytes that are no text": ({b"Authorization": b"Bearer \xe9\xff"}, "token_unknown"),
    "two": ({"Authorization": "Bearer a, Bearer b"}, "token_unknown"),
    "a very long one": ({"Authorization": "Bearer " + "x" * 7000}, "token_unknown"),
}  # fmt: skip
# The order, as the API names it.
PATHS = {
    "ReceiveRequest": ("POST", "/requests"),
    "CompleteRequest": ("POST", "/requests/{id}/documents"),
    "WithdrawRequest": ("POST", "/requests/{id}/withdrawal"),
    "EnterApplicant": ("POST", "/applicants"),
    "CorrectApplicant": ("PUT", "/applicants/x"),
    "EraseApplicant": ("DELETE", "/applicants/x?purpose=y"),
    "ClassifyInformation": ("POST", "/requests/{id}/classification"),
    "FlagExemption": ("POST", "/requests/{id}/classification"),
    "PublishListEntry": ("POST", "/lists/exempt"),
    "RevokeListEntry": ("POST", "/lists/exempt/x/revocation"),
    "EscalateRequest": ("POST", "/requests/{id}/escalation"),
    "GiveDisposition": ("POST", "/requests/{id}/disposition"),
    "ExtendDeadline": ("POST", "/requests/{id}/extension"),
    "CorrectRegime": ("POST", "/requests/{id}/regime"),
    "RecordConsequenceTest": ("POST", "/requests/{id}/consequence-test"),
    "DecideRequest": ("POST", "/requests/{id}/decision"),
    "NotifyApplicant": ("POST", "/requests/{id}/notification"),
    "HandOverInformation": ("POST", "/requests/{id}/handover"),
    "KeepAttachment": ("POST", "/requests/{id}/attachments?kind=answer"),
    "DropAttachment": ("DELETE", "/requests/{id}/attachments/x?reason=y"),
    "AssignRequest": ("POST", "/requests/{id}/assignment"),
    "RecordDelivery": ("POST", "/requests/{id}/delivery"),
    "CloseRequest": ("POST", "/requests/{id}/closing"),
    "ReopenRequest": ("POST", "/requests/{id}/reopening"),
    "SuperviseDay": ("POST", "/reports/daily/2026-08-12/supervision"),
    "IssueReport": ("POST", "/reports/monthly/2026-08/issue"),
    "AcknowledgeReport": ("POST", "/reports/monthly/2026-08/acknowledgement"),
    "FileObjection": ("POST", "/objections"),
    "AnswerObjection": ("POST", "/objections/x/answer"),
    "RecordReaction": ("POST", "/objections/x/reaction"),
    "RecordObjectionDelivery": ("POST", "/objections/x/delivery"),
    "OpenDispute": ("POST", "/objections/x/dispute"),
    "SettleDispute": ("POST", "/objections/x/settlement"),
    "OpenCourtCase": ("POST", "/objections/x/court-case"),
    "RecordRuling": ("POST", "/objections/x/ruling"),
    "OpenPrivacyCase": ("POST", "/privacy-cases"),
    "SettlePrivacyCase": ("POST", "/privacy-cases/x/settlement"),
    "DeclareHolidays": ("POST", "/calendar"),
    "RevokeHoliday": ("DELETE", "/calendar/2026-08-17"),
    "EnactRule": ("POST", "/rules"),
    "EndRule": ("POST", "/rules/ending"),
    "ReserveNumbers": ("POST", "/numbers/2026/reservations"),
    "VoidNumber": ("POST", "/numbers/2026/voids"),
}
NOT_ALLOWED = [
    (order, role) for order in COMMANDS for role in roles.ROLES if role not in COMMANDS[order].roles
]
READINGS = {
    "/requests": roles.STAFF, "/requests/{id}": roles.STAFF, "/requests/{id}/timeline": roles.STAFF,
    "/requests/{id}/deadline": roles.STAFF,
    "/numbers/2026": roles.STAFF, "/register/2026": roles.STAFF, "/register/2026.csv": roles.STAFF, "/lists/public": roles.STAFF,
    "/lists/exempt/x": roles.STAFF, "/reports/daily/2026-08-12": roles.STAFF, "/reports/monthly/2026-08": roles.STAFF, "/reports/annual/2026": roles.STAFF,
    "/duties": frozenset({"ppid_officer", "division_head", "administrator", "auditor"}),
    "/events": roles.STAFF | {"integration"}, "/applicants/x?purpose=y": roles.DESK_WORK,
    "/applicants/x/reads": frozenset({"auditor", "administrator"}),
}  # fmt: skip


@pytest.mark.usefixtures("nothing_written")
class TestCallers:
    @pytest.mark.parametrize("token", TOKENS)
    def test_nobody_gets_in_without_a_known_token(self, desk, token):
        headers, code = TOKENS[token]
        answer = desk.http.get("/requests", headers=headers)
        refused(answer, 401, code)
        assert answer.headers["WWW-Authenticate"] == "Bearer"

    def test_nobody_writes_without_a_known_token(self, desk):
        refused(desk.http.post("/requests", json=form()), 401, "token_missing")

    @pytest.mark.parametrize(("order", "role"), NOT_ALLOWED)
    def test_a_role_that_an_order_does_not_name_may_not_give_it(self, desk, at, order, role):
        method, path = PATHS[order]
        answer = desk.as_(role).write(method, path.format(id=at["submitted"]))
        refused(answer, 403, "role_not_allowed")

    def test_every_order_has_its_path(self):
        assert PATHS.keys() == COMMANDS.keys()

    @pytest.mark.parametrize(
        ("path", "role"),
        [(path, role) for path, may in READINGS.items() for role in roles.ROLES if role not in may],
    )
    def test_a_role_that_may_not_read_something_does_not_see_it(self, desk, at, path, role):
        answer = desk.as_(role).ask("GET", path.format(id=at["submitted"]))
        refused(answer, 403, "role_not_allowed")


@pytest.mark.usefixtures("nothing_written")
class TestServices:
    """Whoever gets past the gateway finds the same rules at each service's own door."""

    @pytest.mark.parametrize("order", COMMANDS)
    def test_a_role_that_the_order_does_not_name_is_refused(self, give, order):
        with pytest.raises(Rejected, match="role_not_allowed"):
            give(order, "integration", {})

    @pytest.mark.parametrize("order", COMMANDS)
    def test_a_field_that_the_order_does_not_have_is_refused(self, give, order):
        with pytest.raises(Rejected, match="invalid_fields"):
            give(order, min(COMMANDS[order].roles), {"colour": "red"})


VERSIONS = {
    "none": ("", "if_match_missing"),
    "a word": ("garbage", "stale_version"),
    "one that is not there yet": ('"escalation99-intake99"', "stale_version"),
    "one with a service too many": ('"classification1-escalation2-intake2-zoo1"', "stale_version"),
    "an empty one": ('""', "stale_version"),
    "one that is no text": (b"\xff\xfe", "stale_version"),
    "numbers only": ('"2"', "stale_version"),
    "a very long one": ('"' + "intake2-" * 500 + '"', "stale_version"),
}


class TestVersions:
    @pytest.mark.usefixtures("nothing_written")
    @pytest.mark.parametrize("version", VERSIONS)
    def test_whoever_has_not_read_the_request_may_not_change_it(self, desk, at, version):
        tag, code = VERSIONS[version]
        headers = {"If-Match": tag} if tag else {}
        answer = desk.post(f"/requests/{at['submitted']}/closing", {}, headers=headers)
        refused(answer, 412, code)

    def test_whoever_read_it_before_somebody_else_changed_it_may_not_change_it(self, desk):
        taken = desk.receive()
        desk.step(
            taken["id"], "classification", {"outcome": "available", "held_form": ["softcopy"]}
        )
        for path in ("classification", "withdrawal", "handover"):
            answer = desk.post(
                f"/requests/{taken['id']}/{path}", ORDERS[path][0], version=taken["version"]
            )
            refused(answer, 412, "stale_version")

    def test_of_two_who_read_the_same_only_one_changes_it(self, desk):
        taken = desk.receive()
        path = f"/requests/{taken['id']}/classification"
        first = desk.post(
            path, {"outcome": "available", "held_form": ["softcopy"]}, version=taken["version"]
        )
        second = desk.post(path, {"outcome": "coordinate"}, version=taken["version"])
        assert first.status_code == 200
        refused(second, 412, "stale_version")

    def test_a_star_stands_for_whatever_there_is(self, desk):
        taken = desk.receive()
        answer = desk.post(
            f"/requests/{taken['id']}/classification",
            {"outcome": "available", "held_form": ["softcopy"]},
            headers={"If-Match": "*"},
        )
        assert answer.status_code == 200


KEYS = {
    "none": (None, "idempotency_key_missing"),
    "an empty one": ("", "idempotency_key_missing"),
    "one too long": ("x" * 201, "idempotency_key_invalid"),
    "one that is not ASCII": ("kunci-é".encode(), "idempotency_key_invalid"),
    "one that cannot be printed": ("a\tb", "idempotency_key_invalid"),
}


class TestIdempotencyKeys:
    @pytest.mark.usefixtures("nothing_written")
    @pytest.mark.parametrize("key", KEYS)
    def test_a_write_needs_a_key_that_can_be_kept(self, desk, key):
        value, code = KEYS[key]
        headers = {} if value is None else {"Idempotency-Key": value}
        refused(desk.ask("POST", "/requests", json=form(), headers=headers), 400, code)

    def test_the_longest_key_is_a_good_key(self, desk):
        assert desk.post("/requests", form(), key=new_key() * 5 + "x" * 20).status_code == 201

    def test_the_same_write_again_gets_the_same_answer_and_happens_once(self, desk, heads):
        body, key = form(), new_key()
        first = desk.post("/requests", body, key=key)
        before = heads()
        second = desk.post("/requests", body, key=key)
        assert (second.status_code, second.json()) == (first.status_code, first.json())
        assert heads() == before

    def test_the_same_step_again_gets_its_answer_though_the_version_is_old(self, desk, heads):
        taken, key = desk.receive(), new_key()
        path = f"/requests/{taken['id']}/classification"
        first = desk.post(
            path,
            {"outcome": "available", "held_form": ["softcopy"]},
            key=key,
            version=taken["version"],
        )
        before = heads()
        second = desk.post(
            path,
            {"outcome": "available", "held_form": ["softcopy"]},
            key=key,
            version=taken["version"],
        )
        assert (first.status_code, second.status_code) == (200, 200)
        assert heads() == before

    @pytest.mark.parametrize(
        "change",
        [
            {"information": "Lain"},
            {"received_at": "2026-08-13T09:00:00+07:00"},
            {"channel": "fax"},
            {"applicant": PERSON},
        ],
    )
    def test_a_used_key_does_not_open_another_write(self, desk, heads, change):
        body, key = form(), new_key()
        desk.post("/requests", body, key=key)
        before = heads()
        refused(desk.post("/requests", {**body, **change}, key=key), 422, "idempotency_key_reused")
        assert heads() == before

    def test_a_used_key_does_not_open_another_request(self, desk):
        first, second, key = desk.receive(), desk.receive(), new_key()
        body = {"outcome": "available", "held_form": ["softcopy"]}
        desk.post(
            f"/requests/{first['id']}/classification", body, key=key, version=first["version"]
        )
        answer = desk.post(
            f"/requests/{second['id']}/classification", body, key=key, version=second["version"]
        )
        refused(answer, 422, "idempotency_key_reused")

    def test_two_accounts_may_use_the_same_key(self, desk, officer):
        key = new_key()
        taken = [who.post("/requests", form(), key=key).json()["id"] for who in (desk, officer)]
        assert taken[0] != taken[1]


WEIRD = {
    "unknown": "019ff3bb-d0c0-7152-bd81-6861ebc5ee01",
    "a NUL": "%00",
    "blanks": "%20%20",
    "very long": LONG,
    "a smile": "%F0%9F%98%80",
    "no text": "%ff%fe",
    "a way out": "..%2f..%2fetc%2fpasswd",
    "a way out twice packed": "%252e%252e%252f",
    "an operator": "%7B%22%24gt%22:%22%22%7D",
    "another kind": "applicant%2Fx",
    "a line end": "a%0d%0aSet-Cookie:%20a=b",
    "a parameter": "x;y=z",
}


@pytest.mark.usefixtures("nothing_written")
class TestUnknownThings:
    @pytest.mark.parametrize("id_", WEIRD)
    @pytest.mark.parametrize(
        "path",
        [
            "/requests/{}",
            "/requests/{}/timeline",
            "/lists/public/{}",
            "/reports/daily/{}",
            "/reports/monthly/{}",
            "/reports/annual/{}",
            "/applicants/{}?purpose=y",
        ],
    )
    def test_what_is_not_there_is_not_found(self, desk, path, id_):
        refused(desk.ask("GET", path.format(WEIRD[id_])), 404, "not_found")

    @pytest.mark.parametrize("id_", WEIRD)
    @pytest.mark.parametrize("order", ORDERS)
    def test_what_is_not_there_cannot_be_changed(self, desk, order, id_):
        body, role = ORDERS[order]
        path = f"/requests/{WEIRD[id_]}/{'classification' if order == 'exemption' else order}"
        refused(desk.as_(role).post(path, body, version="intake1"), 404, "not_found")

    @pytest.mark.parametrize(
        "path",
        [
            "/nothing",
            "/requests/x/nothing",
            "/lists/secret",
            "/register/26",
            "/register/99999999999999999999",
            "/register/2026.xls",
            "/numbers/26",
            "/numbers/2026/blocks",
            "/reports/yearly/2026",
        ],
    )
    def test_there_are_no_other_paths(self, desk, path):
        refused(desk.ask("GET", path), 404, "not_found")

    @pytest.mark.parametrize("day", ["2026-02-30", "20260812", "2026-W33-3", "today", "2026-8-2"])
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_a_day_is_written_in_one_way_only(self, officer, day, method):
        path = f"/reports/daily/{day}" + ("/supervision" if method == "POST" else "")
        refused(officer.write(method, path), 404, "not_found")

    @pytest.mark.parametrize(
        "period", ["2026-13", "2026", "202608", "2026-8", "2026-08-01", "august"]
    )
    def test_a_month_is_written_in_one_way_only(self, officer, period):
        refused(officer.post(f"/reports/monthly/{period}/issue"), 404, "not_found")

    def test_an_applicant_that_is_not_there_cannot_be_corrected(self, desk):
        refused(desk.write("PUT", "/applicants/x", {"name": "Contoh"}), 404, "not_found")

    def test_an_applicant_that_is_not_there_cannot_be_erased(self, desk):
        answer = desk.as_("administrator").write("DELETE", "/applicants/x?purpose=y")
        refused(answer, 404, "not_found")

    def test_an_address_longer_than_any_is_refused_at_the_gate(self, desk):
        answer = desk.ask("GET", "/requests/" + "x" * 5000)
        assert answer.status_code == 414


def cursor(text):
    return urlsafe_b64encode(text.encode()).decode()


QUERIES = {
    "/requests": [
        "state=lost", "state=", "channel=pigeon", "overdue=maybe", "year=1999", "year=x", "year=2026.5", "due_before=soon",
        "due_before=2026-13-01", "limit=0", "limit=201", "limit=-1", "limit=x", f"limit={10**30}", "q=%00", f"q={'x' * 101}",
        "q=", "colour=red", "state[$ne]=closed", "sort=id",
    ],
    "/requests/{id}": ["as_of=yesterday", "as_of=2026-08-12", "as_of=2026-08-12T09:00:00", "as_of=0001-01-01T00:00:00%2B07:00", "at=now"],
    "/register/2026": ["limit=0", "state=closed", "limit=1e2"],
    "/lists/public": ["limit=x", "title=x"],
    "/events": ["after=-1", "after=x", f"after={10**20}", f"after={2**63}", "limit=0", "limit=201", "wait=31", "wait=-1", "type=Closed"],
    "/applicants/x": ["reason=y"],
}  # fmt: skip
CURSORS = [
    ("/requests", "!!!"), ("/requests", "zzzz"), ("/requests", "%00"), ("/requests", "%ff"), ("/lists/public", "a"),
    ("/register/2026", cursor("x")), ("/register/2026", cursor("-1")), ("/register/2026", cursor("²")),
    ("/register/2026", cursor("٣")), ("/register/2026", cursor("9" * 30)), ("/register/2026", cursor("9" * 2000)),
]  # fmt: skip


class TestQueries:
    @pytest.mark.parametrize(
        ("path", "query"), [(path, query) for path, queries in QUERIES.items() for query in queries]
    )
    def test_a_parameter_that_is_unknown_or_wrong_is_named(self, desk, at, path, query):
        answer = desk.ask("GET", f"{path.format(id=at['submitted'])}?{query}")
        problem = refused(answer, 400, "filter_invalid")
        assert query.split("=")[0] in problem["errors"]

    @pytest.mark.parametrize(("path", "made_up"), CURSORS)
    def test_a_made_up_cursor_is_refused(self, desk, path, made_up):
        refused(desk.ask("GET", f"{path}?cursor={made_up}"), 400, "cursor_invalid")

    def test_a_position_that_has_not_come_shows_nothing(self, desk):
        assert desk.see("/events", after=2**53)["items"] == []

    @pytest.mark.parametrize("purpose", ["", "?purpose=", "?purpose=%20"])
    def test_nobody_reads_a_person_without_a_purpose(self, desk, purpose):
        refused(desk.ask("GET", f"/applicants/x{purpose}"), 400, "purpose_missing")

    def test_nobody_erases_a_person_without_a_reason(self, desk):
        answer = desk.as_("administrator").write("DELETE", "/applicants/x")
        refused(answer, 400, "purpose_missing")


class TestMethods:
    @pytest.mark.parametrize(
        ("method", "path", "allowed"),
        [
            ("PUT", "/requests", "GET, HEAD, OPTIONS, POST"),
            ("DELETE", "/requests/x", "GET, HEAD, OPTIONS"),
            ("PATCH", "/requests/x", "GET, HEAD, OPTIONS"),
            ("GET", "/requests/x/closing", "OPTIONS, POST"),
            ("POST", "/events", "GET, HEAD, OPTIONS"),
            ("BREW", "/requests", "GET, HEAD, OPTIONS, POST"),
        ],
    )
    def test_a_method_that_is_not_there_is_refused_with_those_that_are(
        self, desk, method, path, allowed
    ):
        answer = desk.ask(method, path)
        refused(answer, 405, "method_not_allowed")
        assert answer.headers["Allow"] == allowed

    def test_head_tells_what_get_would_without_the_body(self, desk, at):
        path = f"/requests/{at['submitted']}"
        answer = desk.ask("HEAD", path)
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["ETag"] == desk.get(path).headers["ETag"]

    def test_head_needs_a_token_too(self, desk):
        assert desk.http.head("/requests").status_code == 401

    def test_options_tells_the_methods(self, desk):
        answer = desk.ask("OPTIONS", "/requests")
        assert answer.status_code == 200
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


class TestWhatIsOddButTakenIn:
    @pytest.mark.parametrize(
        "nik",
        [
            "1",
            "3174015708900000",
            "317401570890000\N{FULLWIDTH DIGIT THREE}",
            "9999999999999999",
            "31740157-08900003",
        ],
    )
    def test_a_malformed_nik_is_a_warning(self, desk, nik):
        taken = desk.receive(applicant={**PERSON, "nik": nik})
        assert "nik_malformed" in taken["warnings"]

    def test_a_person_without_address_and_contact_is_a_warning(self, desk):
        taken = desk.receive(applicant=PERSON)
        assert taken["warnings"] == ["address_missing", "contact_missing"]

    def test_a_text_just_short_enough_is_kept_as_it_is(self, desk):
        text = (
            "".join(chr(0x1F600 + n % 60) for n in range(50)) + string.printable[:95] + "\t\r\n"
        ) * 68
        taken = desk.receive(information=text[:10_000])
        assert desk.see(f"/requests/{taken['id']}")["information"] == text[:10_000]

    @pytest.mark.parametrize(
        "text",
        [
            "<script>alert(1)</script>",
            "'; DROP TABLE requests; --",
            '{"$gt": ""}',
            "ﷺ\u202e\u200d",
            "=1+1",
        ],
    )
    def test_a_text_with_signs_that_mean_something_elsewhere_is_kept_as_it_is(self, desk, text):
        taken = desk.receive(information=text, purpose=text)
        seen = desk.see(f"/requests/{taken['id']}")
        assert (seen["information"], seen["purpose"]) == (text, text)

    def test_signs_of_a_regular_expression_find_nothing(self, desk):
        assert desk.see("/requests", q=".*")["items"] == []
