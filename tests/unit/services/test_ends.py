"""Whoever closes and whoever withdraws at the same moment: every service and every view comes to the same end."""

import pytest
from hypothesis import given

from contracts.envelope import causal_order
from services.escalation.state import OPEN as ANSWERING
from services.register.project.requests import request
from services.register.state import CLOSED, ENDED
from services.reporting.project.lines import line
from tests.suites.office import Office, steps, taken

HANDED_OVER = ("ReceiveRequest", "ClassifyInformation", "HandOverInformation")
AVAILABLE = {"ClassifyInformation": {"outcome": "available"}}


def shown(office, subject="request/1", fold=request):
    return fold(causal_order(each for each in office.events() if each.subject == subject))


def ready_to_close():
    office = Office()
    for name in HANDED_OVER:
        assert office.order(name, **AVAILABLE.get(name, {})) == ""
        office.settle()
    return office


@pytest.mark.parametrize(
    "orders", [("CloseRequest", "WithdrawRequest"), ("WithdrawRequest", "CloseRequest")]
)
def test_what_is_withdrawn_while_it_is_closed_is_withdrawn_and_not_reopened(orders):
    office = ready_to_close()
    assert [office.order(name) for name in orders] == ["", ""]
    office.settle()

    assert shown(office)["state"] == "withdrawn"
    assert office.state("register").phase == ENDED
    assert office.state("intake").phase == "withdrawn"
    assert office.order("ReopenRequest") == "wrong_phase"


def test_what_was_reopened_by_one_who_did_not_know_stays_withdrawn():
    office = ready_to_close()
    for name in ("WithdrawRequest", "CloseRequest", "ReopenRequest"):
        assert office.order(name) == ""
    office.settle()

    assert (shown(office)["state"], shown(office)["open"]) == ("withdrawn", False)
    assert office.state("register").phase == ENDED
    assert office.order("ClassifyInformation") == "wrong_phase"
    assert office.state("escalation").running("answer") is None


def test_what_was_closed_and_heard_of_cannot_be_withdrawn():
    office = ready_to_close()
    office.order("CloseRequest")
    office.settle()

    assert office.order("WithdrawRequest") == "wrong_phase"
    assert office.order("ReopenRequest") == ""


@given(steps())
def test_everybody_agrees_on_the_end(history):
    office = taken(Office(), history)
    office.settle()
    view, known = shown(office), office.state("register").phase
    if view is None or view["number"] is None:
        return

    assert (view["state"] == "closed") == (known == CLOSED)
    assert (view["state"] == "withdrawn") == (known == ENDED)
    assert view["open"] == (office.state("escalation").phase == ANSWERING)
    assert view["open"] == shown(office, fold=line)["open"]
    assert (view["state"] == "closed") == (office.judge("ReopenRequest") == "")
