from datetime import UTC, date, datetime, timedelta

import pytest

from contracts import words
from contracts.errors import Rejected
from contracts.rules import Rule, Rules
from eventlog.handle import Numbered
from services.intake import decide
from services.intake.decide import Arrival
from services.intake.practice import Practice
from services.intake.state import ApplicantState, RequestState, evolve, evolve_applicant
from tests.suites.facts import APPLICANT, COMPLETED_AT, DATA, RECEIVED_AT, fact
from tests.suites.orders import given, names, order, refusal
from tests.suites.practice import PRACTICE, practice_with

NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
INCOMPLETE = (
    ("RequestReceived", {"documents": [], "category": "legal_entity"}),
    (
        "IncompletenessNotified",
        {"missing": ["identity_card", "notarial_deed", "entity_approval"]},
    ),
)
ENDS = ("RequestDeclined", "RequestLapsed", "RequestWithdrawn", "Closed")


def request(*facts):
    return given(RequestState(), evolve, *facts)


def applicant(*facts):
    return given(ApplicantState(), evolve_applicant, *facts)


def receive(arrival=None, now=NOW, practice=PRACTICE, **changed):
    command = order("ReceiveRequest", **changed)
    return decide.receive(command, now, arrival or Arrival(APPLICANT), practice)


def complete(state, now=NOW, practice=PRACTICE, **changed):
    return decide.complete(order("CompleteRequest", **changed), state, now, practice)


class TestReceiving:
    def test_a_complete_request_is_received_and_numbered_in_one_write(self):
        decision = receive()

        assert names(decision.facts(7)) == ["RequestReceived", "RequestSubmitted"]

    def test_the_number_is_taken_from_the_series_of_the_year_of_receipt(self):
        decision = receive(received_at="2025-12-31T23:59:00+07:00")

        assert decision.series == "register/2025"
        assert decision.facts(7)[1].data["number"] == "0007/PPID-KPU-DKI/XII/2025"

    def test_the_year_of_receipt_is_that_of_jakarta(self):
        decision = receive(received_at="2025-12-31T17:00:00+00:00")

        assert decision.series == "register/2026"

    def test_the_facts_are_what_the_order_said(self):
        received, submitted = receive().facts(1)

        assert received == fact("RequestReceived")
        assert submitted == fact("RequestSubmitted")

    def test_a_request_complete_at_receipt_was_completed_when_it_was_received(self):
        assert receive().facts(1)[1].data["completed_at"] == RECEIVED_AT

    def test_no_fact_holds_the_sealed_person(self):
        assert all("applicant" not in each.data for each in receive().facts(1))

    def test_missing_papers_are_named_and_the_number_waits(self):
        assert receive(documents=[]) == (
            fact("RequestReceived", documents=[]),
            fact("IncompletenessNotified"),
        )

    def test_warnings_are_kept(self):
        arrival = Arrival(APPLICANT, ("nik_malformed",))

        assert receive(arrival).facts(1)[0].data["warnings"] == ["nik_malformed"]

    def test_a_similar_request_is_one_more_warning(self):
        arrival = Arrival(APPLICANT, ("nik_malformed",), ("request/0",))
        received = receive(arrival).facts(1)[0].data

        assert received["warnings"] == ["nik_malformed", "near_duplicate"]
        assert received["similar_to"] == ["request/0"]

    def test_what_comes_from_the_future_is_refused(self):
        future = (NOW + timedelta(minutes=2)).isoformat()

        assert refusal(lambda: receive(received_at=future)) == "received_in_future"

    def test_clocks_may_differ_by_a_minute(self):
        soon = (NOW + timedelta(minutes=1)).isoformat()

        assert isinstance(receive(received_at=soon), Numbered)

    def test_a_topic_is_told_with_the_receipt_and_with_the_number(self):
        received, submitted = receive(topic="election").facts(1)

        assert (received.data["topic"], submitted.data["topic"]) == ("election", "election")

    def test_without_a_topic_the_number_says_none(self):
        assert "topic" not in receive(topic=None).facts(1)[1].data

    def test_the_papers_are_those_the_rules_ask_for_on_the_day_of_receipt(self):
        practice = practice_with("documents", "individual", {"papers": []}, "2026-08-12")

        assert isinstance(receive(practice=practice, documents=[]), Numbered)
        before = receive(practice=practice, documents=[], received_at="2026-08-11T23:59:00+07:00")
        assert names(before) == ["RequestReceived", "IncompletenessNotified"]

    def test_the_number_is_written_as_the_rules_say_on_the_day_of_receipt(self):
        practice = practice_with(
            "setting", "number.request", {"pattern": "{year}-{serial:06d}"}, "2026-08-12"
        )

        assert receive(practice=practice).facts(7)[1].data["number"] == "2026-000007"
        before = receive(practice=practice, received_at="2026-08-11T23:59:00+07:00")
        assert before.facts(7)[1].data["number"] == "0007/PPID-KPU-DKI/VIII/2026"

    @pytest.mark.parametrize("at", ["2010-04-29T23:59:59+07:00", "0001-01-01T00:00:00+07:00"])
    @pytest.mark.parametrize("changed", [{}, {"documents": []}, {"paper_serial": 1}])
    def test_before_the_law_took_effect_nothing_can_be_received(self, at, changed):
        with pytest.raises(Rejected) as refused:
            receive(received_at=at, **changed)

        assert refused.value.code == "date_before_law"
        assert refused.value.errors == {"received_at": ["Is before 2010-04-30."]}

    def test_on_the_day_the_law_took_effect_a_request_can_be_received(self):
        assert isinstance(receive(received_at="2010-04-30T00:00:00+07:00"), Numbered)

    def test_where_a_paper_was_asked_for_later_the_law_begins_later(self):
        papers = {"papers": ["identity_card"]}
        others = tuple(rule for rule in PRACTICE.rules.periods if rule.kind != "documents")
        late = Rule("documents", "individual", papers, "SK", date(2015, 1, 1))
        practice = Practice(Rules((*others, late)), PRACTICE.office)
        before = "2014-12-31T10:00:00+07:00"

        assert refusal(lambda: receive(practice=practice, received_at=before)) == "date_before_law"


class TestEligibility:
    """Who may apply: Indonesian citizens, legal entities, and groups of them (UU 14/2008 art. 1(12))."""

    @pytest.mark.parametrize("category", ["individual", "group", "legal_entity"])
    @pytest.mark.parametrize("documents", [[], list(words.DOCUMENTS)])
    def test_who_is_not_indonesian_is_received_and_declined_whatever_the_papers(
        self, category, documents
    ):
        received, declined = receive(indonesian=False, category=category, documents=documents)

        assert received == fact("RequestReceived", category=category, documents=documents)
        assert declined == fact("RequestDeclined", category=category)

    def test_the_event_names_its_reason_and_legal_basis(self):
        declined = receive(indonesian=False)[1].data

        assert (declined["reason"], declined["legal_basis"]) == (
            "not_indonesian",
            "UU 14/2008 pasal 1 angka 12",
        )

    @pytest.mark.parametrize("said", [{}, {"indonesian": True}, {"indonesian": None}])
    def test_whoever_is_indonesian_or_says_nothing_is_numbered(self, said):
        assert receive(**said).facts(1) == (fact("RequestReceived"), fact("RequestSubmitted"))

    def test_the_rule_is_that_of_the_day_of_receipt(self):
        practice = practice_with(
            "setting", "applicant.eligible", {"indonesian": ["group"]}, "2026-08-12"
        )

        def names_on(received_at, **who):
            decision = receive(
                practice=practice, indonesian=False, received_at=received_at, documents=[], **who
            )
            return names(decision)[1]

        assert names_on("2026-08-11T23:59:00+07:00") == "RequestDeclined"
        assert names_on("2026-08-12T00:00:00+07:00") == "IncompletenessNotified"
        assert names_on("2026-08-12T00:00:00+07:00", category="group") == "RequestDeclined"


class TestCompleting:
    def test_the_last_paper_brings_the_number(self):
        decision = complete(
            request(*INCOMPLETE), documents=["identity_card", "notarial_deed", "entity_approval"]
        )

        assert names(decision.facts(3)) == ["DocumentsReceived", "RequestSubmitted"]
        assert decision.facts(3)[1].data == {
            **DATA["RequestSubmitted"],
            "category": "legal_entity",
            "number": "0003/PPID-KPU-DKI/VIII/2026",
            "serial": 3,
            "completed_at": COMPLETED_AT,
        }

    def test_the_number_belongs_to_the_year_of_receipt_not_of_completion(self):
        state = request(
            ("RequestReceived", {"documents": [], "received_at": "2026-12-30T10:00:00+07:00"}),
            "IncompletenessNotified",
        )
        next_year = datetime(2027, 1, 5, tzinfo=UTC)

        decision = complete(state, next_year, received_at="2027-01-04T10:00:00+07:00")

        assert decision.series == "register/2026"

    def test_the_topic_of_the_receipt_goes_with_the_number(self):
        state = request(
            ("RequestReceived", {"documents": [], "topic": "election"}), "IncompletenessNotified"
        )

        assert complete(state).facts(1)[1].data["topic"] == "election"

    def test_papers_asked_for_since_the_receipt_are_not_missing(self):
        more = {"papers": ["identity_card", "power_of_attorney"]}
        state = request(("RequestReceived", {"documents": []}), "IncompletenessNotified")

        later = practice_with("documents", "individual", more, "2026-08-13")
        same_day = practice_with("documents", "individual", more, "2026-08-12")

        assert isinstance(complete(state, practice=later), Numbered)
        assert names(complete(state, practice=same_day)) == ["DocumentsReceived"]

    def test_some_papers_leave_the_others_missing(self):
        decision = complete(request(*INCOMPLETE), documents=["notarial_deed"])

        assert decision == (
            fact(
                "DocumentsReceived",
                documents=["notarial_deed"],
                missing=["identity_card", "entity_approval"],
            ),
        )

    def test_papers_handed_in_before_count(self):
        state = request(
            *INCOMPLETE,
            ("DocumentsReceived", {"documents": ["notarial_deed"], "missing": ["identity_card"]}),
        )

        decision = complete(state, documents=["identity_card", "entity_approval"])

        assert isinstance(decision, Numbered)

    def test_a_corrected_applicant_goes_on_under_the_revision_of_receipt(self):
        decision = complete(
            request(*INCOMPLETE), documents=["identity_card", "notarial_deed", "entity_approval"]
        )

        assert decision.facts(1)[1].data["applicant_revision"] == 1

    @pytest.mark.parametrize(
        "facts",
        [(), ("RequestReceived", "RequestSubmitted"), *((*INCOMPLETE, end) for end in ENDS)],
    )
    def test_only_an_incomplete_request_is_completed(self, facts):
        assert refusal(complete, request(*facts)) == "wrong_phase"

    def test_papers_from_the_future_are_refused(self):
        assert (
            refusal(complete, request(*INCOMPLETE), NOW - timedelta(days=10))
            == "received_in_future"
        )

    def test_papers_from_before_the_request_are_refused(self):
        before = "2026-08-12T09:09:59+07:00"

        with pytest.raises(Rejected) as refused:
            complete(request(*INCOMPLETE), received_at=before)
        assert (refused.value.code, list(refused.value.errors)) == (
            "date_before_receipt",
            ["received_at"],
        )


class TestWithdrawing:
    @pytest.mark.parametrize(
        "facts", [INCOMPLETE, ("RequestSubmitted",), ("RequestSubmitted", "Closed", "Reopened")]
    )
    def test_an_open_request_is_withdrawn(self, facts):
        decision = decide.withdraw(order("WithdrawRequest"), request(*facts), NOW)

        assert decision == (fact("RequestWithdrawn"),)

    @pytest.mark.parametrize("facts", [(), *(("RequestSubmitted", end) for end in ENDS)])
    def test_what_is_not_open_cannot_be_withdrawn(self, facts):
        assert refusal(decide.withdraw, order("WithdrawRequest"), request(*facts), NOW) == (
            "wrong_phase"
        )


def enter(arrival=None, practice=PRACTICE, **changed):
    command = order("EnterApplicant", **{"indonesian": None, **changed})
    return decide.enter_applicant(command, NOW, arrival or Arrival(APPLICANT), practice)


class TestEntering:
    def test_somebody_without_a_request_is_entered(self):
        assert enter() == (fact("ApplicantEntered"),)

    def test_what_looks_odd_is_told(self):
        odd = Arrival(APPLICANT, ("contact_missing",))

        assert enter(odd)[0].data["warnings"] == ["contact_missing"]

    def test_who_may_not_apply_is_entered_with_a_warning_and_its_legal_basis(self):
        entered = enter(Arrival(APPLICANT, ("nik_malformed",)), indonesian=False)[0].data

        assert entered["warnings"] == ["nik_malformed", "not_indonesian"]
        assert entered["legal_basis"] == "UU 14/2008 pasal 1 angka 12"

    def test_where_the_rule_lets_everybody_apply_nobody_is_warned_of(self):
        practice = practice_with("setting", "applicant.eligible", {"indonesian": []})

        assert enter(practice=practice, indonesian=False) == (fact("ApplicantEntered"),)

    def test_what_was_odd_is_remembered(self):
        state = applicant(("ApplicantEntered", {"warnings": ["not_indonesian"]}))

        assert state == ApplicantState(warnings=("not_indonesian",))

    def test_who_was_entered_is_corrected_and_erased_as_others_are(self):
        state = applicant("ApplicantEntered")

        assert decide.correct_applicant(APPLICANT, state) == (fact("ApplicantCorrected"),)
        assert decide.erase_applicant(order("EraseApplicant"), APPLICANT, state) == (
            fact("ApplicantErased"),
        )


class TestApplicants:
    def test_the_first_correction_is_revision_2(self):
        assert decide.correct_applicant(APPLICANT, applicant()) == (fact("ApplicantCorrected"),)

    def test_corrections_are_counted(self):
        state = applicant("ApplicantCorrected", ("ApplicantCorrected", {"applicant_revision": 3}))

        assert decide.correct_applicant(APPLICANT, state) == (
            fact("ApplicantCorrected", applicant_revision=4),
        )

    def test_erasure_gives_its_reason(self):
        command = order("EraseApplicant")

        assert decide.erase_applicant(command, APPLICANT, applicant()) == (fact("ApplicantErased"),)

    def test_who_is_erased_cannot_be_corrected(self):
        assert refusal(decide.correct_applicant, APPLICANT, applicant("ApplicantErased")) == (
            "applicant_erased"
        )

    def test_whose_objection_is_open_is_not_erased(self):
        command = order("EraseApplicant")

        with pytest.raises(Rejected, match="legal_hold"):
            decide.erase_applicant(command, APPLICANT, applicant(), held=True)

    def test_who_is_erased_cannot_be_erased_again(self):
        command, state = order("EraseApplicant"), applicant("ApplicantErased")

        assert refusal(decide.erase_applicant, command, APPLICANT, state) == "applicant_erased"

    def test_other_facts_do_not_change_an_applicant(self):
        assert applicant("RequestReceived") == ApplicantState()


def test_other_facts_do_not_change_a_request():
    assert request("DeadlineMissed") == RequestState()
