"""Objections (K1 to K3): grounds, windows, who may answer, and what an answer orders."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from contracts.envelope import Fact
from eventlog.handle import Numbered
from services.escalation import decide
from services.escalation.state import (
    Contested,
    ObjectionState,
    RequestState,
    evolve,
    evolve_contested,
    evolve_objection,
)
from tests.suites.events import event
from tests.suites.facts import APPLICANT
from tests.suites.law import LAW, with_rule
from tests.suites.orders import given, names, order, refusal

NOW = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)
ANSWERED_ON = date(2026, 8, 20)
REQUEST = Contested(
    applicant_id=APPLICANT,
    received_at="2026-08-12T09:10:00+07:00",
    due_on=date(2026, 8, 28),
    answered_on=ANSWERED_ON,
    withheld=True,
    deciders=frozenset({"pejabat"}),
)
SILENT = replace(REQUEST, answered_on=None, withheld=False, deciders=frozenset())
FILED_AT = "2026-09-30T09:00:00+07:00"
_OURS = {"request": "1", "applicant_id": None, "grounds": ["35a"], "filed_at": FILED_AT}
GRANT = {"result": "granted", "order": "Berikan", "execute_on": "2026-10-09", "opened": None}
UPHOLD = {"result": "upheld", "order": None, "execute_on": None, "opened": None}


def file(about=REQUEST, now=NOW, law=LAW, **changed):
    return decide.file_objection(order("FileObjection", **{**_OURS, **changed}), now, law, about)


def filed(*arguments, **changed):
    """The facts of a filing that got number 7."""
    decision = file(*arguments, **changed)
    assert isinstance(decision, Numbered)
    return decision.facts(7)


def refused_filing(about=REQUEST, now=NOW, **changed):
    command = order("FileObjection", **{**_OURS, **changed})
    return refusal(decide.file_objection, command, now, LAW, about)


def objection(*facts):
    """An objection after its filing and some more facts."""
    basis = [("ObjectionFiled", {"request": "1", "filed_at": FILED_AT}), ("DeadlineSet", CLOCK)]
    return given(ObjectionState(), evolve_objection, *basis, *facts)


CLOCK = {"clock": "objection_answer", "start_on": "2026-09-30", "due_on": "2026-11-11", "days": 30}
ANSWERED = ("ObjectionAnswered", {"result": "upheld", "order": None, "execute_on": None})


def answer(state=None, request=REQUEST, now=NOW, **changed):
    command = order("AnswerObjection", **{**UPHOLD, **changed})
    return decide.answer_objection(command, state or objection(), now, LAW, request)


def refused_answer(state=None, request=REQUEST, **changed):
    command = order("AnswerObjection", **{**UPHOLD, **changed})
    return refusal(decide.answer_objection, command, state or objection(), NOW, LAW, request)


class TestFiling:
    def test_it_gets_the_next_number_of_its_year_by_the_pattern_of_the_office(self):
        decision = file()

        assert decision.series == "objection/2026"
        assert filed()[0].data["number"] == "KBR-0007/PPID-KPU-DKI/IX/2026"
        assert (filed()[0].data["serial"], filed()[0].data["year"]) == (7, 2026)

    def test_another_pattern_is_followed(self):
        law = with_rule("setting", "number.objection", {"pattern": "K/{serial}/{year}"})

        assert filed(law=law)[0].data["number"] == "K/7/2026"

    def test_whoever_asked_is_who_objects(self):
        assert filed()[0].data["applicant_id"] == APPLICANT
        assert filed(applicant_id=APPLICANT)[0].data["applicant_id"] == APPLICANT
        assert refused_filing(applicant_id="somebody else") == "invalid_fields"

    def test_d10_the_superior_has_thirty_working_days_from_the_filing(self):
        set_ = filed()[1]

        assert (set_.data["clock"], set_.data["start_on"], set_.data["days"]) == (
            "objection_answer",
            "2026-09-30",
            30,
        )
        assert set_.data["due_on"] == "2026-11-11"
        assert set_.data["legal_basis"] == "UU 14/2008 pasal 36 ayat (2)"

    def test_d11_in_the_election_regime_the_superior_has_three(self):
        filed_, set_ = filed(replace(REQUEST, regime="election"))

        assert filed_.data["regime"] == "election"
        assert (set_.data["days"], set_.data["due_on"]) == (3, "2026-10-05")
        assert set_.data["regime"] == "election"

    def test_one_that_is_entered_after_its_answer_was_due_is_missed_at_once(self):
        late = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)

        assert names(filed(now=late)) == ["ObjectionFiled", "DeadlineSet", "DeadlineMissed"]

    def test_what_the_superior_is_warned_of_stands_in_it(self):
        assert filed(objector="not_indonesian")[0].data["warnings"] == ["not_indonesian"]
        assert [filed(objector=known)[0].data["warnings"] for known in ("known", None)] == [[], []]

    def test_nobody_objects_who_is_unknown_or_was_erased(self):
        alone = {"request": None, "applicant_id": APPLICANT, "grounds": ["35b"]}

        for about, said in ((REQUEST, {}), (None, alone)):
            assert refused_filing(about, objector="unknown", **said) == "not_found"
            assert refused_filing(about, objector="erased", **said) == "applicant_erased"

    def test_a_ground_is_needed(self):
        assert refused_filing(grounds=[]) == "objection_ground_missing"

    @pytest.mark.parametrize("ground", ["35a", "35c", "35d", "35e", "35f", "35g"])
    def test_every_ground_but_one_needs_its_request(self, ground):
        code = refused_filing(None, request=None, grounds=[ground], applicant_id=APPLICANT)

        assert code == "objection_needs_request"

    @pytest.mark.parametrize("ground", [f"35{letter}" for letter in "abcdefg"])
    def test_what_lapsed_gives_no_ground(self, ground):
        lapsed = given(Contested(), evolve_contested, "RequestLapsed")

        assert refused_filing(lapsed, grounds=[ground]) == "wrong_phase"
        assert decide.grounds_open(lapsed, NOW.date()) == ()

    def test_35b_needs_no_request_but_somebody_who_objects(self):
        facts = filed(None, request=None, grounds=["35b"], applicant_id=APPLICANT)

        assert facts[0].data["request"] is None
        assert facts[0].data["applicant_id"] == APPLICANT
        assert refused_filing(None, request=None, grounds=["35b"]) == "invalid_fields"

    def test_an_unknown_request_gives_nothing_to_object_to(self):
        assert refused_filing(Contested()) == "not_found"

    def test_it_cannot_arrive_in_the_future(self):
        assert refused_filing(filed_at="2026-10-01T10:02:00+07:00") == "received_in_future"

    @pytest.mark.parametrize("at", ["2010-04-29T10:00:00+07:00", "0001-01-01T00:00:00+07:00"])
    def test_without_a_request_it_cannot_arrive_before_the_law(self, at):
        assert refused_filing(None, request=None, grounds=["35b"], filed_at=at) == "date_before_law"

    def test_it_cannot_arrive_before_its_request(self):
        assert refused_filing(filed_at="2026-08-12T09:09:59+07:00") == "date_before_receipt"


class TestGrounds:
    @pytest.mark.parametrize(
        ("request_", "open_"),
        [
            (REQUEST, "35a 35b 35d 35e 35f"),
            (replace(REQUEST, withheld=False), "35b 35d 35e 35f"),
            (replace(REQUEST, answered_on=date(2026, 8, 31)), "35a 35b 35d 35e 35f 35g"),
            (SILENT, "35b 35c 35e 35g"),
            (replace(SILENT, due_on=date(2026, 10, 2)), "35b"),
            (replace(SILENT, due_on=None), "35b"),
            (replace(REQUEST, withdrawn=True), ""),
        ],
    )
    def test_what_happened_to_a_request_opens_its_grounds(self, request_, open_):
        assert decide.grounds_open(request_, date(2026, 10, 1)) == tuple(open_.split())

    def test_silence_is_judged_on_the_day_of_the_filing(self):
        """Who objected before the answer came objected to silence, however late it is entered."""
        answered_since = replace(REQUEST, answered_on=date(2026, 9, 30))

        assert "35c" in decide.grounds_open(answered_since, date(2026, 9, 29))
        assert "35c" not in decide.grounds_open(answered_since, date(2026, 9, 30))

    def test_a_ground_that_the_request_does_not_give_is_refused(self):
        assert refused_filing(SILENT, grounds=["35a"]) == "wrong_phase"
        assert refused_filing(grounds=["35a", "35c"]) == "wrong_phase"


class TestTheWindow:
    def test_d9_it_is_thirty_working_days_from_the_answer(self):
        assert decide.window_ends_on(REQUEST, date(2026, 9, 1), LAW) == date(2026, 10, 2)

    def test_d9e_it_is_as_long_in_the_election_regime(self):
        election = replace(REQUEST, regime="election")

        assert decide.window_ends_on(election, date(2026, 9, 1), LAW) == date(2026, 10, 2)

    def test_from_an_answer_that_never_came_it_runs_from_the_day_it_was_due(self):
        assert decide.window_ends_on(SILENT, date(2026, 9, 1), LAW) == date(2026, 10, 9)

    def test_what_can_still_be_answered_has_none(self):
        assert decide.window_ends_on(SILENT, date(2026, 8, 28), LAW) is None

    def test_the_clock_of_the_request_says_when_it_ends_where_it_runs(self):
        moved = replace(REQUEST, window_ends_on=date(2026, 9, 1))

        assert decide.window_ends_on(moved, date(2026, 9, 1), LAW) == date(2026, 9, 1)

    @pytest.mark.parametrize(
        ("filed_at", "late"),
        [("2026-10-02T23:59:00+07:00", False), ("2026-10-03T00:00:00+07:00", True)],
    )
    def test_one_after_it_is_taken_in_with_a_flag(self, filed_at, late):
        now = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)

        assert filed(now=now, filed_at=filed_at)[0].data["late"] is late

    def test_what_was_never_published_has_no_window(self):
        now = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
        late = "2026-11-30T09:00:00+07:00"

        assert filed(now=now, filed_at=late, grounds=["35b"])[0].data["late"] is False


class TestAnswering:
    def test_it_stops_the_clock_and_starts_that_of_the_dispute(self):
        said, stopped, set_ = answer()

        assert said == Fact("ObjectionAnswered", order("AnswerObjection", **UPHOLD).data)
        assert (stopped.data["clock"], stopped.data["because"]) == (
            "objection_answer",
            "ObjectionAnswered",
        )
        assert (stopped.data["late"], stopped.data["working_days_used"]) == (False, 1)
        assert (set_.data["clock"], set_.data["due_on"]) == ("dispute_window", "2026-10-21")

    def test_d12_the_objector_has_fourteen_working_days_for_the_commission(self):
        assert answer()[2].data["days"] == 14
        assert answer()[2].data["legal_basis"] == "UU 14/2008 pasal 37 ayat (2)"

    def test_a_late_answer_says_so(self):
        late = datetime(2026, 11, 12, 3, 0, tzinfo=UTC)

        assert answer(now=late)[1].data["late"] is True

    def test_nobody_answers_for_what_they_decided(self):
        mine = replace(REQUEST, deciders=frozenset({"ani"}))

        assert refused_answer(request=mine) == "answerer_is_decider"

    @pytest.mark.parametrize("missing", ["order", "execute_on"])
    @pytest.mark.parametrize("result", ["granted", "granted_partly"])
    def test_to_grant_is_to_order_something_by_a_day(self, result, missing):
        assert refused_answer(**{**GRANT, "result": result, missing: None}) == "invalid_fields"

    def test_what_is_ordered_lies_ahead(self):
        assert refused_answer(**{**GRANT, "execute_on": "2026-09-30"}) == "invalid_fields"
        assert answer(**{**GRANT, "execute_on": "2026-10-01"})

    @pytest.mark.parametrize("field", ["order", "execute_on", "opened"])
    def test_to_uphold_is_to_order_nothing(self, field):
        value = {"execute_on": "2026-10-09"}.get(field, "Berikan")

        assert refused_answer(**{field: value}) == "invalid_fields"

    def test_it_is_answered_once(self):
        assert refused_answer(objection(ANSWERED)) == "wrong_phase"

    def test_there_must_be_one(self):
        assert refused_answer(ObjectionState()) == "not_found"


class TestReacting:
    def react(self, reaction, state):
        command = order("RecordReaction", reaction=reaction)
        return decide.record_reaction(command, state, NOW, LAW)

    def test_who_accepts_gives_up_the_dispute(self):
        running = objection(ANSWERED, ("DeadlineSet", {**CLOCK, "clock": "dispute_window"}))
        said, stopped = self.react("accepts", running)

        assert said == Fact("ObjectorReacted", {"reaction": "accepts"})
        assert (stopped.data["clock"], stopped.data["because"]) == (
            "dispute_window",
            "ObjectorReacted",
        )

    def test_who_goes_on_keeps_the_time_for_it(self):
        running = objection(ANSWERED, ("DeadlineSet", {**CLOCK, "clock": "dispute_window"}))

        assert names(self.react("goes_to_commission", running)) == ["ObjectorReacted"]

    def test_it_is_said_once_and_after_the_answer(self):
        command = order("RecordReaction")
        twice = objection(ANSWERED, "ObjectorReacted")

        assert refusal(decide.record_reaction, command, objection(), NOW, LAW) == "wrong_phase"
        assert refusal(decide.record_reaction, command, twice, NOW, LAW) == "already_done"


class TestDeliveries:
    SENT_AT = "2026-10-01T09:00:00+07:00"

    def record(self, known, **changed):
        command = order("RecordObjectionDelivery", **{"happened_at": self.SENT_AT, **changed})
        return decide.record_delivery(command, known, NOW)

    def refused(self, state, **changed):
        command = order("RecordObjectionDelivery", **{"happened_at": self.SENT_AT, **changed})
        return refusal(decide.record_delivery, command, state, NOW)

    @pytest.mark.parametrize(
        "facts", [(), (ANSWERED,), (ANSWERED, "DisputeOpened", "DisputeSettled")]
    )
    def test_what_was_sent_is_recorded_however_far_the_objection_has_come(self, facts):
        (said,) = self.record(objection(*facts), state="returned")

        assert (said.name, said.data["state"]) == ("ObjectionDeliveryRecorded", "returned")

    def test_what_was_not_said_is_none(self):
        command = order("RecordObjectionDelivery", happened_at=self.SENT_AT)
        least = {
            name: value for name, value in command.data.items() if name not in ("proof", "remark")
        }
        (said,) = decide.record_delivery(replace(command, data=least), objection(), NOW)

        assert (said.data["proof"], said.data["remark"]) == (None, None)

    def test_it_changes_nothing_that_is_decided_by(self):
        assert objection("ObjectionDeliveryRecorded") == objection()

    def test_nothing_is_sent_before_the_objection_nor_after_now(self):
        assert self.refused(objection(), happened_at="2026-09-29T23:59:00+07:00") == (
            "date_before_receipt"
        )
        assert self.refused(objection(), happened_at="2026-10-01T10:02:00+07:00") == (
            "date_in_future"
        )

    def test_on_the_day_of_its_filing_it_may_be(self):
        assert self.record(objection(), happened_at="2026-09-30T08:00:00+07:00")

    def test_there_must_be_one(self):
        assert self.refused(ObjectionState()) == "not_found"


class TestWhatAnObjectionKnowsOfItsRequest:
    def contested(self, *facts):
        return given(Contested(), evolve_contested, *facts)

    def test_who_asked_and_when(self):
        state = self.contested("RequestSubmitted")

        assert (state.known, state.applicant_id) == (True, APPLICANT)
        assert not self.contested().known

    def test_everybody_who_had_a_hand_in_the_decision(self):
        state = self.contested(
            "RequestSubmitted",
            ("Decided", {"author": "desk:budi", "reviewer": "division_head:cici"}),
        )

        assert state.deciders == {"ani", "budi", "cici"}

    @pytest.mark.parametrize("outcome", ["refused", "partial"])
    def test_what_was_withheld(self, outcome):
        assert self.contested(("ApplicantNotified", {"outcome": outcome})).withheld
        assert self.contested(("Decided", {"outcome": outcome})).withheld
        assert not self.contested("ApplicantNotified").withheld

    def test_a_flag_of_exemption_withholds_only_with_its_entry(self):
        assert self.contested(("ExemptionFlagged", {"basis": {"entry": "1"}})).withheld
        assert not self.contested("ExemptionFlagged").withheld

    def test_the_first_answer_counts(self):
        later = event("Closed", version=2, time="2026-08-30T03:00:00+00:00")
        state = evolve_contested(self.contested("InformationDelivered"), later)

        assert state.answered_on == date(2026, 8, 12)

    def test_its_dates_as_they_were_moved(self):
        moved = ("DeadlineMoved", {"clock": "answer", "due_on": "2026-09-01"})
        window = ("DeadlineSet", {"clock": "objection_window", "due_on": "2026-10-09"})
        other = ("DeadlineSet", {"clock": "completion", "due_on": "2026-08-14"})
        state = self.contested("RequestSubmitted", "DeadlineSet", moved, window, other)

        assert (state.due_on, state.window_ends_on) == (date(2026, 9, 1), date(2026, 10, 9))

    def test_its_regime_and_that_it_was_withdrawn(self):
        state = self.contested(("RegimeChosen", {"regime": "election"}), "RequestWithdrawn")

        assert (state.regime, state.withdrawn) == ("election", True)

    @pytest.mark.parametrize("again", ["Reopened", "DecisionOrdered"])
    def test_what_is_decided_anew_is_unanswered(self, again):
        state = self.contested(("ApplicantNotified", {"outcome": "refused"}), again)

        assert (state.answered_on, state.withheld) == (None, False)


class TestOrdering:
    ANSWER = event(
        "ObjectionAnswered",
        id="answer",
        subject="objection/9",
        time="2026-10-01T03:00:00+00:00",
        data={**GRANT, "reasons": "Bukan rahasia"},
    )

    def request(self, *facts):
        return given(RequestState(), evolve, *facts)

    def ordered(self, answer=ANSWER, state=None):
        order_ = decide.order_in(answer)
        return decide.order_decision(
            order_, "ordinary", state or self.request("RequestSubmitted"), NOW, LAW
        )

    def test_a_granted_objection_has_the_request_decided_anew_by_the_day_it_says(self):
        said, set_ = self.ordered()

        assert said == Fact(
            "DecisionOrdered",
            {
                "objection": "9",
                "ordered_by": "ppid_superior",
                "order": "Berikan",
                "execute_on": "2026-10-09",
            },
        )
        assert (set_.data["clock"], set_.data["start_on"], set_.data["due_on"]) == (
            "answer",
            "2026-10-01",
            "2026-10-09",
        )
        assert set_.data["days"] == 6

    def test_a_day_on_which_nobody_works_is_the_working_day_before_it(self):
        saturday = replace(self.ANSWER, data={**self.ANSWER.data, "execute_on": "2026-10-10"})

        assert self.ordered(saturday)[1].data["due_on"] == "2026-10-09"

    @pytest.mark.parametrize(
        ("name", "by"), [("DisputeSettled", "commission"), ("CourtRuled", "court")]
    )
    def test_the_commission_and_the_court_give_as_long_as_a_new_request_has(self, name, by):
        given_ = event(
            name, subject="objection/9", time="2026-10-01T03:00:00+00:00", data={"order": "Buka"}
        )
        said, set_ = self.ordered(given_)

        assert (said.data["ordered_by"], "execute_on" in said.data) == (by, False)
        assert (set_.data["days"], set_.data["due_on"]) == (10, "2026-10-15")

    def test_what_still_ran_ends_with_it(self):
        window = ("DeadlineSet", {"clock": "objection_window"})
        state = self.request("RequestSubmitted", "DeadlineSet", window)

        said = self.ordered(state=state)
        assert names(said) == ["DecisionOrdered", "ClockStopped", "ClockStopped", "DeadlineSet"]

    @pytest.mark.parametrize(
        "silent",
        [
            event("ObjectionAnswered", data={"order": None}),
            event("DisputeSettled", data={"order": None}),
            event("ObjectionFiled"),
        ],
    )
    def test_nothing_is_ordered_where_nothing_is_said(self, silent):
        assert decide.order_in(silent) is None

    def test_even_what_was_closed_can_be_decided_again(self):
        notified = ("ApplicantNotified", {"outcome": "refused"})
        closed = self.request("RequestSubmitted", "Decided", notified, "Closed")
        again = self.request("RequestSubmitted", "Decided", notified, "Closed", "DecisionOrdered")
        command = order("DecideRequest")

        assert refusal(decide.decide, command, closed, NOW, LAW) == "wrong_phase"
        assert names(decide.decide(command, again, NOW, LAW)) == ["Decided"]
