from datetime import UTC, datetime

import pytest

from services.escalation import decide
from services.escalation.state import RequestState, evolve
from tests.suites.facts import fact
from tests.suites.law import LAW
from tests.suites.orders import given, order, refusal

NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
SUBMITTED = ("RequestSubmitted", "DeadlineSet")
COORDINATE = (*SUBMITTED, "InformationClassified")
ESCALATED = (*COORDINATE, "Escalated")
TESTED = (*ESCALATED, "ConsequenceTested")
LISTED = (*SUBMITTED, ("ExemptionFlagged", {"basis": {"entry": "entry-1"}}))
DECIDED = (*ESCALATED, "Decided")
NOTIFIED = (*DECIDED, "ApplicantNotified")
ENDS = ("RequestWithdrawn", "RequestLapsed", "Closed")
REFUSED = {"outcome": "refused", "grounds": ["17h"], "consequence": "Terungkap"}
STOPPED = fact(
    "ClockStopped",
    because="ApplicantNotified",
    stopped_on="2026-08-20",
    working_days_used=5,
)


def request(*facts):
    return given(RequestState(), evolve, *facts)


def extend(state, now=NOW, **changed):
    return decide.extend(order("ExtendDeadline", **changed), state, now, LAW)


def decided(state, **changed):
    return decide.decide(order("DecideRequest", **changed), state, NOW)


def notify(state, now=NOW, **changed):
    return decide.notify(order("NotifyApplicant", **changed), state, now, LAW)


def minuted(state, **changed):
    return decide.record_test(order("RecordConsequenceTest", **changed), state, NOW)


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


class TestDeciding:
    @pytest.mark.parametrize("outcome", ["full", "not_held", "not_documented"])
    def test_what_withholds_nothing_needs_no_ground(self, outcome):
        assert decided(request(*ESCALATED), outcome=outcome) == (fact("Decided", outcome=outcome),)

    def test_a_refusal_stands_on_a_test(self):
        assert decided(request(*TESTED), **REFUSED) == (fact("Decided", **REFUSED),)

    def test_a_refusal_stands_on_a_listed_entry(self):
        assert decided(request(*LISTED, "Escalated"), **REFUSED) == (fact("Decided", **REFUSED),)

    def test_a_partial_answer_says_what_is_blackened(self):
        partial = {**REFUSED, "outcome": "partial", "blackened": ["NIK: rahasia pribadi"]}

        assert decided(request(*TESTED), **partial) == (fact("Decided", **partial),)

    def test_a_decision_may_be_replaced_until_the_applicant_knows(self):
        assert decided(request(*DECIDED)) == (fact("Decided"),)

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"grounds": []}, "ground_missing"),
            ({"consequence": None}, "ground_fields_missing"),
            ({"grounds": ["17j"]}, "ground_fields_missing"),
            ({"outcome": "partial", "blackened": []}, "ground_fields_missing"),
        ],
        ids=["ground", "consequence", "statute", "blackened"],
    )
    def test_what_withholds_says_why(self, changed, code):
        state = request(*TESTED)

        assert refusal(lambda: decided(state, **{**REFUSED, **changed})) == code

    @pytest.mark.parametrize("outcome", ["refused", "partial"])
    def test_without_test_or_entry_nothing_is_withheld(self, outcome):
        wish = {**REFUSED, "outcome": outcome, "blackened": ["NIK"]}
        state = request(*ESCALATED)

        assert refusal(lambda: decided(state, **wish)) == "consequence_test_missing"

    def test_a_test_that_opened_withholds_nothing(self):
        state = request(*ESCALATED, ("ConsequenceTested", {"result": "open"}))

        assert refusal(lambda: decided(state, **REFUSED)) == "consequence_test_missing"

    def test_an_entry_does_not_outlive_another_classification(self):
        state = request(*LISTED, "InformationClassified", "Escalated")

        assert refusal(lambda: decided(state, **REFUSED)) == "consequence_test_missing"


class TestNotifying:
    def test_the_letter_tells_the_decision_and_stops_the_clock(self):
        assert notify(request(*DECIDED)) == (fact("ApplicantNotified"), STOPPED)

    def test_what_is_not_held_is_said_with_who_holds_it(self):
        referred = {"outcome": "not_held", "referral": "BPS"}
        notified = notify(request(*ESCALATED, ("Decided", referred)))[0]

        assert (notified.data["held"], notified.data["referral"]) == (False, "BPS")

    def test_a_refusal_names_its_grounds(self):
        notified = notify(request(*TESTED, ("Decided", REFUSED)))[0]

        assert notified == fact("ApplicantNotified", outcome="refused", grounds=["17h"])

    def test_the_desk_may_tell_a_listed_exemption_by_itself(self):
        assert notify(request(*LISTED))[0] == fact(
            "ApplicantNotified", outcome="refused", grounds=["17h"]
        )

    def test_what_the_order_says_of_the_letter_is_kept(self):
        said = {"form": "hardcopy", "cost": 5000, "provided_within": 3, "medium": "post"}

        assert notify(request(*DECIDED), **said)[0] == fact("ApplicantNotified", **said)

    def test_after_the_due_date_the_clock_stops_late(self):
        late = datetime(2026, 8, 31, 3, 0, tzinfo=UTC)

        assert notify(request(*DECIDED), late)[1].data["late"] is True

    def test_on_the_due_date_the_clock_stops_in_time(self):
        last_day = datetime(2026, 8, 28, 16, 59, tzinfo=UTC)

        assert notify(request(*DECIDED), last_day)[1].data["late"] is False

    def test_where_no_clock_runs_none_is_stopped(self):
        state = request("RequestSubmitted", "InformationClassified", "Escalated", "Decided")

        assert notify(state) == (fact("ApplicantNotified"),)

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
