"""Whose data are held: as long as an objection, a dispute or a court case is open."""

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from contracts.envelope import causal_order
from services.intake.state import Hold, evolve_hold
from tests.suites.events import event
from tests.suites.facts import DATA
from tests.suites.orders import given

OWNER = DATA["ObjectionFiled"]["applicant_id"]
ACCEPTED = ("ObjectorReacted", {"reaction": "accepts"})
WENT_ON = ("ObjectorReacted", {"reaction": "goes_to_commission"})
WINDOW_OVER = ("RedressLapsed", {"clock": "dispute_window"})
SETTLED = ("DisputeOpened", "DisputeSettled")
AWARD_OVER = ("RedressLapsed", {"clock": "award_window"})
RULED = (*SETTLED, "CourtCaseOpened", "CourtRuled")
CASSATION_OVER = ("RedressLapsed", {"clock": "cassation_window"})
LAST_COURT = ("CourtCaseOpened", {"court": "supreme_court"})
ANSWER_LATE = ("DeadlineMissed", {"clock": "objection_answer"})


def hold(*facts):
    return given(Hold(), evolve_hold, "ObjectionFiled", *facts)


@pytest.mark.parametrize(
    ("facts", "is_open"),
    [
        ((), True),
        ((ANSWER_LATE,), True),
        ((WENT_ON,), True),
        ((ACCEPTED,), False),
        ((WINDOW_OVER,), False),
        ((WINDOW_OVER, "DisputeOpened"), True),
        (SETTLED, True),
        ((*SETTLED, AWARD_OVER), False),
        ((*SETTLED, AWARD_OVER, "CourtCaseOpened"), True),
        ((*SETTLED, "CourtCaseOpened"), True),
        (RULED, True),
        ((*RULED, CASSATION_OVER), False),
        ((*RULED, CASSATION_OVER, "CourtCaseOpened"), True),
        ((*RULED, LAST_COURT), True),
        ((*RULED, LAST_COURT, "CourtRuled"), False),
    ],
)
def test_what_is_open_holds_the_data_of_whoever_objected(facts, is_open):
    assert (hold(*facts).applicant_id, hold(*facts).open) == (OWNER, is_open)


@given_any(
    st.permutations(["ObjectionFiled", "DisputeOpened", "DisputeSettled", "CourtCaseOpened"])
)
def test_the_order_of_arrival_does_not_matter(arrived):
    happened = ["ObjectionFiled", "DisputeOpened", "DisputeSettled", "CourtCaseOpened"]
    events = [event(name, version=happened.index(name) + 1) for name in arrived]
    state = Hold()
    for each in causal_order(events):
        state = evolve_hold(state, each)

    assert state == Hold(OWNER, open=True)
