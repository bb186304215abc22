"""Exactly the allowed cells of state x order x role pass, as the law wants them; everything else is refused.

The table below is written by hand and does not come from the code: a cell that opens or closes must be changed here too.
"""

import pytest

from contracts import roles
from contracts.commands import COMMANDS
from tests.suites.permissions import ORDERS, PAGE, STATES, page, permissions

DESK = frozenset({roles.DESK, roles.OFFICER})
OFFICER, HEAD = frozenset({roles.OFFICER}), frozenset({roles.HEAD})
DECIDERS, SUPERIOR = OFFICER | HEAD, frozenset({roles.SUPERIOR})

CLASSIFYING = dict.fromkeys(
    ("classify as available", "classify for coordination", "flag an exemption"), DESK
)
WITHDRAWING = {"WithdrawRequest": DESK}
# From its registration until it ends a request is somebody's work.
WORKING = {"AssignRequest": DESK}
TIMED = {"CorrectRegime": OFFICER}
EXTENDING = {"ExtendDeadline": OFFICER}
ESCALATING = {"EscalateRequest": DESK}
TELLING, GIVING = {"NotifyApplicant": DESK}, {"HandOverInformation": DESK}
CLOSING, REOPENING = {"CloseRequest": DESK}, {"ReopenRequest": OFFICER}
SILENCE = {"object to silence (35c)": DESK}
ANSWERED = {"object to the answer (35d)": DESK}
REFUSED = {"object to a refusal (35a)": DESK, **ANSWERED}
ANSWERING = {"uphold": SUPERIOR, "grant": SUPERIOR}

# Letters come late too, and come back late: a file may be kept and a delivery recorded in every state.
KEEPING = {"KeepAttachment": DESK, "RecordDelivery": DESK}
KEEPING_OF_OBJECTIONS = {"RecordObjectionDelivery": DESK}

OPEN = {**CLASSIFYING, **WITHDRAWING, **WORKING, **TIMED}
COORDINATION = {
    "GiveDisposition": OFFICER,
    "RecordConsequenceTest": DESK,
    "decide to give": DECIDERS,
    **WITHDRAWING,
    **WORKING,
    **TIMED,
}
REFUSABLE = {**COORDINATION, **EXTENDING, "decide to refuse": DECIDERS}
# What was ordered is carried out: it cannot be taken back any more.
ORDERED = {title: given for title, given in REFUSABLE.items() if title not in WITHDRAWING}
CLOSED_REFUSED = {**REFUSED, **REOPENING}
# An objection on 35a waits for its answer.
PENDING = {**ANSWERED, **REOPENING}

EXPECTED = {
    "S1 not eligible": {},
    "S2 incomplete": {"CompleteRequest": DESK, **WITHDRAWING},
    "S2x lapsed": {},
    "S3 registered": OPEN,
    "S3 registered, overdue": {**OPEN, **SILENCE},
    "S3 registered, with a file": {**OPEN, "drop a file": DESK},
    "S4 available at once": {**OPEN, **GIVING},
    "S4 exempt by a listed entry": {
        **OPEN, **ESCALATING, **TELLING, "flag a listed exemption": DESK,
    },
    "S4 exempt by an entry revoked since": {**OPEN, **ESCALATING},
    "S4 perhaps exempt, not listed": {**OPEN, **ESCALATING},
    "S5 to be coordinated": {**OPEN, **ESCALATING},
    "S5 coordination": {**COORDINATION, **EXTENDING},
    "S5 coordination, listed entry": REFUSABLE,
    "S5 coordination, entry revoked since": {**COORDINATION, **EXTENDING},
    "S5e extended": COORDINATION,
    "S5 overdue": {**COORDINATION, **SILENCE},
    "S6 tested by the desk": REFUSABLE,
    "S6 tested by the officer": {**REFUSABLE, "decide to refuse": HEAD},
    "S7 decided to give": {**COORDINATION, **EXTENDING, **TELLING},
    "S7 decided to refuse": {**REFUSABLE, **TELLING},
    "S7 refused by an entry revoked since": {**COORDINATION, **EXTENDING},
    "S8 notified of what is given": {**GIVING, **ANSWERED, **WITHDRAWING, **WORKING},
    "S9 handed over": {**CLOSING, **ANSWERED, **WITHDRAWING, **WORKING},
    "S9 handed over at once": {**CLOSING, **ANSWERED, **WITHDRAWING, **WORKING},
    "S10 closed, given": {**ANSWERED, **REOPENING},
    "S11 notified of a refusal": {**CLOSING, **REFUSED, **WITHDRAWING, **WORKING},
    "S11 notified of a listed refusal": {**CLOSING, **REFUSED, **WITHDRAWING, **WORKING},
    "S11 closed, refused": CLOSED_REFUSED,
    "SX withdrawn": {},
    "reopened": OPEN,
    "K1 objection filed": {**PENDING, **ANSWERING},
    "K2 answer overdue": {**PENDING, **ANSWERING, "OpenDispute": DESK},
    "K3 upheld": {**CLOSED_REFUSED, "RecordReaction": DESK, "OpenDispute": DESK},
    "K3 accepted": {**CLOSED_REFUSED, "OpenDispute": DESK},
    "K3 granted, to be decided anew": {
        **ORDERED, "RecordReaction": DESK, "OpenDispute": DESK,
    },
    "K4 dispute": {**CLOSED_REFUSED, "SettleDispute": OFFICER},
    "K4 dispute settled": {**CLOSED_REFUSED, "OpenCourtCase": OFFICER},
    "K5 in court": {**CLOSED_REFUSED, "RecordRuling": OFFICER},
    "K5 ruled": {**CLOSED_REFUSED, "OpenCourtCase": OFFICER},
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_exactly_the_allowed_orders_pass(state):
    also = KEEPING_OF_OBJECTIONS if state.startswith("K") else {}
    assert permissions()[state] == {**KEEPING, **also, **EXPECTED[state]}


def test_every_state_and_every_order_about_a_request_or_an_objection_is_tried():
    about = {name for name, each in COMMANDS.items() if each.about in ("request", "objection")}

    assert set(EXPECTED) == set(STATES)
    assert {name for name, _ in ORDERS.values()} == about - {"ReceiveRequest"}


def test_every_order_passes_somewhere():
    """An order that is refused everywhere was tried with the wrong words."""
    found = {title for allowed in EXPECTED.values() for title in allowed}

    assert {*KEEPING, *KEEPING_OF_OBJECTIONS, *found} == set(ORDERS)


def test_nobody_passes_whom_the_contract_does_not_name():
    for allowed in permissions().values():
        for title, given in allowed.items():
            assert given <= COMMANDS[ORDERS[title][0]].roles


def test_the_printed_table_is_the_one_that_was_found():
    """Write it anew: PYTHONPATH=. python -m tests.suites.permissions."""
    assert PAGE.read_text(encoding="utf-8") == page(permissions())
