"""Objections walked through the HTTP API: from a refusal to the superior, to the commission, to the court."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from contracts.local import local_day
from tests.e2e.desk import new_key, wait

DIK = {
    "title": "Berkas calon",
    "decree": "SK 1/2026",
    "decided_on": "2026-01-05",
    "grounds": ["17h"],
    "consequence": "Rahasia pribadi terungkap",
}
OLD = "2026-01-05T09:00:00+07:00"
GRANT = {
    "result": "granted_partly",
    "reasons": "Ringkasan bukan rahasia pribadi",
    "letter_number": "12/HM.03-SD/31/2026",
    "order": "Berikan dengan bagian rekening dihitamkan",
}
UPHOLD = {"result": "upheld", "reasons": "Rahasia pribadi", "letter_number": "13/HM.03-SD/31/2026"}


def now():
    return datetime.now(UTC).isoformat(timespec="seconds")


def today():
    return local_day(datetime.now(UTC)).isoformat()


def days_ahead(days):
    return local_day(datetime.now(UTC) + timedelta(days=days)).isoformat()


@pytest.fixture
def superior(desk):
    return desk.as_("ppid_superior")


def file(desk, request=None, *grounds, **more):
    """Enter an objection; it must be taken in."""
    answer = desk.post("/objections", body(request, *grounds, **more))
    assert answer.status_code == 201, answer.text
    return answer.json()


def body(request, *grounds, **more):
    given = {"request": request, "grounds": list(grounds), "filed_at": now()}
    wishes = {"case_position": "Tidak puas", **given, **more}
    return {name: value for name, value in wishes.items() if value is not None}


def attempt(who, objection, path, wish):
    """Take an objection one step further as it stands, and give the answer whatever it is."""
    version = who.see(f"/objections/{objection}")["version"]
    return who.post(f"/objections/{objection}/{path}", wish, version=version)


def step(who, objection, path, wish):
    """Take an objection one step further; it must succeed."""
    answer = attempt(who, objection, path, wish)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def refused(desk, officer):
    """A request that was refused by an entry of the exempt list, and closed."""
    answer = officer.post("/lists/exempt", DIK)
    assert answer.status_code == 201, answer.text
    listed = answer.json()["id"]
    taken = desk.receive(received_at=now())["id"]
    desk.step(taken, "classification", {"outcome": "exempt", "list_entry": listed})
    desk.step(taken, "notification", {"letter_number": "9/PPID/2026", "medium": "post"})
    desk.step(taken, "closing")
    return taken


def test_a_refusal_is_objected_to_granted_partly_decided_anew_delivered_and_closed(
    desk, officer, superior, refused
):
    filed = file(desk, refused, "35a")
    assert filed["number"].startswith("KBR-")
    assert (filed["state"], filed["late"], filed["open"]) == ("filed", False, True)
    assert filed["due_on"] > days_ahead(30)

    held = desk.see(f"/requests/{refused}")
    assert held["legal_hold"] is True
    assert held["objections"] == [{"id": filed["id"], "number": filed["number"], "state": "filed"}]

    erased = desk.as_("administrator").write(
        "DELETE", f"/applicants/{held['applicant_id']}?purpose=Diminta"
    )
    assert (erased.status_code, erased.json()["code"]) == (409, "legal_hold")

    granted = step(superior, filed["id"], "answer", {**GRANT, "execute_on": days_ahead(7)})
    assert (granted["state"], granted["answer"]["by"]) == (
        "answered",
        "ppid_superior:demo-ppid_superior",
    )
    ordered = desk.settled(refused, lambda seen: seen["state"] == "coordination", "the order")
    assert ordered["ordered"]["order"] == GRANT["order"]
    assert ordered["due_on"] <= days_ahead(7)

    officer.step(refused, "decision", {"outcome": "full"})
    desk.step(refused, "notification", {"letter_number": "10/PPID/2026", "medium": "email"})
    desk.step(refused, "handover", {"medium": "email"})
    closed = desk.step(refused, "closing")
    assert (closed["state"], closed["closing"]) == ("closed", "granted")

    accepted = step(desk, filed["id"], "reaction", {"reaction": "accepts"})
    assert (accepted["reaction"], accepted["open"]) == ("accepts", False)
    assert desk.see(f"/requests/{refused}")["legal_hold"] is False


def test_silence_opens_its_grounds_and_a_late_objection_is_flagged(desk):
    silent = desk.receive(received_at=OLD)["id"]
    open_ = desk.see(f"/requests/{silent}/objections")
    assert {"35c", "35g"} <= set(open_["grounds_open"])
    assert "35a" not in open_["grounds_open"]
    assert open_["window_ends_on"] < today()

    filed = file(desk, silent, "35c", "35g")
    assert filed["late"] is True
    assert desk.see(f"/requests/{silent}/objections")["items"][0]["id"] == filed["id"]


def test_the_answer_to_an_objection_falls_due_by_the_regime_that_its_request_is_corrected_to(
    desk, officer
):
    """35c waits for an answer, so the request's own clock still runs, and an officer may correct it."""
    stages = {
        "kind": "regime", "key": "election", "value": {"topics": ["election"]},
        "legal_basis": "PKPU tahapan", "valid_from": "2024-01-01", "valid_to": "2024-01-31",
    }  # fmt: skip
    assert desk.as_("administrator").post("/rules", stages).status_code == 201
    silent = desk.receive(received_at="2024-01-10T09:00:00+07:00")["id"]
    desk.settled(silent, lambda seen: seen["due_on"], "its clock runs")
    filed = file(desk, silent, "35c")
    assert (filed["regime"], filed["due_on"] > days_ahead(30)) == ("ordinary", True)

    officer.step(silent, "regime", {"regime": "election", "reason": "Tentang pencalonan"})

    def followed():
        seen = desk.see(f"/objections/{filed['id']}")
        return seen["regime"] == "election" and seen["due_on"] < days_ahead(30)

    wait(followed, "the objection follows")


def test_what_was_never_published_is_objected_to_without_a_request(desk):
    person = desk.receive()["applicant_id"]
    filed = file(desk, None, "35b", applicant_id=person)
    assert (filed["request"], filed["applicant_id"]) == (None, person)


PERSON = {
    "category": "individual",
    "name": "Rina Contoh",
    "address": "Jalan Contoh 2",
    "phone": "021555001",
}


class TestWithoutARequest:
    def entered(self, desk, **more):
        answer = desk.post("/applicants", {**PERSON, **more})
        assert answer.status_code == 201, answer.text
        return answer.json()

    def test_somebody_is_entered_objects_is_read_with_a_purpose_and_erased_when_it_is_over(
        self, desk, superior
    ):
        papers = [{"kind": "identity_card", "number": "KTP-77"}]
        person = self.entered(desk, documents=papers)
        assert person["warnings"] == []
        path = f"/applicants/{person['applicant_id']}"
        assert desk.get(path).json()["code"] == "purpose_missing"
        seen = desk.see(path, purpose="Menjawab keberatan")
        assert (seen["name"], seen["documents"]) == ("Rina Contoh", {"identity_card": "KTP-77"})

        filed = file(desk, None, "35b", applicant_id=person["applicant_id"])
        assert (filed["request"], filed["applicant_id"]) == (None, person["applicant_id"])
        assert (filed["late"], filed["warnings"]) == (False, [])
        assert desk.write("PUT", path, {"name": "Rina C."}).status_code == 200
        self.held(desk, path)

        step(superior, filed["id"], "answer", UPHOLD)
        assert step(desk, filed["id"], "reaction", {"reaction": "accepts"})["open"] is False
        wait(lambda: self.erase(desk, path).status_code == 200, "the hold ends")
        gone = desk.get(path, purpose="Menjawab keberatan")
        assert (gone.status_code, gone.json()["code"]) == (409, "applicant_erased")
        reads = desk.as_("auditor").see(f"{path}/reads")["items"]
        assert [each["purpose"] for each in reads] == ["Menjawab keberatan"]

    def held(self, desk, path):
        answer = self.erase(desk, path)
        assert (answer.status_code, answer.json()["code"]) == (409, "legal_hold")

    def erase(self, desk, path):
        return desk.as_("administrator").write("DELETE", f"{path}?purpose=Diminta")

    def test_who_may_not_apply_is_taken_in_with_a_warning_and_the_superior_decides(
        self, desk, superior
    ):
        person = self.entered(desk, indonesian=False)
        assert person["warnings"] == ["not_indonesian"]
        filed = file(desk, None, "35b", applicant_id=person["applicant_id"])
        assert filed["warnings"] == ["not_indonesian"]
        assert superior.see(f"/objections/{filed['id']}")["warnings"] == ["not_indonesian"]
        assert step(superior, filed["id"], "answer", UPHOLD)["answer"]["result"] == "upheld"

    def test_who_was_declined_and_objects_without_the_request_is_warned_of_too(self, desk):
        foreign = {"category": "individual", "name": "John Contoh", "indonesian": False}
        declined = desk.receive(applicant=foreign)
        filed = file(desk, None, "35b", applicant_id=declined["applicant_id"])
        assert filed["warnings"] == ["not_indonesian"]

    def test_nobody_says_themselves_how_they_are_known(self, desk):
        person = self.entered(desk, indonesian=False)["applicant_id"]
        answer = desk.post("/objections", body(None, "35b", applicant_id=person, objector="known"))
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")

    def test_nothing_is_filed_for_somebody_whose_data_are_gone(self, desk, refused, heads):
        person = self.entered(desk)["applicant_id"]
        asked = desk.see(f"/requests/{refused}")["applicant_id"]
        for each in (person, asked):
            assert self.erase(desk, f"/applicants/{each}").status_code == 200
        before = heads()
        for wish in (body(None, "35b", applicant_id=person), body(refused, "35a")):
            answer = desk.post("/objections", wish)
            assert (answer.status_code, answer.json()["code"]) == (409, "applicant_erased")
        assert heads() == before

    def test_an_objection_sent_again_after_all_is_over_is_answered_as_the_first_time(
        self, desk, superior
    ):
        person, key = self.entered(desk)["applicant_id"], new_key()
        wish = body(None, "35b", applicant_id=person)
        filed = desk.post("/objections", wish, key=key).json()["id"]
        step(superior, filed, "answer", UPHOLD)
        step(desk, filed, "reaction", {"reaction": "accepts"})
        path = f"/applicants/{person}"
        wait(lambda: self.erase(desk, path).status_code == 200, "the hold ends")
        again = desk.post("/objections", wish, key=key)
        assert (again.status_code, again.json()["id"]) == (201, filed)

    def test_the_same_entry_sent_twice_enters_one_person(self, desk):
        key = new_key()
        first, again = (desk.post("/applicants", PERSON, key=key).json() for _ in range(2))
        assert first == again


def test_an_objection_goes_to_the_commission_and_to_court(desk, officer, superior, refused):
    filed = file(desk, refused, "35a")["id"]
    step(superior, filed, "answer", UPHOLD)
    step(desk, filed, "reaction", {"reaction": "goes_to_commission"})
    disputed = step(desk, filed, "dispute", {"dispute_number": "014/KIP", "filed_on": today()})
    assert disputed["dispute"]["late"] is False
    award = {
        "route": "adjudication",
        "result": "rejected",
        "decision_number": "014/A",
        "settled_on": today(),
    }
    settled = step(officer, filed, "settlement", award)
    assert (settled["open"], settled["court_due_on"] > today()) == (True, True)
    case = {"court": "state_administrative_court", "case_number": "21/G", "filed_on": today()}
    assert step(officer, filed, "court-case", case)["open"] is True
    ruling = {"result": "annulled", "ruled_on": today(), "order": "Buka seluruhnya"}
    ruled = step(officer, filed, "ruling", ruling)
    assert (ruled["state"], ruled["rulings"][0]["case_number"]) == ("ruled", "21/G")
    assert (ruled["open"], ruled["court_due_on"]) == (True, days_ahead(14))
    anew = desk.settled(refused, lambda seen: seen["state"] == "coordination", "the order")
    assert anew["ordered"]["ordered_by"] == "court"


def test_the_objection_register_of_a_year_has_its_columns(desk, superior, refused):
    filed = file(desk, refused, "35a", "35d")
    step(superior, filed["id"], "answer", UPHOLD)
    number = desk.see(f"/requests/{refused}")["number"]
    year = local_day(datetime.now(UTC)).year

    lines = desk.see(f"/objection-register/{year}", limit=200)["items"]
    line = next(each for each in lines if each["number"] == filed["number"])
    assert (line["request_number"], line["grounds"]) == (number, ["35a", "35d"])
    assert (line["decision"], line["superior"]) == ("upheld", "ppid_superior:demo-ppid_superior")
    assert [each["serial"] for each in lines] == list(range(1, len(lines) + 1))

    text = desk.get(f"/objection-register/{year}.csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    row = next(each for each in rows if each["number"] == filed["number"])
    assert (row["request_number"], row["grounds"]) == (number, "35a 35d")

    assert filed["number"] in column(desk, f"/objection-register/{year}.xlsx")
    assert number in column(desk, f"/register/{year}.xlsx")


def column(desk, path):
    """What stands in the first column of a spreadsheet."""
    answer = desk.get(path)
    assert answer.status_code == 200, answer.text
    return {row[0].value for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows()}


def test_objections_are_found_by_state_request_and_delay(desk, refused):
    filed = file(desk, refused, "35a")["id"]

    def ids(**filters):
        return [each["id"] for each in desk.see("/objections", limit=200, **filters)["items"]]

    assert ids(request=refused) == [filed]
    assert filed in ids(state="filed")
    assert filed in ids(overdue="false")
    assert filed not in ids(overdue="true")
    assert filed not in ids(state="answered")


class TestWhoAndWhatIsRefused:
    @pytest.mark.parametrize("role", ["desk", "ppid_officer", "division_head", "administrator"])
    def test_only_the_superior_answers(self, desk, refused, role):
        filed = file(desk, refused, "35a")["id"]
        answer = attempt(desk.as_(role), filed, "answer", UPHOLD)
        assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed")

    @pytest.mark.parametrize("role", ["auditor", "division_head", "ppid_superior", "integration"])
    def test_only_the_desk_files(self, desk, refused, role):
        answer = desk.as_(role).post("/objections", body(refused, "35a"))
        assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed")

    def test_each_fault_has_its_code_and_nothing_is_written(self, desk, refused, heads):
        person = desk.see(f"/requests/{refused}")["applicant_id"]
        faults = {
            "objection_ground_missing": body(refused),
            "objection_needs_request": body(None, "35c", applicant_id=person),
            "invalid_fields": body(None, "35b"),
            "not_found": body(None, "35b", applicant_id="nobody"),
            "wrong_phase": body(refused, "35c"),
            "received_in_future": body(refused, "35a", filed_at="2099-01-01T00:00:00+07:00"),
            "date_before_receipt": body(refused, "35a", filed_at=OLD),
        }
        before = heads()
        codes = {desk.post("/objections", fault).json()["code"] for fault in faults.values()}
        assert codes == set(faults)
        assert heads() == before

    def test_a_request_that_nobody_knows_cannot_be_objected_to(self, desk):
        assert desk.post("/objections", body("nothing", "35a")).json()["code"] == "not_found"

    def test_no_step_is_taken_out_of_turn(self, desk, officer, superior, refused):
        filed = file(desk, refused, "35a")["id"]
        dispute = {"dispute_number": "1", "filed_on": today()}
        ruling = {"result": "upheld", "ruled_on": today()}
        assert attempt(desk, filed, "dispute", dispute).json()["code"] == "wrong_phase"
        assert attempt(officer, filed, "ruling", ruling).json()["code"] == "wrong_phase"
        step(superior, filed, "answer", UPHOLD)
        assert attempt(superior, filed, "answer", UPHOLD).json()["code"] == "wrong_phase"

    def test_a_stale_reading_is_refused(self, desk, superior, refused):
        filed = file(desk, refused, "35a")
        step(superior, filed["id"], "answer", UPHOLD)
        path, wish = f"/objections/{filed['id']}/reaction", {"reaction": "accepts"}
        stale = desk.post(path, wish, version=filed["version"])
        assert stale.json()["code"] == "stale_version"


class TestCasesOfPersonalData:
    def opened(self, desk, days=0, **more):
        at = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        answer = desk.post("/privacy-cases", {"kind": "access", "opened_at": at, **more})
        assert answer.status_code == 201, answer.text
        return answer.json()

    def settle(self, officer, case):
        wish = {"settled_at": now(), "note": "Diserahkan"}
        path = f"/privacy-cases/{case['id']}"
        version = officer.see(path)["version"]
        answer = officer.post(f"{path}/settlement", wish, version=version)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def test_one_is_answered_in_time(self, desk, officer):
        case = self.opened(desk)
        assert (case["state"], case["overdue"]) == ("open", False)
        settled = self.settle(officer, case)
        assert (settled["state"], settled["settlement"]["late"]) == ("settled", False)

    def test_one_that_waits_more_than_3_times_24_hours_is_overdue_and_late(self, desk, officer):
        case = self.opened(desk, days=4, kind="breach")
        assert case["overdue"] is True
        late = desk.see("/privacy-cases", overdue="true", limit=200)["items"]
        assert case["id"] in [each["id"] for each in late]
        assert self.settle(officer, case)["settlement"]["late"] is True

    def test_one_about_nobody_we_know_is_not_taken_in(self, desk):
        wish = {"kind": "access", "opened_at": now()}
        refused = desk.post("/privacy-cases", {**wish, "applicant_id": "nobody"})
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found")

        known = desk.receive()["applicant_id"]
        assert self.opened(desk, applicant_id=known)["applicant_id"] == known

    def test_the_desk_does_not_settle_it(self, desk):
        case = self.opened(desk)
        path = f"/privacy-cases/{case['id']}/settlement"
        answer = desk.post(path, {"settled_at": now()}, version=case["version"])
        assert answer.json()["code"] == "role_not_allowed"
