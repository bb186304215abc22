from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.register import decide
from services.register.state import RequestState, evolve
from tests.suites.facts import fact
from tests.suites.orders import given, order, refusal

NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
AVAILABLE = ("RequestSubmitted", ("InformationClassified", {"outcome": "available"}))
COORDINATE = ("RequestSubmitted", "InformationClassified", "Escalated")


def request(*facts):
    return given(RequestState(), evolve, *facts)


def told(outcome):
    return request(*COORDINATE, ("ApplicantNotified", {"outcome": outcome}))


def hand_over(state, **changed):
    return decide.hand_over(order("HandOverInformation", **changed), state, NOW)


ARRIVED = request("RequestReceived")


def record(state, **changed):
    return decide.record_delivery(order("RecordDelivery", **changed), state, NOW)


def close(state, **changed):
    return decide.close(order("CloseRequest", **changed), state, NOW)


class TestHandingOver:
    def test_what_is_available_is_handed_over_at_once(self):
        assert hand_over(request(*AVAILABLE)) == (fact("InformationDelivered"),)

    @pytest.mark.parametrize("outcome", ["full", "partial"])
    def test_what_the_applicant_was_granted_is_handed_over(self, outcome):
        assert hand_over(told(outcome)) == (fact("InformationDelivered"),)

    def test_what_the_order_says_of_the_hand_over_is_kept(self):
        said = {"medium": "counter", "receipt_number": "TT-1", "form": None, "received_by": "proxy"}

        assert hand_over(request(*AVAILABLE), **said) == (fact("InformationDelivered", **said),)

    @pytest.mark.parametrize("outcome", ["refused", "not_held", "not_documented"])
    def test_what_was_not_granted_is_not_handed_over(self, outcome):
        assert refusal(hand_over, told(outcome)) == "wrong_phase"

    @pytest.mark.parametrize(
        "facts",
        [
            ("RequestSubmitted",),
            COORDINATE,
            (*AVAILABLE, "Escalated"),
            (*AVAILABLE, "ExemptionFlagged"),
            (*AVAILABLE, "Closed", "Reopened"),
        ],
    )
    def test_what_is_neither_available_nor_granted_is_not_handed_over(self, facts):
        assert refusal(hand_over, request(*facts)) == "wrong_phase"

    def test_it_is_handed_over_once(self):
        assert refusal(hand_over, request(*AVAILABLE, "InformationDelivered")) == "already_done"


class TestDeliveries:
    ENDS = ("RequestDeclined", "RequestLapsed", "RequestWithdrawn", "Closed")

    @pytest.mark.parametrize(
        "facts", [(), ("IncompletenessNotified",), COORDINATE, *((*AVAILABLE, end) for end in ENDS)]
    )
    def test_what_was_sent_is_recorded_in_whatever_state_the_request_is(self, facts):
        assert record(request("RequestReceived", *facts)) == (fact("DeliveryRecorded"),)

    def test_what_is_not_said_is_recorded_as_not_known(self):
        command = order("RecordDelivery")
        short = replace(command, data={**command.data})
        for name in ("proof", "attachment", "remark"):
            del short.data[name]

        (found,) = decide.record_delivery(short, request("RequestReceived"), NOW)

        assert found == fact("DeliveryRecorded", proof=None)

    def test_nothing_is_sent_about_a_request_that_is_not_there(self):
        assert refusal(record, RequestState()) == "not_found"

    def test_what_has_not_happened_yet_is_not_recorded(self):
        late = (NOW + timedelta(minutes=2)).isoformat()

        assert refusal(lambda: record(ARRIVED, happened_at=late)) == "date_in_future"

    def test_nothing_was_sent_before_the_day_of_the_request(self):
        before, same_day = "2026-08-11T23:59:00+07:00", "2026-08-12T00:01:00+07:00"

        assert refusal(lambda: record(ARRIVED, happened_at=before)) == "date_before_receipt"
        assert len(record(ARRIVED, happened_at=same_day)) == 1

    @pytest.mark.parametrize(
        "facts", [("RequestSubmitted", *AVAILABLE[1:], "Closed", "Reopened"), ("DecisionOrdered",)]
    )
    def test_a_request_that_begins_anew_is_still_known(self, facts):
        assert record(request("RequestReceived", *facts)) == (fact("DeliveryRecorded"),)

    def test_it_decides_nothing(self):
        assert request(*AVAILABLE, "DeliveryRecorded") == request(*AVAILABLE)


class TestClosing:
    def test_what_was_handed_over_at_once_was_granted(self):
        assert close(request(*AVAILABLE, "InformationDelivered")) == (fact("Closed"),)

    @pytest.mark.parametrize(
        ("outcome", "closing"), [("full", "granted"), ("partial", "granted_partly")]
    )
    def test_what_was_granted_closes_when_it_was_handed_over(self, outcome, closing):
        state = request(
            *COORDINATE, ("ApplicantNotified", {"outcome": outcome}), "InformationDelivered"
        )

        assert close(state) == (fact("Closed", outcome=closing),)

    @pytest.mark.parametrize("outcome", ["refused", "not_held", "not_documented"])
    def test_what_was_not_granted_closes_with_the_notification(self, outcome):
        assert close(told(outcome)) == (fact("Closed", outcome=outcome),)

    def test_a_remark_is_kept(self):
        assert close(told("refused"), remark="Surat kembali")[0].data["remark"] == "Surat kembali"

    @pytest.mark.parametrize("outcome", ["full", "partial"])
    def test_what_was_granted_does_not_close_before_it_was_handed_over(self, outcome):
        assert refusal(close, told(outcome)) == "not_handed_over_or_notified"

    @pytest.mark.parametrize("facts", [("RequestSubmitted",), AVAILABLE, COORDINATE])
    def test_what_was_not_answered_does_not_close(self, facts):
        assert refusal(close, request(*facts)) == "not_handed_over_or_notified"

    def test_after_reopening_the_old_answer_does_not_count(self):
        state = request(*AVAILABLE, "InformationDelivered", "Closed", "Reopened")

        assert refusal(close, state) == "not_handed_over_or_notified"


class TestReopening:
    def test_a_closed_request_is_taken_up_again(self):
        state = request(*AVAILABLE, "InformationDelivered", "Closed")

        assert decide.reopen(order("ReopenRequest"), state, NOW) == (fact("Reopened"),)

    @pytest.mark.parametrize(
        "facts", [(), ("RequestSubmitted",), ("RequestSubmitted", "RequestWithdrawn")]
    )
    def test_what_is_not_closed_is_not_reopened(self, facts):
        assert refusal(decide.reopen, order("ReopenRequest"), request(*facts), NOW) == "wrong_phase"


@pytest.mark.parametrize("decision", [hand_over, close])
@pytest.mark.parametrize(
    "facts", [(), (*AVAILABLE, "RequestWithdrawn"), (*AVAILABLE, "InformationDelivered", "Closed")]
)
def test_a_request_that_is_not_open_is_left_alone(decision, facts):
    assert refusal(decision, request(*facts)) == "wrong_phase"


def test_other_facts_do_not_change_a_request():
    assert request("DeadlineMissed") == RequestState()
