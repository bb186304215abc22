"""An order to decide anew meets what others do at the same moment: all services and views come to one end, the order's."""

import pytest
from hypothesis import given, strategies

from contracts.catalogue import SERVICES
from contracts.envelope import causal_order
from services.escalation.state import OPEN as ANSWERING
from services.register.project.requests import request
from services.register.state import ENDED, OPEN
from services.reporting.project.lines import line
from tests.suites.office import Office, steps, taken

COORDINATED = ("ReceiveRequest", "ClassifyInformation", "EscalateRequest", "DecideRequest")
TOLD = (*COORDINATED, "NotifyApplicant")
GIVEN = (*TOLD, "HandOverInformation")
CLOSED = (*GIVEN, "CloseRequest")
OBJECTED = {"FileObjection": {"grounds": ["35d"]}}
AVAILABLE = {"ClassifyInformation": {"outcome": "available"}}
MEANWHILE = ("HandOverInformation", "CloseRequest", "ReopenRequest", "ClassifyInformation")


def objected_to(*way):
    """An office in which somebody objects to an answer, and everybody has heard of it."""
    office = Office()
    for name in (*way, "FileObjection"):
        give(office, name, **OBJECTED.get(name, {}))
        office.settle()
    return office


def give(office, name, **changed):
    assert office.order(name, _about(name), **changed) == ""


def _about(name):
    return "objection/1" if name.endswith("Objection") else "request/1"


def grant(office):
    give(office, "AnswerObjection", result="granted")


def shown(office, fold=request):
    return fold(causal_order(each for each in office.events() if each.subject == "request/1"))


def to_be_decided(office):
    """Everybody says that the request is open, and waits for another decision."""
    assert (shown(office)["state"], shown(office)["open"]) == ("coordination", True)
    assert shown(office)["delivery_note"] is shown(office)["closing"] is None
    assert shown(office, line)["open"]
    assert (office.state("register").phase, office.state("register").delivered) == (OPEN, False)
    assert office.state("classification").phase == "coordinated"
    escalation = office.state("escalation")
    assert (escalation.phase, escalation.escalated) == (ANSWERING, True)
    assert escalation.running("answer") is not None
    assert office.state("contested").answered_on is None
    return True


@pytest.mark.parametrize(
    ("way", "orders"),
    [
        (GIVEN, ("CloseRequest",)),
        (TOLD, ("HandOverInformation",)),
        (TOLD, ("HandOverInformation", "CloseRequest")),
        (CLOSED, ("ReopenRequest",)),
        (GIVEN, ("CloseRequest", "ReopenRequest")),
    ],
)
@pytest.mark.parametrize("first", ["the order", "the others"])
def test_what_others_do_before_they_hear_of_an_order_does_not_undo_it(way, orders, first):
    office = objected_to(*way)
    if first == "the order":
        grant(office)
    for name in orders:
        give(office, name)
    if first == "the others":
        grant(office)
    office.settle()

    assert to_be_decided(office)


def test_what_was_ordered_is_decided_told_given_and_closed_by_those_who_heard_of_it():
    office = objected_to(*GIVEN)
    grant(office)
    give(office, "CloseRequest")
    office.settle()
    for name in ("DecideRequest", "NotifyApplicant", "HandOverInformation", "CloseRequest"):
        give(office, name)
        office.settle()

    assert (shown(office)["state"], shown(office, line)["ended"]) == ("closed", "closed")
    assert office.state("escalation").running("answer") is None
    assert office.order("ReopenRequest") == ""


@pytest.mark.parametrize("first", ["the order", "the withdrawal"])
def test_what_the_applicant_takes_back_no_order_opens(first):
    office = objected_to(*TOLD)
    if first == "the order":
        grant(office)
    give(office, "WithdrawRequest", reason="Batal")
    if first == "the withdrawal":
        grant(office)
    office.settle()

    assert (shown(office)["state"], shown(office, line)["ended"]) == ("withdrawn", "withdrawn")
    assert office.state("register").phase == ENDED
    assert office.state("escalation").running("answer") is None


@given(steps())
def test_every_objection_runs_on_the_regime_its_request_was_corrected_to(history):
    office = taken(Office(), history)
    office.redress().carry_all()
    before = office.logs["escalation"].head()

    assert office.redress().carry_all() == 0
    assert office.logs["escalation"].head() == before
    for number in (1, 2, 3):
        chosen = [
            event for event in office.logs["escalation"].stream(f"request/{number}")
            if event.name == "RegimeChosen"
        ]  # fmt: skip
        known = office.state("objections", f"objection/{number}")
        if known.request and chosen and chosen[-1].data["corrected"]:
            assert known.regime == chosen[-1].data["regime"]


def _moves():
    deliveries = strategies.tuples(strategies.sampled_from(SERVICES), strategies.integers(0, 5))
    return strategies.lists(strategies.one_of(strategies.sampled_from(MEANWHILE), deliveries))


@given(
    strategies.sampled_from([TOLD, GIVEN, CLOSED]),
    _moves(),
    _moves(),
)
def test_an_order_stands_until_the_applicant_is_told_anew(way, before, after):
    office = objected_to(*way)
    _take(office, before)
    grant(office)
    _take(office, after)
    office.settle()

    assert to_be_decided(office)


def _take(office, moves):
    for move in moves:
        if isinstance(move, str):
            office.order(move, **AVAILABLE.get(move, {}))
        else:
            office.deliver(*move)
