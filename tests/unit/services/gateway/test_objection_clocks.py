"""What an objection waits for, in every state it can come to."""

import pytest

from contracts.envelope import causal_order
from services.gateway.pages.objections.clocks import running
from services.register.project.objections import objection
from tests.suites.permissions import OBJECTION, STATES, reached

WAITS = {
    "K1 objection filed": "objection_answer",
    "K2 answer overdue": "objection_answer",
    "K3 upheld": "dispute_window",
    "K3 accepted": "",
    "K4 dispute": "",
    "K4 dispute settled": "award_window",
    "K5 in court": "",
    "K5 ruled": "cassation_window",
}


@pytest.mark.parametrize("state", WAITS)
def test_an_objection_waits_for_whoever_has_the_next_word(state):
    events = reached(STATES[state]).events()
    shown = objection(causal_order(event for event in events if event.subject == OBJECTION))

    clock = running(shown)

    assert clock["clock"] == WAITS[state]
    assert clock["open"] is bool(WAITS[state])
    assert bool(clock["due_on"]) is bool(WAITS[state])
