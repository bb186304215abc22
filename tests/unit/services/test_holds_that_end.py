"""Whose data are held: intake and the register say the same, and the hold ends when nobody can go further."""

from functools import reduce

import pytest
from hypothesis import given

from contracts.envelope import causal_order
from services.intake.state import Hold, evolve_hold
from services.register.project.objections import objection
from tests.suites.office import Office, steps, taken

NOTHING = {"order": None, "opened": None}
UPHELD = {"result": "upheld", "execute_on": None, **NOTHING}
REJECTED = {"result": "rejected", **NOTHING}
ANSWERED = (
    ("ReceiveRequest", {}),
    ("ClassifyInformation", {}),
    ("EscalateRequest", {}),
    ("DecideRequest", {}),
    ("NotifyApplicant", {}),
    ("FileObjection", {"grounds": ["35d"]}),
    ("AnswerObjection", UPHELD),
)
SETTLED = (*ANSWERED, ("OpenDispute", {}), ("SettleDispute", REJECTED))
RULED = (*SETTLED, ("OpenCourtCase", {}), ("RecordRuling", NOTHING))
LAST = (*RULED, ("OpenCourtCase", {"court": "supreme_court"}), ("RecordRuling", NOTHING))
ABOUT_REQUESTS = ANSWERED[:5]


def after(*orders):
    office = Office()
    for name, changed in orders:
        about = "request/1" if (name, changed) in ABOUT_REQUESTS else "objection/1"
        assert office.order(name, about, **changed) == ""
        office.settle()
    return office


def held(office, subject="objection/1"):
    """What intake does, and what the register shows; both must say the same."""
    about = causal_order(each for each in office.events() if each.subject == subject)
    heard = causal_order(office.inboxes["intake"].about(subject))
    hold, shown = reduce(evolve_hold, heard, Hold()), objection(about)
    assert hold.open == bool(shown and shown["open"])
    return hold.open


@pytest.mark.parametrize(
    ("orders", "days"),
    [(ANSWERED, 22), (SETTLED, 22), (RULED, 14)],
    ids=["answered", "settled", "ruled"],
)
def test_the_hold_ends_the_day_after_the_last_on_which_a_party_can_go_on(orders, days):
    """14 working days from 12 August 2026, with the holidays of 17 and 25 August: 3 September; 14 days: 26 August."""
    office = after(*orders)
    office.pass_days(days)
    office.settle()
    assert held(office)

    office.pass_days(1)
    office.settle()
    assert not held(office)


def test_it_ends_at_once_with_the_ruling_of_the_last_court():
    assert not held(after(*LAST))


def test_who_is_late_is_held_for_again():
    office = after(*SETTLED)
    office.pass_days(40)
    office.settle()
    assert not held(office)

    assert office.order("OpenCourtCase", "objection/1") == ""
    office.settle()
    assert held(office)


@given(steps())
def test_intake_holds_what_the_register_shows_as_held(history):
    office = taken(Office(), history)
    office.settle()
    for subject in {each.subject for each in office.events() if each.stream[:9] == "objection"}:
        held(office, subject)
