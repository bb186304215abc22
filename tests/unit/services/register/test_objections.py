"""The views of objections and of cases of personal data, and the line of the objection register."""

import pytest

from services.register.project.objections import objection
from services.register.project.privacy import privacy_case
from services.register.project.requests import request
from services.register.query.objections import book_line, held
from services.register.query.privacy import shown_at
from tests.suites.events import event

SUBJECT = "objection/9"
CLOCK = ("DeadlineSet", {"clock": "objection_answer", "due_on": "2026-11-11"})
WINDOW = ("DeadlineSet", {"clock": "dispute_window", "due_on": "2026-11-09"})
STOPPED = ("ClockStopped", {"clock": "objection_answer", "because": "ObjectionAnswered"})
ANSWERED = ("ObjectionFiled", CLOCK, "ObjectionAnswered", STOPPED, WINDOW)
DISPUTED = (*ANSWERED, "DisputeOpened")
SETTLED = (*DISPUTED, "DisputeSettled")
ACCEPTS = ("ObjectorReacted", {"reaction": "accepts"})
WINDOW_OVER = ("RedressLapsed", {"clock": "dispute_window"})
AWARD_OVER = ("RedressLapsed", {"clock": "award_window"})
CASSATION_OVER = ("RedressLapsed", {"clock": "cassation_window"})
LAST_COURT = ("CourtCaseOpened", {"court": "supreme_court"})


def story(*facts, subject=SUBJECT):
    pairs = [(fact, {}) if isinstance(fact, str) else fact for fact in facts]
    return [
        event(name, version=at, subject=subject, data=changed)
        for at, (name, changed) in enumerate(pairs, start=1)
    ]


def shown(*facts):
    return objection(story(*facts))


class TestObjections:
    @pytest.mark.parametrize(
        ("facts", "state", "is_open"),
        [
            (("ObjectionFiled", CLOCK), "filed", True),
            (ANSWERED, "answered", True),
            (
                (*ANSWERED, ("ObjectorReacted", {"reaction": "goes_to_commission"})),
                "answered",
                True,
            ),
            ((*ANSWERED, ACCEPTS), "answered", False),
            ((*ANSWERED, WINDOW_OVER), "answered", False),
            ((*ANSWERED, ACCEPTS, "DisputeOpened"), "disputed", True),
            (DISPUTED, "disputed", True),
            (SETTLED, "settled", True),
            ((*SETTLED, AWARD_OVER), "settled", False),
            ((*SETTLED, AWARD_OVER, "CourtCaseOpened"), "in_court", True),
            ((*SETTLED, "CourtCaseOpened"), "in_court", True),
            ((*SETTLED, "CourtCaseOpened", "CourtRuled"), "ruled", True),
            ((*SETTLED, "CourtCaseOpened", "CourtRuled", CASSATION_OVER), "ruled", False),
            ((*SETTLED, "CourtCaseOpened", "CourtRuled", LAST_COURT), "in_court", True),
            ((*SETTLED, LAST_COURT, "CourtRuled"), "ruled", False),
        ],
    )
    def test_how_far_it_has_come_and_whether_it_is_open(self, facts, state, is_open):
        seen = shown(*facts)

        assert (seen["state"], seen["open"]) == (state, is_open)

    def test_what_was_sent_is_shown_in_the_order_of_recording(self):
        back = ("ObjectionDeliveryRecorded", {"state": "returned"})
        seen = shown(*ANSWERED, "ObjectionDeliveryRecorded", back)

        assert [each["state"] for each in seen["deliveries"]] == ["sent", "returned"]
        assert seen["state"] == "answered"

    def test_a_letter_that_goes_out_makes_nobodys_reading_stale(self):
        before, after = shown(*ANSWERED), shown(*ANSWERED, "ObjectionDeliveryRecorded")

        assert after["versions"] != before["versions"]
        assert after["by_people"] == before["by_people"]

    def test_nothing_is_shown_before_its_filing(self):
        assert shown("ObjectionAnswered") is None
        assert objection([]) is None

    def test_it_is_due_as_its_clock_says_even_when_that_moves(self):
        moved = ("DeadlineMoved", {"clock": "objection_answer", "due_on": "2026-11-12"})

        assert shown("ObjectionFiled", CLOCK)["due_on"] == "2026-11-11"
        assert shown("ObjectionFiled", CLOCK, moved)["due_on"] == "2026-11-12"

    def test_the_time_for_a_dispute_is_another_date(self):
        assert shown(*ANSWERED)["dispute_due_on"] == "2026-11-09"
        assert shown(*ANSWERED)["due_on"] == "2026-11-11"

    def test_the_time_for_a_court_is_a_third(self):
        window = ("DeadlineSet", {"clock": "award_window", "due_on": "2027-02-02"})

        assert shown(*SETTLED, window)["court_due_on"] == "2027-02-02"

    def test_other_clocks_are_not_its_own(self):
        assert shown("ObjectionFiled", "DeadlineSet")["due_on"] is None

    def test_an_answer_that_did_not_come_in_time_is_missed(self):
        missed = ("DeadlineMissed", {"clock": "objection_answer"})

        assert shown("ObjectionFiled", CLOCK, missed)["missed"] is True
        assert shown(*ANSWERED, WINDOW_OVER)["missed"] is False

    def test_a_date_that_moves_may_be_in_time_again_and_the_regime_is_the_one_it_runs_on(self):
        missed = ("DeadlineMissed", {"clock": "objection_answer"})
        moved = ("DeadlineMoved", {"clock": "objection_answer", "due_on": "2026-12-01"})
        other = ("DeadlineMoved", {"clock": "dispute_window", "due_on": "2026-12-02"})
        seen = shown(
            "ObjectionFiled", CLOCK, missed, ("RegimeChosen", {"regime": "election"}), moved
        )

        assert (seen["due_on"], seen["missed"], seen["regime"]) == ("2026-12-01", False, "election")
        assert shown("ObjectionFiled", CLOCK, missed, other)["missed"] is True

    def test_a_clock_that_another_name_has_is_not_missed_here(self):
        other = ("DeadlineMissed", {"clock": "answer"})

        assert shown("ObjectionFiled", CLOCK, other)["missed"] is False

    def test_an_answer_says_how_long_it_took_and_who_gave_it(self):
        seen = shown(*ANSWERED)

        assert (seen["working_days_used"], seen["answered_late"]) == (5, False)
        assert seen["answer"]["by"] == "desk:ani"

    def test_a_clock_that_a_dispute_ended_says_nothing_of_an_answer(self):
        ended = ("ClockStopped", {"clock": "objection_answer", "because": "DisputeOpened"})

        assert shown("ObjectionFiled", CLOCK, "DisputeOpened", ended)["working_days_used"] is None

    def test_every_court_case_stays_in_it(self):
        seen = shown(*SETTLED, "CourtCaseOpened", "CourtRuled", "CourtCaseOpened", "CourtRuled")

        assert (len(seen["court_cases"]), len(seen["rulings"])) == (2, 2)


class TestItsRequest:
    CLOSED = (
        "RequestReceived",
        "RequestSubmitted",
        ("ApplicantNotified", {"outcome": "refused"}),
        ("Closed", {"outcome": "refused"}),
    )

    def test_an_order_has_even_a_closed_request_decided_anew(self):
        seen = request(story(*self.CLOSED, "DecisionOrdered", subject="request/1"))

        assert (seen["state"], seen["open"]) == ("coordination", True)
        assert (seen["notification"], seen["closing"], seen["closed_at"]) == (None, None, None)
        assert seen["ordered"]["ordered_by"] == "ppid_superior"

    def test_then_it_ends_again(self):
        facts = (*self.CLOSED, "DecisionOrdered", "Decided", "ApplicantNotified", "Closed")

        assert request(story(*facts, subject="request/1"))["closing"] == "granted"

    def test_it_isheld_while_one_of_its_objections_is_open(self):
        of = {"_id": "objection/9", "number": "KBR-2", "state": "filed", "open": True}
        done = {"_id": "objection/8", "number": "KBR-1", "state": "settled", "open": False}

        assert held([of, done])["legal_hold"] is True
        assert held([done])["legal_hold"] is False
        assert [each["id"] for each in held([of, done])["objections"]] == ["8", "9"]
        assert held([]) == {"objections": [], "legal_hold": False}


REQUEST = {"number": "0001/PPID", "information": "Dana kampanye", "purpose": "Riset"}


class TestTheRegister:
    def line(self, *facts, about=REQUEST):
        return book_line({"_id": SUBJECT, **shown(*facts)}, about)

    def test_a_line_has_the_columns_a_to_k_of_the_standard_form(self):
        line = self.line(*ANSWERED, ACCEPTS)

        assert line["number"] == "KBR-0001/PPID-KPU-DKI/IX/2026"
        assert (line["request_number"], line["information"], line["purpose"]) == (
            "0001/PPID",
            "Dana kampanye",
            "Riset",
        )
        assert (line["grounds"], line["decision"]) == (["35a", "35d"], "granted_partly")
        assert (line["superior"], line["reaction"]) == ("desk:ani", "accepts")

    def test_what_is_not_known_yet_is_empty(self):
        line = self.line("ObjectionFiled", about={})

        for column in (
            "request_number",
            "decision",
            "answered_at",
            "superior",
            "reaction",
            "ruling",
        ):
            assert line[column] is None

    def test_it_tells_how_the_dispute_and_the_case_ended(self):
        line = self.line(*SETTLED, "CourtCaseOpened", "CourtRuled")

        assert (line["dispute_result"], line["ruling"]) == ("agreed", "upheld")


class TestCasesOfPersonalData:
    def case(self, *facts):
        return privacy_case(story(*facts, subject="privacy/1"))

    def test_one_is_open_until_it_is_settled(self):
        assert self.case("PrivacyCaseOpened")["state"] == "open"
        assert self.case("PrivacyCaseOpened", "PrivacyCaseSettled")["state"] == "settled"
        assert self.case("PrivacyCaseSettled") is None

    @pytest.mark.parametrize(
        ("now", "overdue"),
        [
            ("2026-11-05T03:00:00+00:00", False),
            ("2026-11-05T03:00:00.000001+00:00", True),
        ],
    )
    def test_one_is_overdue_after_its_last_second(self, now, overdue):
        seen = shown_at(self.case("PrivacyCaseOpened"), now)

        assert (seen["overdue"], "due" in seen) == (overdue, False)

    def test_a_settled_one_is_never_overdue(self):
        settled = self.case("PrivacyCaseOpened", "PrivacyCaseSettled")

        assert shown_at(settled, "2027-01-01T00:00:00+00:00")["overdue"] is False
