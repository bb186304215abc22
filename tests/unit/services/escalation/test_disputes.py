"""Disputes and court cases (K4, K5): phases, dates, what is late, and what they order."""

from datetime import UTC, date, datetime

import pytest

from contracts.envelope import Fact
from services.escalation import decide
from services.escalation.calendar import DayOff, declared, evolve_calendar
from services.escalation.law import Law
from services.escalation.moves import moved
from services.escalation.state import ObjectionState, evolve_objection
from tests.suites.law import LAW
from tests.suites.orders import given, names, order, refusal

NOW = datetime(2027, 6, 1, 3, 0, tzinfo=UTC)
FILED = (
    ("ObjectionFiled", {"filed_at": "2026-08-10T09:00:00+07:00"}),
    (
        "DeadlineSet",
        {"clock": "objection_answer", "start_on": "2026-08-10", "due_on": "2026-09-22"},
    ),
)
# Facts of tests are recorded on 2026-08-12.
ANSWERED = (
    *FILED,
    "ObjectionAnswered",
    ("ClockStopped", {"clock": "objection_answer"}),
    ("DeadlineSet", {"clock": "dispute_window", "start_on": "2026-08-12", "due_on": "2026-09-03"}),
)
DISPUTED = (*ANSWERED, ("DisputeOpened", {"filed_on": "2026-09-01"}))
SETTLED = (*DISPUTED, ("DisputeSettled", {"settled_on": "2026-12-01"}))
IN_COURT = (*SETTLED, ("CourtCaseOpened", {"filed_on": "2026-12-08", "case_number": "21/G"}))
RULED = (*IN_COURT, ("CourtRuled", {"ruled_on": "2027-03-01"}))


def objection(*facts):
    return given(ObjectionState(), evolve_objection, *facts)


def dispute(*facts, now=NOW, **changed):
    command = order("OpenDispute", **{"filed_on": "2026-09-01", **changed})
    return decide.open_dispute(command, objection(*facts), now, LAW)


def refused_dispute(*facts, **changed):
    command = order("OpenDispute", **{"filed_on": "2026-09-01", **changed})
    return refusal(decide.open_dispute, command, objection(*facts), NOW, LAW)


def court(*facts, **changed):
    command = order("OpenCourtCase", **changed)
    return decide.open_court_case(command, objection(*facts), NOW, LAW)


class TestOpeningADispute:
    def test_after_the_answer_it_ends_the_clock_for_it(self):
        opened, stopped = dispute(*ANSWERED)

        assert (opened.data["dispute_number"], opened.data["late"]) == (
            "014/XI/KIP-DKI-PS/2026",
            False,
        )
        assert (stopped.data["clock"], stopped.data["because"]) == (
            "dispute_window",
            "DisputeOpened",
        )

    @pytest.mark.parametrize(("filed_on", "late"), [("2026-09-03", False), ("2026-09-04", True)])
    def test_d12_it_is_late_after_fourteen_working_days(self, filed_on, late):
        assert dispute(*ANSWERED, filed_on=filed_on)[0].data["late"] is late

    def test_d13_the_commission_registers_in_3_begins_in_14_and_ends_in_100_working_days(self):
        opened = dispute(*ANSWERED)[0].data

        assert (opened["registers_by"], opened["starts_by"]) == ("2026-09-04", "2026-09-21")
        assert opened["ends_by"] == "2027-01-25"

    def test_d13_in_the_election_regime_it_ends_in_14(self):
        election = (
            "ObjectionFiled",
            {"filed_at": "2026-08-10T09:00:00+07:00", "regime": "election"},
        )

        assert dispute(election, *ANSWERED[1:])[0].data["ends_by"] == "2026-09-21"

    def test_without_an_answer_it_waits_until_that_was_due(self):
        assert refused_dispute(*FILED, filed_on="2026-09-22") == "wrong_phase"
        assert names(dispute(*FILED, filed_on="2026-09-23")) == ["DisputeOpened", "ClockStopped"]

    @pytest.mark.parametrize(("filed_on", "late"), [("2026-10-12", False), ("2026-10-13", True)])
    def test_silence_has_its_fourteen_days_from_the_day_the_answer_was_due(self, filed_on, late):
        assert dispute(*FILED, filed_on=filed_on)[0].data["late"] is late

    def test_it_is_opened_once(self):
        assert refused_dispute(*DISPUTED) == "wrong_phase"

    def test_its_day_is_neither_ahead_nor_before_the_answer(self):
        assert refused_dispute(*ANSWERED, filed_on="2027-06-02") == "date_in_future"
        assert refused_dispute(*ANSWERED, filed_on="2026-08-11") == "date_before_receipt"


class TestSettlingADispute:
    def settle(self, *facts, **changed):
        return decide.settle_dispute(order("SettleDispute", **changed), objection(*facts), NOW, LAW)

    def refused(self, *facts, **changed):
        command = order("SettleDispute", **changed)
        return refusal(decide.settle_dispute, command, objection(*facts), NOW, LAW)

    def test_it_ends_with_what_the_commission_says(self):
        settled = self.settle(*DISPUTED)[0]

        assert settled == Fact("DisputeSettled", order("SettleDispute").data)

    def test_d14_a_party_may_go_to_court_for_fourteen_working_days(self):
        _, window, *late = self.settle(*DISPUTED, settled_on="2027-05-25")

        assert (window.data["clock"], window.data["days"]) == ("award_window", 14)
        assert (window.data["start_on"], window.data["due_on"]) == ("2027-05-25", "2027-06-15")
        assert late == []

    def test_what_is_entered_when_that_time_is_over_says_so(self):
        facts = self.settle(*DISPUTED, settled_on="2026-12-01")

        assert names(facts) == ["DisputeSettled", "DeadlineSet", "ClockStopped", "RedressLapsed"]
        assert facts[-1].data == {"clock": "award_window", "due_on": "2026-12-21"}

    @pytest.mark.parametrize("result", ["rejected", "withdrawn"])
    def test_what_is_rejected_orders_nothing(self, result):
        assert self.refused(*DISPUTED, result=result) == "invalid_fields"
        assert self.settle(*DISPUTED, result=result, order=None, opened=None)

    @pytest.mark.parametrize("facts", [FILED, ANSWERED, SETTLED, IN_COURT, RULED])
    def test_only_what_was_disputed_is_settled(self, facts):
        assert self.refused(*facts) == "wrong_phase"

    def test_its_day_is_neither_ahead_nor_before_the_dispute(self):
        assert self.refused(*DISPUTED, settled_on="2027-06-02") == "date_in_future"
        assert self.refused(*DISPUTED, settled_on="2026-08-31") == "date_before_receipt"


class TestGoingToCourt:
    @pytest.mark.parametrize(("filed_on", "late"), [("2026-12-21", False), ("2026-12-22", True)])
    def test_d14_an_award_can_be_rejected_for_fourteen_working_days(self, filed_on, late):
        assert court(*SETTLED, filed_on=filed_on)[0].data["late"] is late

    @pytest.mark.parametrize(("filed_on", "late"), [("2027-03-15", False), ("2027-03-16", True)])
    def test_d15_cassation_is_open_for_fourteen_days_of_the_calendar(self, filed_on, late):
        opened = court(*RULED, court="supreme_court", filed_on=filed_on)[0].data

        assert (opened["court"], opened["late"]) == ("supreme_court", late)

    @pytest.mark.parametrize("facts", [FILED, ANSWERED, DISPUTED, IN_COURT])
    def test_only_after_an_award_or_a_judgment(self, facts):
        command = order("OpenCourtCase")

        assert (
            refusal(decide.open_court_case, command, objection(*facts), NOW, LAW) == "wrong_phase"
        )

    def test_the_court_rules_once_on_the_case_before_it(self):
        command = order("RecordRuling", ruled_on="2027-03-01")

        ruled = decide.record_ruling(command, objection(*IN_COURT), NOW, LAW)
        assert (ruled[0].name, ruled[0].data["case_number"]) == ("CourtRuled", "21/G")
        for facts in (SETTLED, RULED):
            refused = refusal(decide.record_ruling, command, objection(*facts), NOW, LAW)
            assert refused == "wrong_phase"

    def test_d15_a_party_may_go_on_for_fourteen_days_of_the_calendar(self):
        command = order("RecordRuling", ruled_on="2027-05-25")
        window = decide.record_ruling(command, objection(*IN_COURT), NOW, LAW)[1].data

        assert (window["clock"], window["days"], window["unit"]) == ("cassation_window", 14, "days")
        assert window["due_on"] == "2027-06-08"

    def test_a_holiday_moves_the_time_for_a_lawsuit_and_not_that_for_a_cassation(self):
        timed = objection(
            ("DeadlineSet", {"clock": "award_window", "start_on": "2026-12-01", "days": 14,
                             "due_on": "2026-12-21", "target_on": None}),
            ("DeadlineSet", {"clock": "cassation_window", "start_on": "2026-12-01", "days": 14,
                             "unit": "days", "due_on": "2026-12-15", "target_on": None}),
        ).timed  # fmt: skip
        off = DayOff("public", "Libur", "SKB", "test")
        calendar = evolve_calendar(LAW.calendar, declared(date(2026, 12, 10), off))
        found = moved(timed, Law(LAW.rules, calendar), date(2026, 12, 2))

        assert [(each.data["clock"], each.data["due_on"]) for each in found] == [
            ("award_window", "2026-12-22")
        ]
        assert moved(timed, LAW, date(2026, 12, 2)) == ()

    def test_nothing_is_filed_after_the_last_court(self):
        last = ("CourtCaseOpened", {"filed_on": "2027-03-08", "court": "supreme_court"})
        command = order("RecordRuling", ruled_on="2027-05-25")

        ruled = decide.record_ruling(command, objection(*RULED, last), NOW, LAW)
        assert names(ruled) == ["CourtRuled"]

    def test_going_to_court_ends_the_time_for_it(self):
        window = ("DeadlineSet", {"clock": "award_window", "start_on": "2026-12-01",
                                  "due_on": "2026-12-21"})  # fmt: skip
        opened, stopped = court(*SETTLED, window, filed_on="2026-12-08")

        assert (opened.data["late"], stopped.data["clock"]) == (False, "award_window")
        assert stopped.data["because"] == "CourtCaseOpened"

    def test_there_must_be_an_objection(self):
        command = order("RecordRuling", ruled_on="2027-03-01")

        refused = refusal(decide.record_ruling, command, ObjectionState(), NOW, LAW)
        assert refused == "not_found"
