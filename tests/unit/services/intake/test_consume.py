from datetime import UTC, datetime

import pytest

from services.intake.consume import REACTIONS
from services.intake.state import RequestState, evolve
from tests.suites.events import event
from tests.suites.facts import fact
from tests.suites.orders import given

NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
INCOMPLETE = (("RequestReceived", {"documents": []}), "IncompletenessNotified")


def heard(clock, *facts):
    missed = event("DeadlineMissed", data={"clock": clock, "due_on": "2026-08-18"})
    state = given(RequestState(), evolve, *facts)
    return REACTIONS["DeadlineMissed"](missed, state, NOW)


def test_a_request_lapses_when_its_papers_did_not_come_in_time():
    assert heard("completion", *INCOMPLETE) == (fact("RequestLapsed"),)


def test_the_papers_still_missing_are_named():
    state = (
        *INCOMPLETE,
        ("DocumentsReceived", {"documents": [], "missing": ["power_of_attorney"]}),
    )

    assert heard("completion", *state) == (fact("RequestLapsed", missing=["power_of_attorney"]),)


def test_a_late_answer_does_not_make_a_request_lapse():
    assert heard("answer", *INCOMPLETE) == ()


@pytest.mark.parametrize(
    "ends", ["RequestSubmitted", "RequestWithdrawn", "RequestLapsed", "Closed"]
)
def test_only_an_incomplete_request_lapses(ends):
    assert heard("completion", *INCOMPLETE, ends) == ()


def test_a_request_never_heard_of_does_not_lapse():
    assert heard("completion") == ()
