"""The API describes itself: validly, completely, with who may do what, and as it really behaves.

openapi-3.1.schema.json is the schema that the OpenAPI Initiative publishes for version 3.1 (2022-10-07, Apache-2.0).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from flask import Flask
from jsonschema import Draft202012Validator, FormatChecker

from contracts import roles
from contracts.local import local_day
from services.gateway.app import BLUEPRINTS
from tests.e2e.desk import Desk, form, new_key
from tests.e2e.test_refusals import WRONG_FORMS
from tests.suites import uploads

STANDARD = json.loads(Path(__file__).with_name("openapi-3.1.schema.json").read_text())
METHODS = ("get", "put", "post", "delete", "patch")
PREFIX = "/api/v1"
STEP = r"(requests|lists/\{kind\}|objections|privacy-cases)/\{id_\}/"
# What a JSON Schema cannot say, or only with a pattern that nobody would read.
BEYOND_A_SCHEMA = {
    "a NUL in a text", "a NUL in a name", "a NUL in a paper's number", "half a character in a text",
    "half a character in a name", "a control character", "a year before the register", "the first year of all",
}  # fmt: skip


@dataclass(frozen=True)
class Operation:
    """One method of one path, as it is described."""

    method: str
    path: str
    said: dict

    @property
    def body(self):
        return self.said.get("requestBody", {}).get("content", {}).get("application/json")

    @property
    def roles(self):
        return {role for way in self.said["security"] for role in way["token"]}

    def fits(self, method, path):
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(self.path))
        return method == self.method and re.fullmatch(pattern, path)


@pytest.fixture(scope="module")
def described(desk):
    """What anybody is told without a token."""
    answer = httpx.get(f"{str(desk.http.base_url).rstrip('/')}/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def operations_of(described) -> Iterator[Operation]:
    for path, methods in described["paths"].items():
        for method in METHODS:
            if method in methods:
                yield Operation(method.upper(), path, methods[method])


@pytest.fixture(scope="module")
def operations(described):
    return list(operations_of(described))


FORMATS = FormatChecker(formats=("date",))


@FORMATS.checks("date-time", raises=ValueError)
def is_rfc_3339(value):
    """The package checks it only together with another one."""
    if isinstance(value, str):
        shaped = re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value)
        return bool(shaped) and bool(datetime.fromisoformat(value))
    return True


def validator(described, schema):
    """A validator of one schema of the description, which may refer to the others."""
    whole = {**schema, "components": described["components"]}
    return Draft202012Validator(whole, format_checker=FORMATS)


class TestForm:
    def test_it_is_valid_openapi(self, described):
        found = [error.json_path for error in Draft202012Validator(STANDARD).iter_errors(described)]
        assert described["openapi"].startswith("3.1.")
        assert found == []

    def test_the_standard_would_find_a_fault(self, described):
        broken = {**described, "info": {"title": "no version"}}
        assert not Draft202012Validator(STANDARD).is_valid(broken)

    def test_every_schema_is_a_valid_schema(self, described):
        for schema in described["components"]["schemas"].values():
            Draft202012Validator.check_schema(schema)

    def test_everything_referred_to_is_there(self, described):
        wanted = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(described)))
        assert wanted == described["components"]["schemas"].keys()

    def test_every_operation_has_a_name_of_its_own(self, operations):
        names = [each.said["operationId"] for each in operations]
        assert len(names) == len(set(names))

    def test_every_operation_says_what_it_does(self, operations):
        assert [each.path for each in operations if not each.said["summary"]] == []

    def test_every_place_in_a_path_is_a_parameter(self, operations):
        for each in operations:
            told = {given["name"] for given in each.said["parameters"] if given["in"] == "path"}
            assert told == set(re.findall(r"{(\w+)}", each.path)), each.path


def headers_of(operation):
    return {given["name"] for given in operation.said["parameters"] if given["in"] == "header"}


class TestRoutes:
    def test_every_route_is_described(self, operations):
        app = Flask(__name__)
        for blueprint in BLUEPRINTS:
            app.register_blueprint(blueprint)
        there = {
            (method, re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", rule.rule))
            for rule in app.url_map.iter_rules()
            if rule.rule.startswith(PREFIX)
            for method in rule.methods - {"HEAD", "OPTIONS"}
        }
        assert {(each.method, each.path) for each in operations} == there

    def test_every_write_takes_a_key(self, operations):
        keyed = {each.path for each in operations if "Idempotency-Key" in headers_of(each)}
        assert keyed == {each.path for each in operations if each.method != "GET"}

    def test_every_step_takes_a_version(self, operations):
        versioned = {each.path for each in operations if "If-Match" in headers_of(each)}
        steps = {
            each.path
            for each in operations
            if each.method in ("POST", "DELETE") and re.search(STEP, each.path)
        }
        assert versioned == steps

    def test_each_role_is_described_that_may_call_and_no_other(self, desk, operations):
        told, found = set(), set()
        for each in operations:
            for role in roles.ROLES:
                told |= {(each.method, each.path, role)} if role in each.roles else set()
                found |= {(each.method, each.path, role)} if _may(desk, role, each) else set()
        assert told == found

    def test_no_operation_is_open_to_everybody(self, desk, operations):
        for each in operations:
            assert desk.http.request(each.method, _path(each)).status_code == 401, each.path


def _path(operation):
    """A path of which nothing comes, whoever calls it."""
    path = operation.path.removeprefix(PREFIX).replace("{year}", "2012")
    return re.sub(r"{\w+}", "nothing", path)


def _may(desk, role, operation):
    """Whether a role gets past the door. The key is missing, so that nothing is written behind it."""
    return desk.as_(role).ask(operation.method, _path(operation)).status_code != 403


@pytest.fixture(scope="module")
def walked(desk):
    """Everything that passed over the wire while a request was walked through the whole procedure."""
    seen = []

    def note(answer):
        seen.append(answer)

    hooks = {"response": [note]}
    with httpx.Client(base_url=desk.http.base_url, timeout=20, event_hooks=hooks) as http:
        for walk in (_walk, _walk_files, _walk_the_law, _walk_numbers, _walk_redress):
            walk(replace(desk, http=http))
    return seen


def _walk(desk: Desk):
    officer, head = desk.as_("ppid_officer"), desk.as_("division_head")
    entry = {"title": "Berkas", "grounds": ["17h"], "decree": "SK 1", "decided_on": "2026-01-05"}
    listed = officer.post("/lists/exempt", {**entry, "consequence": "x"}).json()
    desk.see("/lists/exempt", limit=5)
    desk.see(f"/lists/exempt/{listed['id']}")
    away = f"/lists/exempt/{listed['id']}/revocation"
    officer.post(away, {"reason": "Dicabut"}, version=listed["version"])
    officer.post("/lists/public", {"title": "Hasil", "forms": ["softcopy"], "unit": None})
    taken = desk.receive(documents=[], received_at=datetime.now(UTC).isoformat())
    id_ = taken["id"]
    desk.step(id_, "documents", {"documents": [{"kind": "identity_card", "number": "1"}]})
    desk.step(id_, "classification", {"outcome": "exempt", "grounds": ["17h"]})
    desk.step(id_, "classification", {"outcome": "coordinate", "held": None})
    desk.step(id_, "escalation", {"memo_number": "ND-1"})
    officer.step(id_, "disposition", {"unit": "Arsip", "instruction": "Cari"})
    reason = {"reason": "not_yet_held", "explanation": "Dicari"}
    officer.step(id_, "extension", reason)
    officer.attempt(id_, "extension", reason)
    officer.attempt(id_, "regime", {"regime": "election", "reason": "Tentang pencalonan"})
    test = {"minutes_number": "BA", "consequence": "x", "public_interest": "x", "result": "open"}
    officer.step(id_, "consequence-test", {**test, "approver": "Sekretaris"})
    officer.step(id_, "decision", {"outcome": "full"})
    desk.step(id_, "notification", {"letter_number": "S-1", "medium": "email", "cost": 0})
    desk.step(id_, "assignment", {"assignee": "demo-desk"})
    desk.step(id_, "handover", {"medium": "email"})
    sent = {"item": "information", "medium": "email", "state": "sent"}
    desk.step(id_, "delivery", {**sent, "happened_at": datetime.now(UTC).isoformat()})
    desk.step(id_, "closing")
    officer.step(id_, "reopening", {"reason": "Keliru"})
    desk.step(id_, "withdrawal", {"reason": "Batal"})
    desk.post("/requests", {**form(), "colour": "red"})
    desk.post(f"/requests/{id_}/closing", {}, version="intake1")
    desk.see("/requests", state="withdrawn", year=2026, limit=1)
    desk.see(f"/requests/{id_}/timeline")
    desk.see(f"/requests/{id_}/deadline")
    desk.see(f"/requests/{id_}/documents")
    desk.get(f"/requests/{id_}/documents/receipt.pdf", lang="en", event="nothing")
    desk.get("/requests/nothing")
    desk.see("/register/2026", limit=1)
    desk.get("/register/2026.csv")
    desk.get("/register/2011.pdf")
    desk.get("/register/2011.xlsx")
    desk.see("/events", after=0, limit=1)
    _walk_reports(desk, officer, head)
    _walk_person(desk, taken["applicant_id"])


def _walk_person(desk, applicant):
    person = f"/applicants/{applicant}"
    administrator = desk.as_("administrator")
    desk.see(person, purpose="Surat")
    desk.get(person)
    desk.write("PUT", person, {"name": "Nama Baru", "phone": None})
    administrator.see(f"{person}/reads")
    administrator.write("DELETE", f"{person}?purpose=Diminta")
    desk.get(person, purpose="Surat")


def _walk_files(desk):
    request = desk.receive()
    path, version = f"/requests/{request['id']}/attachments", request["version"]
    headers = {"Content-Type": "application/pdf", "Idempotency-Key": new_key()}
    kept = desk.ask(
        "POST",
        path,
        params={"kind": "answer"},
        content=uploads.PDF,
        headers={**headers, "If-Match": f'"{version}"'},
    ).json()
    desk.see(path)
    desk.get(f"{path}/{kept['id']}", purpose="Memeriksa")
    gone = f"{path}/{kept['id']}?reason=Salah"
    desk.write("DELETE", gone, version=kept["version"])


def _walk_reports(desk, officer, head):
    day, month, year = "2012-03-05", "2012-03", "2012"
    officer.post(f"/reports/daily/{day}/supervision", {"remark": None})
    officer.post(f"/reports/monthly/{month}/issue")
    head.post(f"/reports/monthly/{month}/acknowledgement", {"remark": "Diterima"})
    desk.see(f"/reports/daily/{day}")
    desk.see(f"/reports/monthly/{month}")
    officer.post(f"/reports/annual/{year}/issue")
    head.post(f"/reports/annual/{year}/acknowledgement")
    desk.see(f"/reports/annual/{year}")
    officer.see("/duties")


def _walk_the_law(desk):
    """Far in the future, where nothing else is counted."""
    administrator = desk.as_("administrator")
    by = {"decree": "SK 1", "source": "KPU"}
    day = {"date": "2041-01-02", "kind": "local", "day_name": "Banjir"}
    administrator.post("/calendar", {"days": [day], **by})
    administrator.write("DELETE", f"/calendar/{day['date']}", {"decree": "SK 2", "reason": "Batal"})
    file = b"date,kind,day_name\n2041-01-03,local,Banjir\n"
    headers = {"Content-Type": "text/csv", "Idempotency-Key": new_key()}
    query = {**by, "preview": "true"}
    administrator.ask("POST", "/calendar/import", params=query, content=file, headers=headers)
    desk.see("/calendar", year=2041)
    desk.see("/calendar/moves", limit=1)
    desk.see("/notices", limit=1)
    desk.see("/rules", kind="days", on="2041-01-02")
    rule = {"kind": "regime", "key": "election", "valid_from": "2041-01-01"}
    value = {"value": {"topics": ["election"]}, "legal_basis": "SK 1"}
    administrator.post("/rules", {**rule, **value, "valid_to": "2041-12-31"})
    administrator.post("/rules/ending", {**rule, "valid_to": "2041-06-30", "reason": "Ganti"})


def _walk_numbers(desk):
    administrator, year = desk.as_("administrator"), local_day(datetime.now(UTC)).year + 1
    block = {"count": 2, "holder": "Meja 2", "reason": "Listrik padam"}
    first = administrator.post(f"/numbers/{year}/reservations", block).json()["first"]
    administrator.post(f"/numbers/{year}/voids", {"serial": first, "reason": "Rusak"})
    administrator.post(f"/numbers/{year}/voids", {"serial": first, "reason": "Rusak"})
    desk.see(f"/numbers/{year}")


def _walk_redress(desk):
    """Asked for, at least; what each step does is told elsewhere."""
    person = {"category": "individual", "name": "Nama Contoh", "indonesian": False}
    entered = desk.post("/applicants", person).json()
    objection = {"grounds": ["35b"], "case_position": "Tidak diumumkan"}
    filed_at = datetime.now(UTC).isoformat(timespec="seconds")
    who = {"applicant_id": entered["applicant_id"], "filed_at": filed_at}
    desk.post("/objections", {**objection, **who})
    desk.see("/objections", limit=1)
    desk.get("/requests/nothing/objections")
    desk.get("/objections/nothing/documents")
    desk.get("/objections/nothing/documents/objection-answer.docx")
    desk.see("/objection-register/2026", limit=1)
    desk.get("/objection-register/2026.csv")
    desk.get("/objection-register/2011.pdf")
    desk.get("/objection-register/2011.xlsx")
    desk.see("/privacy-cases", limit=1)
    for path in ("/objections", "/privacy-cases"):
        desk.post(path, {})
        desk.get(f"{path}/nothing")
    steps = ("answer", "reaction", "dispute", "settlement", "court-case", "ruling", "delivery")
    for step in steps:
        desk.post(f"/objections/nothing/{step}", {})
    desk.post("/privacy-cases/nothing/settlement", {})


def described_as(operations, answer):
    """The operation that a request belongs to."""
    path = answer.request.url.path
    fitting = [each for each in operations if each.fits(answer.request.method, path)]
    # {year} fits 2026.csv too; whoever says more is meant
    return max(fitting, key=lambda each: len(each.path))


class TestBehaviour:
    def test_the_walk_used_every_operation(self, operations, walked):
        used = {described_as(operations, answer).said["operationId"] for answer in walked}
        assert used == {each.said["operationId"] for each in operations}

    def test_every_status_that_came_is_described(self, operations, walked):
        told = [
            (answer.status_code, each.method, each.path)
            for answer in walked
            if str(answer.status_code)
            not in (each := described_as(operations, answer)).said["responses"]
        ]
        assert told == []

    def test_every_body_that_was_taken_fits_its_schema(self, described, operations, walked):
        taken = [each for each in walked if each.request.content and each.status_code < 400]
        for answer in taken:
            operation = described_as(operations, answer)
            if "json" not in answer.request.headers["Content-Type"]:  # a file
                continue
            if operation.body is None:  # erasing: what is to be said stands in the address
                assert json.loads(answer.request.content) == {}
                continue
            validator(described, operation.body["schema"]).validate(
                json.loads(answer.request.content)
            )
        assert len(taken) > 20

    def test_every_parameter_that_was_taken_is_described(self, operations, walked):
        for answer in walked:
            said = described_as(operations, answer).said["parameters"]
            told = {given["name"] for given in said if given["in"] == "query"}
            assert set(answer.request.url.params) <= told, answer.request.url.path

    @pytest.mark.parametrize("wrong", [name for name in WRONG_FORMS if name not in BEYOND_A_SCHEMA])
    def test_a_form_that_is_refused_does_not_fit_its_schema(self, described, operations, wrong):
        receive = next(each for each in operations if each.fits("POST", f"{PREFIX}/requests"))
        assert not validator(described, receive.body["schema"]).is_valid(WRONG_FORMS[wrong])

    def test_no_body_may_have_fields_that_nobody_described(self, described):
        open_ = [
            name
            for name, schema in described["components"]["schemas"].items()
            if schema.get("additionalProperties") is not False
        ]
        assert open_ == []

    def test_an_unknown_token_opens_nothing_that_is_described(self, desk, operations):
        stranger = {"Authorization": f"Bearer {new_key()}"}
        for each in operations:
            answer = desk.http.request(each.method, _path(each), headers=stranger)
            assert answer.status_code == 401, each.path
