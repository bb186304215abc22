from datetime import UTC, date, datetime

import pytest

from contracts.envelope import Fact
from contracts.errors import Rejected
from services.escalation import decide
from services.escalation.law import Law
from services.escalation.state import RequestState, evolve
from tests.suites.events import event
from tests.suites.facts import fact
from tests.suites.law import LAW, with_rule
from tests.suites.orders import given, names, order, refusal

NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
SUBMITTED = ("RequestSubmitted", "DeadlineSet")
COORDINATE = (*SUBMITTED, "InformationClassified")
ESCALATED = (*COORDINATE, "Escalated")
TESTED = (*ESCALATED, "ConsequenceTested")
ENTRY = {
    "entry": "entry-1",
    "title": "Berkas pemilih",
    "decree": "731/2025",
    "grounds": ["17h"],
    "valid_to": "2026-08-20",
}
LISTED = (*SUBMITTED, ("ExemptionFlagged", {"basis": ENTRY}))
DECIDED = (*ESCALATED, "Decided")
NOTIFIED = (*DECIDED, "ApplicantNotified")
ENDS = ("RequestWithdrawn", "RequestLapsed", "Closed")
REFUSED = {
    "outcome": "refused",
    "grounds": ["17h"],
    "consequence": "Terungkap",
    "public_interest": "Tidak lebih besar",
    "exempt_until": None,
}
REVIEWED = {**REFUSED, "author": "desk:ani", "reviewer": "division_head:budi", "basis": None}
PARTIAL = {"outcome": "partial", "blackened": ["NIK: rahasia pribadi"]}
STOPPED = fact(
    "ClockStopped",
    because="ApplicantNotified",
    stopped_on="2026-08-20",
    working_days_used=5,
)
WINDOW = Fact(
    "DeadlineSet",
    {
        "clock": "objection_window",
        "regime": "ordinary",
        "start_on": "2026-08-20",
        "days": 30,
        "due_on": "2026-10-02",
        "legal_basis": "UU 14/2008 pasal 36 ayat (1)",
    },
)


def request(*facts):
    return given(RequestState(), evolve, *facts)


def extend(state, now=NOW, **changed):
    return decide.extend(order("ExtendDeadline", **changed), state, now, LAW)


def decided(state, **changed):
    return decide.decide(order("DecideRequest", **changed), state, NOW, LAW)


def notify(state, now=NOW, **changed):
    return decide.notify(order("NotifyApplicant", **changed), state, now, LAW)


def minuted(state, **changed):
    return decide.record_test(order("RecordConsequenceTest", **changed), state, NOW, LAW)


def escalate(state):
    return decide.escalate(order("EscalateRequest"), state, NOW)


def disposed(state):
    return decide.give_disposition(order("GiveDisposition"), state, NOW)


class TestEscalating:
    def test_what_needs_coordination_goes_to_the_officer(self):
        assert escalate(request(*COORDINATE)) == (fact("Escalated"),)

    def test_what_is_exempt_goes_to_the_officer(self):
        assert escalate(request(*LISTED)) == (fact("Escalated", cause="exempt"),)

    def test_what_is_available_needs_no_officer(self):
        state = request(*SUBMITTED, ("InformationClassified", {"outcome": "available"}))

        assert refusal(escalate, state) == "wrong_phase"

    def test_what_was_not_classified_is_not_escalated(self):
        assert refusal(escalate, request(*SUBMITTED)) == "wrong_phase"

    def test_what_the_applicant_knows_already_is_not_escalated(self):
        assert refusal(escalate, request(*LISTED, "ApplicantNotified")) == "wrong_phase"

    def test_a_request_is_escalated_once(self):
        assert refusal(escalate, request(*ESCALATED)) == "already_done"

    def test_a_reopened_request_is_classified_before_it_is_escalated_again(self):
        again = (*NOTIFIED, "Closed", "Reopened")

        assert refusal(escalate, request(*again)) == "wrong_phase"
        assert escalate(request(*again, "InformationClassified")) == (fact("Escalated"),)


class TestDisposition:
    def test_the_officer_tells_a_unit_what_to_do(self):
        assert disposed(request(*ESCALATED)) == (fact("DispositionGiven"),)

    def test_a_disposition_may_be_given_again(self):
        assert disposed(request(*ESCALATED, "DispositionGiven")) == (fact("DispositionGiven"),)


class TestExtending:
    def test_seven_working_days_are_added_to_the_due_date(self):
        assert extend(request(*ESCALATED)) == (fact("DeadlineExtended"),)

    def test_on_the_due_date_it_is_not_too_late(self):
        last_moment = datetime(2026, 8, 28, 16, 59, tzinfo=UTC)

        assert extend(request(*ESCALATED), last_moment) == (fact("DeadlineExtended"),)

    def test_after_the_due_date_in_jakarta_it_is_too_late(self):
        midnight = datetime(2026, 8, 28, 17, 0, tzinfo=UTC)

        assert refusal(extend, request(*ESCALATED), midnight) == "deadline_passed"

    def test_the_law_allows_one_extension(self):
        assert refusal(extend, request(*ESCALATED, "DeadlineExtended")) == (
            "extension_already_given"
        )

    def test_a_reopened_request_may_be_extended_once_more(self):
        state = request(
            *ESCALATED, "DeadlineExtended", "Decided", "ApplicantNotified", "ClockStopped",
            "Closed", "Reopened", "DeadlineSet", "InformationClassified", "Escalated",
        )  # fmt: skip

        assert extend(state) == (fact("DeadlineExtended"),)

    def test_where_no_clock_runs_there_is_nothing_to_extend(self):
        assert refusal(extend, request(*ESCALATED, "ClockStopped")) == "wrong_phase"

    def test_before_the_clock_was_set_there_is_nothing_to_extend(self):
        state = request("RequestSubmitted", "InformationClassified", "Escalated")

        assert refusal(extend, state) == "wrong_phase"


class TestTesting:
    def test_a_consequence_test_is_put_to_minutes(self):
        assert minuted(request(*ESCALATED)) == (fact("ConsequenceTested"),)

    def test_a_test_that_opens_needs_no_ground(self):
        open_ = {"result": "open", "grounds": []}

        assert minuted(request(*ESCALATED), **open_) == (fact("ConsequenceTested", **open_),)

    @pytest.mark.parametrize("result", ["exempt", "partial"])
    def test_a_test_that_closes_needs_a_ground(self, result):
        state = request(*ESCALATED)

        assert refusal(lambda: minuted(state, result=result, grounds=[])) == "ground_missing"

    def test_ground_17j_needs_its_statute(self):
        state = request(*ESCALATED)

        assert refusal(lambda: minuted(state, grounds=["17j"])) == "ground_fields_missing"

    def test_ground_17j_with_its_statute_is_enough(self):
        with_statute = {"grounds": ["17j"], "statute": "UU 23/2006 pasal 84"}

        assert minuted(request(*ESCALATED), **with_statute) == (
            fact("ConsequenceTested", **with_statute),
        )

    def test_the_minutes_may_leave_the_period_to_the_decision(self):
        assert minuted(request(*ESCALATED), grounds=["17b"]) == (
            fact("ConsequenceTested", grounds=["17b"]),
        )

    def test_a_period_in_the_minutes_is_a_lawful_one(self):
        too_long = {"grounds": ["17a"], "exempt_until": "2056-08-21"}

        assert refusal(lambda: minuted(request(*ESCALATED), **too_long)) == "ground_fields_missing"


class TestDeciding:
    @pytest.mark.parametrize(
        "given_",
        [
            {"outcome": "full"},
            {"outcome": "not_held", "referral": "BPS"},
            {"outcome": "not_held", "reasons": "Tidak ada yang memilikinya"},
            {"outcome": "not_documented", "available_within": 20},
        ],
        ids=["full", "referred", "not held by anybody", "not documented"],
    )
    def test_what_withholds_nothing_needs_no_ground(self, given_):
        assert decided(request(*ESCALATED), **given_) == (fact("Decided", **given_),)

    @pytest.mark.parametrize("outcome", ["not_held", "not_documented"])
    def test_what_is_not_there_is_not_just_denied(self, outcome):
        assert refusal(lambda: decided(request(*ESCALATED), outcome=outcome)) == "invalid_fields"

    def test_a_refusal_stands_on_a_test(self):
        assert decided(request(*TESTED), **REFUSED) == (fact("Decided", **REVIEWED),)

    def test_a_refusal_stands_on_a_listed_entry_and_keeps_it_as_it_stood(self):
        recorded = {**REVIEWED, "exempt_until": "2026-08-20", "basis": ENTRY}

        assert decided(request(*LISTED, "Escalated"), **REFUSED) == (fact("Decided", **recorded),)

    def test_a_test_is_more_than_an_entry(self):
        state = request(*LISTED, "Escalated", "ConsequenceTested")

        assert decided(state, **REFUSED)[0].data["basis"] is None

    def test_a_partial_answer_says_what_is_blackened(self):
        assert decided(request(*TESTED), **{**REFUSED, **PARTIAL}) == (
            fact("Decided", **{**REVIEWED, **PARTIAL}),
        )

    def test_weighing_and_period_are_those_of_the_minutes_unless_decided_otherwise(self):
        test = {"grounds": ["17b"], "public_interest": "Kecil", "exempt_until": "2030-01-01"}
        bare = {"outcome": "refused", "grounds": ["17b"], "consequence": "Rahasia dagang"}
        state = request(*ESCALATED, ("ConsequenceTested", test))

        said = decided(state, **bare)[0].data
        assert (said["public_interest"], said["exempt_until"]) == ("Kecil", "2030-01-01")
        assert decided(state, **bare, exempt_until="2028-01-01")[0].data["exempt_until"] == (
            "2028-01-01"
        )

    def test_a_decision_may_be_replaced_until_the_applicant_knows(self):
        assert decided(request(*DECIDED)) == (fact("Decided"),)

    @pytest.mark.parametrize(
        ("changed", "fields"),
        [
            ({"consequence": None}, ["consequence"]),
            ({"public_interest": None}, ["public_interest"]),
            ({"outcome": "partial"}, ["blackened"]),
            ({"grounds": ["17j"]}, ["statute"]),
            ({"grounds": ["17b"]}, ["exempt_until"]),
            ({"grounds": ["17h", "17b"]}, ["exempt_until"]),
            ({"grounds": ["17a"], "exempt_until": "2056-08-21"}, ["exempt_until"]),
            ({"exempt_until": "2026-08-19"}, ["exempt_until"]),
            ({"consequence": None, "public_interest": None, "outcome": "partial"},
             ["consequence", "public_interest", "blackened"]),
        ],
        ids=[
            "consequence", "weighing", "blackened", "statute", "period", "period of one of two",
            "31 years", "period over", "several",
        ],
    )  # fmt: skip
    def test_what_withholds_says_why_and_each_missing_field_is_named(self, changed, fields):
        state = request(*LISTED[:-1], ("ExemptionFlagged", {"basis": {**ENTRY, "valid_to": None}}))
        state = given(state, evolve, "Escalated")

        with pytest.raises(Rejected) as refused:
            decided(state, **{**REFUSED, **changed})
        assert (refused.value.code, list(refused.value.errors)) == ("ground_fields_missing", fields)

    def test_thirty_years_of_law_enforcement_are_allowed(self):
        state = request(*ESCALATED, ("ConsequenceTested", {"grounds": ["17a"]}))
        wish = {**REFUSED, "grounds": ["17a"], "exempt_until": "2056-08-20"}

        assert decided(state, **wish)[0].data["exempt_until"] == "2056-08-20"

    def test_without_a_ground_nothing_is_withheld(self):
        assert refusal(lambda: decided(request(*TESTED), **{**REFUSED, "grounds": []})) == (
            "ground_missing"
        )

    def test_a_ground_that_is_not_in_force_is_none(self):
        ended = LAW.rules.ended("ground", "17h", date(2010, 4, 30), date(2026, 8, 19))
        wish = order("DecideRequest", **REFUSED)

        assert refusal(
            decide.decide, wish, request(*TESTED), NOW, Law(ended, LAW.calendar)
        ) == ("ground_missing")  # fmt: skip

    @pytest.mark.parametrize("outcome", ["refused", "partial"])
    def test_without_test_or_entry_nothing_is_withheld(self, outcome):
        wish = {**REFUSED, "outcome": outcome, "blackened": ["NIK"]}
        state = request(*ESCALATED)

        assert refusal(lambda: decided(state, **wish)) == "consequence_test_missing"

    def test_a_test_that_opened_withholds_nothing(self):
        state = request(*ESCALATED, ("ConsequenceTested", {"result": "open"}))

        assert refusal(lambda: decided(state, **REFUSED)) == "consequence_test_missing"

    def test_a_ground_that_was_not_tested_withholds_nothing(self):
        wish = {**REFUSED, "grounds": ["17h", "17i"]}

        assert refusal(lambda: decided(request(*TESTED), **wish)) == "consequence_test_missing"

    def test_an_entry_does_not_outlive_another_classification(self):
        state = request(*LISTED, "InformationClassified", "Escalated")

        assert refusal(lambda: decided(state, **REFUSED)) == "consequence_test_missing"

    def test_an_entry_that_ran_out_since_is_not_relied_on(self):
        tomorrow, wish = datetime(2026, 8, 20, 17, 0, tzinfo=UTC), order("DecideRequest", **REFUSED)

        assert refusal(
            decide.decide, wish, request(*LISTED, "Escalated"), tomorrow, LAW
        ) == ("list_entry_unusable")  # fmt: skip


class TestReviewing:
    @pytest.mark.parametrize("role", ["ppid_officer", "division_head"])
    @pytest.mark.parametrize("facts", [TESTED, (*LISTED, "Escalated")], ids=["test", "entry"])
    def test_whoever_prepared_a_refusal_does_not_decide_it(self, facts, role):
        own = {**REFUSED, "account": "ani", "role": role}

        assert refusal(lambda: decided(request(*facts), **own)) == "reviewer_is_author"

    def test_whoever_prepared_it_may_decide_that_it_is_given(self):
        assert decided(request(*TESTED), account="ani") == (fact("Decided"),)

    def test_the_last_test_counts(self):
        again = event("ConsequenceTested", actor="ppid_officer:budi")
        state = evolve(request(*TESTED), again)

        assert refusal(lambda: decided(state, **REFUSED)) == "reviewer_is_author"
        assert decided(state, **REFUSED, account="ani")[0].data["author"] == "ppid_officer:budi"


class TestNotifying:
    def test_the_letter_tells_the_decision_and_stops_the_clock(self):
        assert notify(request(*DECIDED)) == (fact("ApplicantNotified"), STOPPED, WINDOW)

    def test_what_is_not_held_is_said_with_who_holds_it(self):
        referred = {"outcome": "not_held", "referral": "BPS"}
        notified = notify(request(*ESCALATED, ("Decided", referred)))[0]

        assert (notified.data["held"], notified.data["referral"]) == (False, "BPS")

    def test_what_is_not_documented_yet_is_said_with_when_it_will_be(self):
        later = {"outcome": "not_documented", "available_within": 20}
        notified = notify(request(*ESCALATED, ("Decided", later)))[0]

        assert notified.data["provided_within"] == 20

    def test_a_refusal_names_its_grounds_and_the_statute_they_point_to(self):
        decision = {**REFUSED, "grounds": ["17j"], "statute": "UU 23/2006 pasal 84"}
        notified = notify(request(*TESTED, ("Decided", decision)))[0]

        assert notified == fact(
            "ApplicantNotified", outcome="refused", grounds=["17j"], statute="UU 23/2006 pasal 84"
        )

    def test_a_partial_answer_says_how_much_is_blackened(self):
        notified = notify(request(*TESTED, ("Decided", {**REFUSED, **PARTIAL})))[0]

        assert (notified.data["outcome"], notified.data["blackened"]) == ("partial", 1)

    def test_the_desk_may_tell_a_listed_exemption_by_itself(self):
        assert notify(request(*LISTED))[0] == fact(
            "ApplicantNotified", outcome="refused", grounds=["17h"]
        )

    def test_the_desk_does_not_rely_on_an_entry_that_ran_out_since(self):
        tomorrow = datetime(2026, 8, 20, 17, 0, tzinfo=UTC)

        assert refusal(notify, request(*LISTED), tomorrow) == "list_entry_unusable"

    def test_what_the_order_says_of_the_letter_is_kept(self):
        said = {
            "form": "hardcopy", "cost": 5000, "payment": "Tunai di loket", "provided_within": 3,
            "medium": "post", "material": "Salinan rekapitulasi",
        }  # fmt: skip

        assert notify(request(*DECIDED), **said)[0] == fact("ApplicantNotified", **said)

    def test_a_cost_is_said_with_how_it_is_paid(self):
        assert refusal(lambda: notify(request(*DECIDED), cost=5000)) == "invalid_fields"

    def test_what_costs_nothing_needs_no_payment(self):
        assert notify(request(*DECIDED), cost=0)[0] == fact("ApplicantNotified", cost=0)

    def test_after_the_due_date_the_clock_stops_late(self):
        late = datetime(2026, 8, 31, 3, 0, tzinfo=UTC)

        assert notify(request(*DECIDED), late)[1].data["late"] is True

    def test_on_the_due_date_the_clock_stops_in_time(self):
        last_day = datetime(2026, 8, 28, 16, 59, tzinfo=UTC)

        assert notify(request(*DECIDED), last_day)[1].data["late"] is False

    def test_where_no_clock_runs_none_is_stopped(self):
        state = request("RequestSubmitted", "InformationClassified", "Escalated", "Decided")

        assert notify(state) == (fact("ApplicantNotified"), WINDOW)

    def test_an_applicant_is_notified_once(self):
        assert refusal(notify, request(*NOTIFIED)) == "already_done"

    @pytest.mark.parametrize(
        "facts",
        [
            COORDINATE,
            ESCALATED,
            (*SUBMITTED, "ExemptionFlagged"),
            (*LISTED, "Escalated"),
            (*LISTED, "InformationClassified"),
        ],
        ids=["coordination", "escalated", "unlisted", "listed but escalated", "classified anew"],
    )
    def test_without_a_decision_there_is_nothing_to_tell(self, facts):
        assert refusal(notify, request(*facts)) == "wrong_phase"


class TestPhases:
    @pytest.mark.parametrize("decision", [escalate, disposed, extend, minuted, decided, notify])
    @pytest.mark.parametrize("facts", [(), *((*DECIDED, end) for end in ENDS)])
    def test_a_request_that_is_not_open_is_left_alone(self, decision, facts):
        assert refusal(decision, request(*facts)) == "wrong_phase"

    @pytest.mark.parametrize("decision", [disposed, extend, minuted, decided])
    def test_before_escalation_the_officer_does_nothing(self, decision):
        assert refusal(decision, request(*COORDINATE)) == "wrong_phase"

    @pytest.mark.parametrize("decision", [disposed, extend, minuted, decided])
    def test_after_the_notification_the_officer_does_nothing(self, decision):
        assert refusal(decision, request(*NOTIFIED)) == "wrong_phase"


class TestCorrectingTheRegime:
    STAGES = with_rule("regime", "election", {"topics": ["election"]}, basis="PKPU tahapan")
    REASON = "Informasi ini tentang pencalonan."

    def corrected(self, *facts, law=STAGES, regime="election", now=NOW):
        command = order("CorrectRegime", regime=regime, reason=self.REASON)
        return decide.correct_regime(command, request(*facts), now, law)

    def test_the_short_clock_runs_from_the_same_day(self):
        regime, moved = self.corrected(*SUBMITTED, now=datetime(2026, 8, 13, 3, 0, tzinfo=UTC))

        assert (regime.data["regime"], regime.data["corrected"]) == ("election", True)
        assert regime.data["legal_basis"] == "PKPU tahapan"
        assert moved == Fact(
            "DeadlineMoved",
            {
                "clock": "answer",
                "cause": "regime",
                "because": self.REASON,
                "due_before": "2026-08-28",
                "due_on": "2026-08-18",
                "target_on": "2026-08-18",
                "days": 3,
                "legal_basis": "Perki 1/2019 pasal 12",
            },
        )

    def test_a_date_that_has_passed_by_then_is_missed_at_once(self):
        said = self.corrected(*SUBMITTED)

        assert names(said) == ["RegimeChosen", "DeadlineMoved", "DeadlineMissed", "DeadlineSet"]

    def test_an_extension_is_kept_with_the_days_of_the_new_regime(self):
        now = datetime(2026, 8, 13, 3, 0, tzinfo=UTC)
        moved = self.corrected(*ESCALATED, "DeadlineExtended", now=now)[1]

        assert (moved.data["due_on"], moved.data["extension"]) == ("2026-08-20", 2)

    def test_and_back_again(self):
        now = datetime(2026, 8, 13, 3, 0, tzinfo=UTC)
        there = self.corrected(*SUBMITTED, now=now)
        pairs = [(each.name, each.data) for each in there]
        back = self.corrected(*SUBMITTED, *pairs, regime="ordinary", now=now)

        assert back[1].data["due_on"] == "2026-08-28"

    def test_without_a_rule_there_is_no_such_regime(self):
        assert refusal(lambda: self.corrected(*SUBMITTED, law=LAW)) == "regime_unknown"

    def test_where_no_clock_runs_there_is_nothing_to_correct(self):
        assert refusal(lambda: self.corrected(*SUBMITTED, "ClockStopped")) == "wrong_phase"

    def test_what_it_runs_on_already_is_no_correction(self):
        assert refusal(lambda: self.corrected(*SUBMITTED, regime="ordinary")) == "already_done"


def test_an_extension_needs_a_reason_that_is_in_force():
    law = with_rule("reason", "not_yet_held", {}, valid_from=date(2027, 1, 1))
    ordered = order("ExtendDeadline", reason="not_yet_held")

    assert refusal(decide.extend, ordered, request(*ESCALATED), NOW, law) == "invalid_fields"
