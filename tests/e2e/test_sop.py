"""Every row of the office's procedure, walked through the HTTP API by whoever performs it there."""

from datetime import UTC, datetime, timedelta

import holidays
import pytest

from contracts.local import local_day
from tests.e2e.desk import wait

CHANNELS = ("walk_in", "letter", "email", "phone", "fax", "web")
PAPERS = {
    "individual": ("identity_card",),
    "legal_entity": ("identity_card", "notarial_deed", "entity_approval"),
    "group": ("identity_card", "power_of_attorney"),
}
TEST = {
    "minutes_number": "BA-1/UK/2026",
    "grounds": ["17h"],
    "consequence": "Data pribadi terbuka",
    "public_interest": "Tidak lebih besar",
    "result": "partial",
    "approver": "Sekretaris",
}
DIK = {
    "title": "Berkas calon",
    "decree": "SK 1/2026",
    "decided_on": "2026-01-05",
    "grounds": ["17h"],
    "consequence": "Rahasia pribadi terungkap",
}
AVAILABLE = {"outcome": "available", "held": True, "held_form": ["softcopy"]}


def applicant(category="individual", **more):
    person = {"category": category, "name": "Contoh", "address": "Jakarta", "phone": "021555001"}
    return {**person, **more}


def papers(*kinds):
    return [{"kind": kind, "number": f"NO-{kind}"} for kind in kinds]


def working_days_after(start, days):
    """Counted here once more, from the calendar package alone: the product must come to the same day."""
    off = holidays.country_holidays("ID", categories=("public", "government"))
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in off
    return day.isoformat()


def now():
    return datetime.now(UTC).isoformat(timespec="seconds")


def today():
    return local_day(datetime.now(UTC))


@pytest.fixture
def taken(desk):
    """A request that came in just now, so that its clock still runs."""
    return desk.receive(received_at=now())


@pytest.fixture
def coordinated(desk, taken):
    """A request that the desk could not answer and brought to the officer with a memo."""
    desk.step(taken["id"], "classification", {"outcome": "coordinate"})
    desk.step(taken["id"], "escalation", {"memo_number": "ND-1/2026", "note": "Mohon arahan"})
    return taken["id"]


@pytest.fixture
def decided(coordinated, officer):
    def decide(outcome, **more):
        return officer.step(coordinated, "decision", {"outcome": outcome, **more})

    return decide


@pytest.fixture
def listed(officer):
    """An entry of the exempt list, decided by a decree."""
    answer = officer.post("/lists/exempt", DIK)
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestRow1Arrival:
    @pytest.mark.parametrize("channel", CHANNELS)
    def test_the_desk_fills_in_the_form_whatever_the_channel(self, desk, channel):
        taken = desk.receive(channel=channel)
        seen = desk.see(f"/requests/{taken['id']}")
        assert (seen["channel"], seen["entered_by"]) == (channel, "desk:demo-desk")

    def test_a_complete_form_gets_number_due_date_and_receipt_at_once(self, desk):
        taken = desk.receive(received_at="2026-08-12T09:10:00+07:00")
        serial, office, month, year = taken["number"].split("/")
        assert (taken["state"], office, month, year) == (
            "submitted",
            "PPID-KPU-DKI",
            "VIII",
            "2026",
        )
        assert serial.isdigit()
        assert taken["due_on"] == "2026-08-28"
        assert taken["tracking"]["number"] == taken["number"]
        assert len(taken["tracking"]["secret"]) == 14

    def test_numbers_of_a_year_follow_each_other(self, desk):
        numbers = [
            desk.receive(received_at="2019-04-01T09:00:00+07:00")["number"] for _ in range(3)
        ]
        assert [int(number.split("/")[0]) for number in numbers] == [1, 2, 3]

    @pytest.mark.parametrize("category", PAPERS)
    def test_the_papers_of_its_category_make_a_request_complete(self, desk, category):
        taken = desk.receive(applicant=applicant(category), documents=papers(*PAPERS[category]))
        assert (taken["state"], taken["missing"]) == ("submitted", [])

    @pytest.mark.parametrize(
        ("category", "paper"),
        [(category, paper) for category in PAPERS for paper in PAPERS[category]],
    )
    def test_each_missing_paper_is_named(self, desk, category, paper):
        handed_in = papers(*(kind for kind in PAPERS[category] if kind != paper))
        taken = desk.receive(applicant=applicant(category), documents=handed_in)
        assert (taken["state"], taken["missing"]) == ("incomplete", [paper])

    def test_an_incomplete_request_has_no_number_and_three_working_days(self, desk):
        taken = desk.receive(documents=[])
        assert taken["number"] is None
        assert taken["due_on"] == working_days_after(today(), 3)
        assert taken["tracking"]["number"] == taken["id"]

    def test_papers_that_come_in_parts_are_counted_together(self, desk):
        taken = desk.receive(applicant=applicant("legal_entity"), documents=[])
        desk.step(taken["id"], "documents", {"documents": papers("identity_card")})
        seen = desk.step(taken["id"], "documents", {"documents": papers("entity_approval")})
        assert (seen["state"], seen["missing"]) == ("incomplete", ["notarial_deed"])

    def test_the_last_paper_brings_number_and_clock(self, desk):
        taken = desk.receive(documents=[], received_at=now())
        seen = desk.step(taken["id"], "documents", {"documents": papers("identity_card")})
        assert (seen["state"], seen["missing"], seen["year"]) == ("submitted", [], 2026)
        due = working_days_after(today(), 10)
        desk.settled(taken["id"], lambda shown: shown["due_on"] == due, "ten days from completion")

    def test_the_due_date_is_explained_day_by_day_and_can_be_printed(self, desk):
        taken = desk.receive(received_at=now())
        desk.settled(taken["id"], lambda shown: shown["due_on"] is not None, "the clock is set")
        told = desk.see(f"/requests/{taken['id']}/deadline")
        counted = [each["counted"] for each in told["days"] if each["counted"]]
        assert (told["due_on"], counted) == (working_days_after(today(), 10), [*range(1, 11)])
        assert all(set(each["why"]) == {"id", "en"} for each in told["days"])
        page = desk.ask("GET", f"/requests/{taken['id']}/deadline", headers={"Accept": "text/html"})
        assert page.headers["Content-Type"].startswith("text/html")
        assert "<script" not in page.text

    def test_who_was_told_too_late_what_was_missing_is_answered_from_receipt(self, desk):
        taken = desk.receive(documents=[], received_at="2026-08-12T09:00:00+07:00")
        completed = {
            "documents": papers("identity_card"),
            "received_at": "2026-10-01T10:00:00+07:00",
        }
        desk.step(taken["id"], "documents", completed)
        desk.settled(
            taken["id"], lambda shown: shown["due_on"] == "2026-08-28", "ten days from receipt"
        )

    def test_a_second_request_that_reads_alike_is_pointed_out(self, desk):
        same = {
            "applicant": applicant(nik="3174014708890021"),
            "information": "Daftar calon tetap 2024",
        }
        first, second = desk.receive(**same), desk.receive(**same)
        assert (second["warnings"], second["similar_to"]) == (["near_duplicate"], [first["id"]])

    def test_somebody_who_asks_for_the_same_thing_again_and_again_is_still_heard(self, desk):
        same = {"applicant": applicant(nik="3174014708890022"), "information": "Hasil rekapitulasi"}
        last = [desk.receive(**same) for _ in range(22)][-1]
        assert len(last["similar_to"]) == 20


# law.md section 5; its two vectors of December 2026 and March 2027 cannot have been received yet.
@pytest.mark.parametrize(
    ("received_at", "due_on"),
    [
        ("2026-03-10T09:00:00+07:00", "2026-03-31"),
        ("2026-05-11T09:00:00+07:00", "2026-05-29"),
        ("2026-08-12T09:00:00+07:00", "2026-08-28"),
        ("2026-10-01T09:00:00+07:00", "2026-10-15"),
        # the same day in Jakarta, at its very beginning and end, told in another offset
        ("2026-08-11T17:00:00+00:00", "2026-08-28"),
        ("2026-08-12T16:59:59Z", "2026-08-28"),
        ("2026-08-13T02:09:59+09:15", "2026-08-28"),
    ],
)
def test_ten_working_days_after_the_day_of_receipt_in_jakarta(desk, received_at, due_on):
    taken = desk.receive(received_at=received_at)
    assert taken["due_on"] == due_on
    assert desk.see(f"/requests/{taken['id']}")["due_on"] == due_on


FOREIGNER = {"category": "individual", "name": "Contoh Asing", "indonesian": False}


class TestWhoMayNotApply:
    """UU 14/2008 art. 1(12): told why and by which law at the counter, and recorded; no number, no clock."""

    def test_the_answer_names_the_code_the_law_and_where_what_is_published_stands(self, desk):
        answer = desk.receive(applicant=FOREIGNER)

        assert (answer["state"], answer["number"], answer["due_on"]) == ("declined", None, None)
        assert answer["declined"]["reason"] == "not_indonesian"
        assert answer["declined"]["legal_basis"] == "UU 14/2008 pasal 1 angka 12"
        assert set(answer["declined"]["text"]) == {"id", "en"}
        assert answer["declined"]["published"] == "/api/v1/lists/public"
        assert answer["tracking"]["number"] == answer["id"]

    def test_it_is_recorded_found_by_its_state_and_goes_no_further(self, desk):
        taken = desk.receive(applicant=FOREIGNER)["id"]
        told = [event["type"] for event in desk.see(f"/requests/{taken}/timeline")["items"]]

        assert told == [
            "id.terbuka.intake.RequestReceived.v1",
            "id.terbuka.intake.RequestDeclined.v1",
        ]
        found = desk.see("/requests", state="declined", limit=200)["items"]
        assert taken in [each["id"] for each in found]
        refused = desk.attempt(taken, "withdrawal", {"reason": "Batal"})
        assert (refused.status_code, refused.json()["code"]) == (409, "wrong_phase")

    def test_who_was_entered_wrongly_may_apply_again(self, desk):
        desk.receive(applicant=FOREIGNER)
        again = desk.receive(applicant={**FOREIGNER, "indonesian": True})

        assert again["state"] == "submitted"


class TestRow2DirectService:
    def test_available_information_is_handed_over_against_a_receipt(self, desk, taken):
        desk.step(taken["id"], "classification", AVAILABLE)
        receipt = {"medium": "counter", "form": "softcopy", "receipt_number": "TT-1/2026"}
        seen = desk.step(taken["id"], "handover", receipt)
        note = seen["delivery_note"]
        assert (seen["state"], note["receipt_number"]) == ("delivered", "TT-1/2026")
        assert note["received_by"] == "applicant"

    def test_the_entry_of_the_public_list_that_was_matched_stays_with_the_request(
        self, desk, officer, taken
    ):
        entry = officer.post(
            "/lists/public", {"title": "Hasil pemilu", "forms": ["softcopy"]}
        ).json()
        found = {"outcome": "available", "held_form": ["softcopy"], "list_entry": entry["id"]}
        assert desk.step(taken["id"], "classification", found)["list_entry"] == entry["id"]

    def test_what_was_sent_is_recorded_also_before_papers_are_complete_and_after_closing(
        self, desk, taken
    ):
        posted = {"item": "incompleteness", "medium": "post", "state": "sent", "happened_at": now()}
        incomplete = desk.receive(documents=[])
        seen = desk.step(incomplete["id"], "delivery", {**posted, "proof": "RR-1"})
        assert [(each["item"], each["proof"]) for each in seen["deliveries"]] == [
            ("incompleteness", "RR-1")
        ]

        for path, body in (("classification", AVAILABLE), ("handover", {"medium": "post"})):
            desk.step(taken["id"], path, body)
        desk.step(taken["id"], "closing", {})
        seen = desk.step(
            taken["id"], "delivery", {**posted, "item": "handover", "state": "returned"}
        )
        assert (seen["state"], seen["deliveries"][0]["state"]) == ("closed", "returned")

    def test_handing_over_stops_the_clock(self, desk, taken):
        desk.step(taken["id"], "classification", AVAILABLE)
        desk.step(taken["id"], "handover", {"medium": "email", "form": "softcopy"})
        seen = desk.settled(taken["id"], lambda shown: shown["late"] is not None, "the clock stops")
        assert (seen["late"], seen["working_days_used"]) == (False, 0)

    def test_steps_can_follow_each_other_without_reading_in_between(self, desk, taken):
        request, version = taken["id"], taken["version"]
        walk = (("classification", AVAILABLE), ("handover", {"medium": "email"}))
        for path, body in (*walk, ("closing", {})):
            answer = desk.post(f"/requests/{request}/{path}", body, version=version)
            assert answer.status_code == 200, answer.text
            version = answer.json()["version"]


class TestRow3ListedExemption:
    def test_the_desk_may_tell_by_itself_what_a_listed_entry_exempts(self, desk, taken, listed):
        desk.step(taken["id"], "classification", {"outcome": "exempt", "list_entry": listed["id"]})
        letter = {"letter_number": "S-1/2026", "medium": "counter"}
        seen = desk.step(taken["id"], "notification", letter)
        assert (seen["state"], seen["notification"]["outcome"]) == ("notified", "refused")
        assert seen["notification"]["grounds"] == ["17h"]

    def test_the_refusal_keeps_a_copy_of_the_entry_it_relied_on(self, desk, officer, taken, listed):
        desk.step(taken["id"], "classification", {"outcome": "exempt", "list_entry": listed["id"]})
        revoked = officer.post(
            f"/lists/exempt/{listed['id']}/revocation",
            {"reason": "SK dicabut"},
            version=listed["version"],
        )
        assert revoked.status_code == 200, revoked.text
        assert desk.see(f"/requests/{taken['id']}")["basis"]["decree"] == "SK 1/2026"

    def test_a_revoked_entry_exempts_nothing_any_more(self, desk, officer, taken, listed):
        officer.post(
            f"/lists/exempt/{listed['id']}/revocation",
            {"reason": "SK dicabut"},
            version=listed["version"],
        )
        flag = {"outcome": "exempt", "list_entry": listed["id"]}
        assert (
            desk.attempt(taken["id"], "classification", flag).json()["code"]
            == "list_entry_unusable"
        )

    def test_an_expired_entry_exempts_nothing_any_more(self, desk, officer, taken):
        entry = {**DIK, "title": "Lama", "grounds": ["17a"], "decided_on": "2025-01-02", "valid_to": "2026-01-01"}  # fmt: skip
        expired = officer.post("/lists/exempt", entry).json()
        flag = {"outcome": "exempt", "list_entry": expired["id"]}
        assert (
            desk.attempt(taken["id"], "classification", flag).json()["code"]
            == "list_entry_unusable"
        )

    def test_what_is_not_listed_the_desk_cannot_refuse_alone(self, desk, taken):
        desk.step(taken["id"], "classification", {"outcome": "exempt", "grounds": ["17h"]})
        letter = {"letter_number": "S-2/2026", "medium": "counter"}
        assert desk.attempt(taken["id"], "notification", letter).json()["code"] == "wrong_phase"

    def test_what_is_not_listed_can_be_brought_to_the_officer(self, desk, taken):
        desk.step(taken["id"], "classification", {"outcome": "exempt", "grounds": ["17h"]})
        assert desk.step(taken["id"], "escalation", {})["state"] == "coordination"


class TestRow4Coordination:
    def test_the_officer_answers_the_memo_with_a_disposition(self, coordinated, officer):
        order = {"unit": "Bagian Teknis", "instruction": "Siapkan", "internal_due_on": "2026-12-01"}
        seen = officer.step(coordinated, "disposition", order)
        assert (seen["unit"], seen["internal_due_on"]) == ("Bagian Teknis", "2026-12-01")

    def test_the_one_extension_gives_seven_working_days_more(self, coordinated, officer):
        reason = {"reason": "not_yet_documented", "explanation": "Data masih dihimpun"}
        seen = officer.step(coordinated, "extension", reason)
        assert (seen["extended"], seen["due_on"]) == (True, working_days_after(today(), 17))

    def test_there_is_no_second_extension(self, coordinated, officer):
        reason = {"reason": "not_yet_held", "explanation": "Data masih dihimpun"}
        officer.step(coordinated, "extension", reason)
        assert (
            officer.attempt(coordinated, "extension", reason).json()["code"]
            == "extension_already_given"
        )

    def test_what_is_overdue_cannot_be_extended(self, desk, officer):
        taken = desk.receive(received_at="2026-08-12T09:00:00+07:00")
        desk.step(taken["id"], "classification", {"outcome": "coordinate"})
        desk.step(taken["id"], "escalation", {})
        reason = {"reason": "not_yet_held", "explanation": "Terlambat"}
        assert officer.attempt(taken["id"], "extension", reason).json()["code"] == "deadline_passed"

    def test_the_consequence_test_is_put_to_minutes(self, desk, coordinated):
        seen = desk.step(coordinated, "consequence-test", TEST)
        assert (seen["test"]["minutes_number"], seen["test"]["result"]) == (
            "BA-1/UK/2026",
            "partial",
        )

    @pytest.mark.parametrize(
        ("outcome", "more"),
        [
            ("full", {}),
            ("not_held", {"referral": "KPU RI"}),
            ("not_documented", {"available_within": 20}),
        ],
    )
    def test_the_officer_decides_what_the_applicant_gets(self, decided, outcome, more):
        seen = decided(outcome, **more)
        assert (seen["state"], seen["decision"]["outcome"]) == ("decided", outcome)

    @pytest.mark.parametrize(
        ("outcome", "more"), [("refused", {}), ("partial", {"blackened": ["NIK pada halaman 2"]})]
    )
    def test_withholding_rests_on_a_consequence_test(
        self, desk, coordinated, decided, outcome, more
    ):
        desk.step(coordinated, "consequence-test", TEST)
        seen = decided(outcome, grounds=["17h"], consequence="Data pribadi terbuka", **more)
        assert (seen["decision"]["outcome"], seen["grounds"]) == (outcome, ["17h"])

    def test_whoever_put_the_test_to_minutes_does_not_decide_the_refusal(
        self, coordinated, officer, head
    ):
        officer.step(coordinated, "consequence-test", TEST)
        refusal = {"outcome": "refused", "grounds": ["17h"], "consequence": "Terbuka"}
        answer = officer.attempt(coordinated, "decision", refusal)
        assert (answer.status_code, answer.json()["code"]) == (409, "reviewer_is_author")
        decision = head.step(coordinated, "decision", refusal)["decision"]
        assert (decision["author"], decision["reviewer"]) == (
            "ppid_officer:demo-ppid_officer",
            "division_head:demo-division_head",
        )

    def test_a_refusal_on_a_listed_entry_keeps_it_as_it_stood(self, desk, officer, taken, listed):
        desk.step(taken["id"], "classification", {"outcome": "exempt", "list_entry": listed["id"]})
        desk.step(taken["id"], "escalation", {})
        refusal = {
            "outcome": "refused", "grounds": ["17h"], "consequence": "Terbuka",
            "public_interest": "Tidak lebih besar",
        }  # fmt: skip
        decision = officer.step(taken["id"], "decision", refusal)["decision"]
        assert (decision["basis"]["decree"], decision["author"]) == ("SK 1/2026", "desk:demo-desk")

    def test_nothing_is_withheld_without_a_consequence_test(self, coordinated, officer):
        refusal = {
            "outcome": "refused", "grounds": ["17h"], "consequence": "Terbuka",
            "public_interest": "Tidak lebih besar",
        }  # fmt: skip
        answer = officer.attempt(coordinated, "decision", refusal)
        assert answer.json()["code"] == "consequence_test_missing"

    def test_a_test_that_opens_everything_is_no_reason_to_withhold(self, coordinated, officer):
        officer.step(coordinated, "consequence-test", {**TEST, "result": "open", "grounds": []})
        refusal = {
            "outcome": "refused", "grounds": ["17h"], "consequence": "Terbuka",
            "public_interest": "Tidak lebih besar",
        }  # fmt: skip
        answer = officer.attempt(coordinated, "decision", refusal)
        assert answer.json()["code"] == "consequence_test_missing"

    @pytest.mark.parametrize(
        ("decision", "code"),
        [
            ({"outcome": "refused", "consequence": "x"}, "ground_missing"),
            ({"outcome": "refused", "grounds": ["17h"]}, "ground_fields_missing"),
            (
                {"outcome": "refused", "grounds": ["17j"], "consequence": "x"},
                "ground_fields_missing",
            ),
            (
                {"outcome": "partial", "grounds": ["17h"], "consequence": "x"},
                "ground_fields_missing",
            ),
        ],
    )
    def test_a_refusal_says_everything_the_law_asks_for(self, coordinated, officer, decision, code):
        officer.step(coordinated, "consequence-test", TEST)
        answer = officer.attempt(coordinated, "decision", decision)
        assert (answer.status_code, answer.json()["code"]) == (422, code)


class TestRow5Notification:
    @pytest.mark.parametrize("medium", ["counter", "courier", "post", "email", "fax"])
    def test_the_written_notification_goes_out_at_the_counter_or_from_afar(
        self, desk, coordinated, decided, medium
    ):
        decided("full")
        letter = {"letter_number": "S-3/2026", "medium": medium, "form": "softcopy", "cost": 0}
        seen = desk.step(coordinated, "notification", letter)
        assert (seen["state"], seen["notification"]["medium"]) == ("notified", medium)

    def test_the_notification_stops_the_clock(self, desk, coordinated, decided):
        decided("full")
        desk.step(coordinated, "notification", {"letter_number": "S-4/2026", "medium": "post"})
        seen = desk.settled(coordinated, lambda shown: shown["late"] is not None, "the clock stops")
        assert (seen["late"], seen["working_days_used"]) == (False, 0)

    def test_after_the_notification_the_information_is_handed_over(
        self, desk, coordinated, decided
    ):
        decided("full")
        desk.step(coordinated, "notification", {"letter_number": "S-5/2026", "medium": "email"})
        seen = desk.step(coordinated, "handover", {"medium": "email", "received_by": "proxy"})
        assert (seen["state"], seen["delivery_note"]["received_by"]) == ("delivered", "proxy")

    def test_a_body_that_holds_the_information_is_named(self, desk, coordinated, decided):
        decided("not_held", referral="Bawaslu")
        seen = desk.step(coordinated, "notification", {"letter_number": "S-6", "medium": "email"})
        assert (seen["notification"]["held"], seen["notification"]["referral"]) == (
            False,
            "Bawaslu",
        )


class TestRow6Register:
    @pytest.mark.parametrize(
        ("outcome", "more", "closing"),
        [
            ("refused", {}, "refused"),
            ("not_held", {"referral": "KPU RI"}, "not_held"),
            ("not_documented", {"available_within": 5}, "not_documented"),
        ],
    )
    def test_what_is_not_given_is_closed_after_the_notification(
        self, desk, coordinated, decided, outcome, more, closing
    ):
        desk.step(coordinated, "consequence-test", TEST)
        decided(outcome, grounds=["17h"], consequence="Terbuka", **more)
        desk.step(coordinated, "notification", {"letter_number": "S-7", "medium": "post"})
        seen = desk.step(coordinated, "closing", {"remark": "Selesai"})
        assert (seen["state"], seen["closing"], seen["open"]) == ("closed", closing, False)

    @pytest.mark.parametrize(
        ("outcome", "closing"), [("full", "granted"), ("partial", "granted_partly")]
    )
    def test_what_is_given_is_closed_after_the_hand_over(
        self, desk, coordinated, decided, outcome, closing
    ):
        desk.step(coordinated, "consequence-test", TEST)
        decided(outcome, grounds=["17h"], consequence="Terbuka", blackened=["NIK"])
        desk.step(coordinated, "notification", {"letter_number": "S-8", "medium": "post"})
        desk.step(coordinated, "handover", {"medium": "post"})
        assert desk.step(coordinated, "closing")["closing"] == closing

    def test_the_book_of_the_year_shows_the_line(self, desk):
        taken = desk.receive(received_at="2018-05-07T09:00:00+07:00", information="Buku 2018")
        desk.step(taken["id"], "classification", AVAILABLE)
        desk.step(taken["id"], "handover", {"medium": "counter"})
        desk.step(taken["id"], "closing")
        line = desk.see("/register/2018")["items"][0]
        assert (line["number"], line["state"], line["closing"]) == (
            taken["number"],
            "closed",
            "granted",
        )

    def test_the_book_can_be_opened_by_a_spreadsheet(self, desk):
        taken = desk.receive(received_at="2017-05-08T09:00:00+07:00", information="=1+1")
        text = desk.get("/register/2017.csv").text
        header, line = text.splitlines()
        assert header.startswith("number,received_at,channel,")
        assert line.startswith(taken["number"])
        assert ",'=1+1," in line

    def test_the_lists_go_on_where_a_page_ended(self, desk):
        taken = [desk.receive(received_at="2016-05-09T09:00:00+07:00")["number"] for _ in range(5)]
        numbers, cursor = [], None
        while True:
            query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
            page = desk.see("/register/2016", **query)
            numbers += [line["number"] for line in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert numbers == taken

    def test_the_timeline_tells_causes_before_effects(self, desk):
        taken = desk.receive(documents=[])
        desk.step(taken["id"], "documents", {"documents": papers("identity_card")})
        desk.settled(taken["id"], lambda shown: shown["events"] >= 6, "the clocks follow")
        events = desk.see(f"/requests/{taken['id']}/timeline")["items"]
        names = [event["type"].split(".")[3] for event in events]
        assert names[:3] == ["RequestReceived", "IncompletenessNotified", "DeadlineSet"]
        assert names.index("RequestSubmitted") < names.index("ClockStopped")

    def test_a_request_can_be_seen_as_it_stood(self, desk, taken):
        before = desk.see(f"/requests/{taken['id']}")["updated_at"]
        desk.step(taken["id"], "classification", {"outcome": "coordinate"})
        then = desk.see(f"/requests/{taken['id']}", as_of=before)
        assert (then["state"], then["outcome"]) == ("submitted", None)


class TestRow7Supervision:
    def test_the_officer_sees_the_work_of_a_day(self, desk, officer):
        taken = desk.receive(received_at="2025-02-11T09:00:00+07:00")

        def shown():
            lines = officer.see("/reports/daily/2025-02-11")["lines"]
            return taken["id"] in [line["id"] for line in lines]

        wait(shown, "the day shows the request")
        assert officer.see("/reports/daily/2025-02-11")["figures"]["received"] == 1

    def test_the_officer_puts_down_that_the_day_was_looked_at(self, officer):
        answer = officer.post(
            "/reports/daily/2025-02-12/supervision", {"remark": "Sudah diperiksa"}
        )
        assert answer.status_code == 201, answer.text
        step = officer.see("/reports/daily/2025-02-12")["supervision"]["steps"][0]
        assert (step["step"], step["by"], step["remark"]) == (
            "DaySupervised", "ppid_officer:demo-ppid_officer", "Sudah diperiksa",
        )  # fmt: skip

    def test_a_day_that_has_not_come_cannot_be_supervised(self, officer):
        tomorrow = (today() + timedelta(days=2)).isoformat()
        answer = officer.post(f"/reports/daily/{tomorrow}/supervision", {})
        assert (answer.status_code, answer.json()["code"]) == (422, "date_in_future")


class TestRow8MonthlyReport:
    def test_the_figures_of_a_month_count_what_came_in(self, desk, officer):
        desk.receive(received_at="2025-03-03T09:00:00+07:00", channel="letter")
        desk.receive(received_at="2025-03-31T23:59:00+07:00", channel="email", documents=[])

        def counted():
            return officer.see("/reports/monthly/2025-03")["figures"]["received"] == 2

        wait(counted, "the month counts both")
        figures = officer.see("/reports/monthly/2025-03")["figures"]
        assert figures["by_channel"] == {"email": 1, "letter": 1}
        assert figures["incomplete"] == 1

    def test_the_officer_issues_and_the_head_takes_note(self, officer, head):
        issued = officer.post("/reports/monthly/2025-04/issue", {"remark": "Terlampir"})
        noted = head.post("/reports/monthly/2025-04/acknowledgement", {"remark": "Diterima"})
        assert (issued.status_code, noted.status_code) == (201, 201)
        steps = head.see("/reports/monthly/2025-04")["report"]["steps"]
        assert [(step["step"], step["by"].split(":")[0]) for step in steps] == [
            ("ReportIssued", "ppid_officer"), ("ReportAcknowledged", "division_head"),
        ]  # fmt: skip

    def test_an_issued_report_keeps_its_figures(self, desk, officer):
        officer.post("/reports/monthly/2025-05/issue", {})
        desk.receive(received_at="2025-05-05T09:00:00+07:00")

        def counted():
            return officer.see("/reports/monthly/2025-05")["figures"]["received"] == 1

        wait(counted, "the month counts the late entry")
        assert officer.see("/reports/monthly/2025-05")["report"]["figures"]["received"] == 0

    def test_a_month_that_is_not_over_has_no_report(self, officer):
        answer = officer.post(f"/reports/monthly/{today():%Y-%m}/issue", {})
        assert (answer.status_code, answer.json()["code"]) == (422, "period_not_over")

    def test_nobody_takes_note_of_a_report_that_was_not_issued(self, head):
        answer = head.post("/reports/monthly/2025-06/acknowledgement", {})
        assert (answer.status_code, answer.json()["code"]) == (409, "report_not_issued")


class TestReopeningAndWithdrawal:
    @pytest.fixture
    def closed(self, desk, taken):
        desk.step(taken["id"], "classification", AVAILABLE)
        desk.step(taken["id"], "handover", {"medium": "counter"})
        desk.step(taken["id"], "closing")
        return taken["id"]

    def test_the_officer_takes_a_closed_request_up_again(self, officer, closed):
        seen = officer.step(closed, "reopening", {"reason": "Berkas keliru"})
        assert (seen["state"], seen["closing"], seen["open"]) == ("submitted", None, True)

    def test_a_reopened_request_gets_a_clock_of_its_own(self, desk, officer, closed):
        officer.step(closed, "reopening", {"reason": "Berkas keliru"})

        def clocks():
            events = desk.see(f"/requests/{closed}/timeline")["items"]
            sets = [event["data"] for event in events if ".DeadlineSet." in event["type"]]
            return sum(each["clock"] == "answer" for each in sets)

        wait(lambda: clocks() == 2, "the second clock starts")
        assert desk.see(f"/requests/{closed}")["due_on"] == working_days_after(today(), 10)

    def test_a_reopened_request_is_walked_once_more(self, desk, officer, closed):
        officer.step(closed, "reopening", {"reason": "Berkas keliru"})
        desk.step(closed, "classification", AVAILABLE)
        desk.step(closed, "handover", {"medium": "counter"})
        assert desk.step(closed, "closing")["state"] == "closed"

    def test_an_applicant_may_take_a_request_back(self, desk, taken):
        seen = desk.step(taken["id"], "withdrawal", {"reason": "Tidak perlu lagi"})
        assert (seen["state"], seen["open"]) == ("withdrawn", False)

    def test_an_incomplete_request_can_be_taken_back_too(self, desk):
        taken = desk.receive(documents=[])
        assert desk.step(taken["id"], "withdrawal", {"reason": "Batal"})["state"] == "withdrawn"

    def test_taking_back_keeps_the_number(self, desk, taken):
        desk.step(taken["id"], "withdrawal", {"reason": "Batal"})
        assert desk.see(f"/requests/{taken['id']}")["number"] == taken["number"]


def test_what_an_objection_opens_stands_on_the_public_list_from_then_on(desk, taken):
    filing = {
        "request": taken["id"], "grounds": ["35b"], "filed_at": now(), "case_position": "Tidak diumumkan",
    }  # fmt: skip
    filed = desk.post("/objections", filing).json()
    answer = {
        "result": "granted", "reasons": "Wajib berkala", "letter_number": "1/K/2026", "order": "Umumkan",
        "execute_on": (today() + timedelta(days=7)).isoformat(), "opened": "Laporan dana kampanye 2024",
    }  # fmt: skip
    granted = desk.as_("ppid_superior").post(
        f"/objections/{filed['id']}/answer", answer, version=filed["version"]
    )
    assert granted.status_code == 200, granted.text

    def entries():
        listed = desk.see("/lists/public", limit=200)["items"]
        return [each["title"] for each in listed if each.get("opened_by") == filed["id"]]

    wait(entries, "the entry stands on the list")
    assert entries() == ["Laporan dana kampanye 2024"]


def test_the_work_list_finds_a_request_by_its_number(desk, taken):
    found = desk.see("/requests", q=taken["number"])["items"]
    assert [each["id"] for each in found] == [taken["id"]]


def test_the_work_list_shows_what_is_late(desk):
    late = desk.receive(received_at="2015-05-04T09:00:00+07:00")
    found = desk.see("/requests", overdue="true", year=2015)["items"]
    assert [each["id"] for each in found] == [late["id"]]


def test_the_work_list_of_a_unit_shows_what_was_given_to_it(coordinated, officer):
    officer.step(coordinated, "disposition", {"unit": "Bagian Arsip", "instruction": "Cari"})
    found = officer.see("/requests", unit="Bagian Arsip")["items"]
    assert [each["id"] for each in found] == [coordinated]


def test_the_work_list_of_somebody_shows_what_they_took(desk, taken):
    desk.step(taken["id"], "assignment", {"assignee": "demo-desk", "note": "Saya kerjakan"})
    found = desk.see("/requests", assignee="demo-desk")["items"]
    assert taken["id"] in [each["id"] for each in found]
