"""Who may give which order in which state: found out by trying every order in every role, and printed for people.

`PYTHONPATH=. python -m tests.suites.permissions` writes docs/permissions.md; a test says when it is stale.
"""

from functools import cache
from pathlib import Path

from contracts import roles
from contracts.commands import COMMANDS
from tests.suites.office import ENTRY, Office

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
REQUEST, OBJECTION = "request/1", "objection/1"

_REFUSAL = {
    "outcome": "refused",
    "grounds": ["17h"],
    "consequence": "Rahasia pribadi terungkap",
    "public_interest": "Tidak lebih besar",
}
_NOTHING_ORDERED = {"order": None, "opened": None}
# What each order says where it has several ways; the others are ordinary.
VARIANTS = {
    "classify as available": ("ClassifyInformation", {"outcome": "available"}),
    "classify for coordination": ("ClassifyInformation", {}),
    "flag an exemption": ("FlagExemption", {}),
    "flag a listed exemption": ("FlagExemption", {"list_entry": ENTRY}),
    "decide to give": ("DecideRequest", {"outcome": "full"}),
    "decide to refuse": ("DecideRequest", _REFUSAL),
    "object to a refusal (35a)": ("FileObjection", {"grounds": ["35a"]}),
    "object to silence (35c)": ("FileObjection", {"grounds": ["35c"]}),
    "object to the answer (35d)": ("FileObjection", {"grounds": ["35d"]}),
    "drop a file": ("DropAttachment", {"attachment": "1"}),
    "uphold": (
        "AnswerObjection",
        {"result": "upheld", "execute_on": None, **_NOTHING_ORDERED},
    ),
    "grant": ("AnswerObjection", {"result": "granted"}),
}
_ABOUT = {"request": REQUEST, "objection": OBJECTION}
_VARIED = {name for name, _ in VARIANTS.values()}
# Every order about a request or an objection, by what the page calls it: what it is, or what it does where it can do several.
ORDERS = {
    **{
        name: (name, {})
        for name, contract in COMMANDS.items()
        if contract.about in _ABOUT and name not in {*_VARIED, "ReceiveRequest"}
    },
    **VARIANTS,
}

_D, _O, _H, _S = roles.DESK, roles.OFFICER, roles.HEAD, roles.SUPERIOR
_RECEIVED = (_D, "ReceiveRequest")
_INCOMPLETE = (_D, "ReceiveRequest", {"documents": []})
_COORDINATE, _ESCALATED = (_D, "ClassifyInformation"), (_D, "EscalateRequest")
_COORDINATION = (_RECEIVED, _COORDINATE, _ESCALATED)
_EXTENDED = (_O, "ExtendDeadline")
_AVAILABLE = (_RECEIVED, (_D, "ClassifyInformation", {"outcome": "available"}))
_PUBLISHED = (_O, "PublishListEntry")
_LISTED = (_PUBLISHED, _RECEIVED, (_D, "FlagExemption", {"list_entry": ENTRY}))
_REVOKED = (_O, "RevokeListEntry")
_REFUSED_BY_LIST = (_H, "DecideRequest", _REFUSAL)
_FLAGGED = (_RECEIVED, (_D, "FlagExemption"))
_TESTED = (*_COORDINATION, (_D, "RecordConsequenceTest"))
_TOLD, _GIVEN, _CLOSED = (_D, "NotifyApplicant"), (_D, "HandOverInformation"), (_D, "CloseRequest")
_GRANTED = (*_COORDINATION, (_O, "DecideRequest"))
_REFUSED = (*_TESTED, (_O, "DecideRequest", _REFUSAL))
_ENDED = (*_REFUSED, _TOLD, _CLOSED)
_OBJECTED = (*_ENDED, (_D, "FileObjection", {"grounds": ["35a"]}))
_UPHELD = (*_OBJECTED, (_S, "AnswerObjection", VARIANTS["uphold"][1]))
_ORDERED = (*_OBJECTED, (_S, "AnswerObjection", {"result": "granted"}))
_DISPUTED = (*_UPHELD, (_D, "OpenDispute"))
_SETTLED = (*_DISPUTED, (_O, "SettleDispute", {"result": "rejected", **_NOTHING_ORDERED}))
_IN_COURT = (*_SETTLED, (_O, "OpenCourtCase"))

# Each state by its code, and the orders that lead to it: role, order, what it says. A number lets days go by.
STATES = {
    "S1 not eligible": ((_D, "ReceiveRequest", {"indonesian": False}),),
    "S2 incomplete": (_INCOMPLETE,),
    "S2x lapsed": (_INCOMPLETE, 20),
    "S3 registered": (_RECEIVED,),
    "S3 registered, overdue": (_RECEIVED, 30),
    "S3 registered, with a file": (
        _RECEIVED,
        (_D, "KeepAttachment", {"attachment": "1"}),
    ),
    "S4 available at once": _AVAILABLE,
    "S4 exempt by a listed entry": _LISTED,
    "S4 exempt by an entry revoked since": (*_LISTED, _REVOKED),
    "S4 perhaps exempt, not listed": _FLAGGED,
    "S5 to be coordinated": (_RECEIVED, _COORDINATE),
    "S5 coordination": _COORDINATION,
    "S5 coordination, listed entry": (*_LISTED, _ESCALATED),
    "S5 coordination, entry revoked since": (*_LISTED, _ESCALATED, _REVOKED),
    "S5e extended": (*_COORDINATION, _EXTENDED),
    "S5 overdue": (*_COORDINATION, 30),
    "S6 tested by the desk": _TESTED,
    "S6 tested by the officer": (*_COORDINATION, (_O, "RecordConsequenceTest")),
    "S7 decided to give": _GRANTED,
    "S7 decided to refuse": _REFUSED,
    "S7 refused by an entry revoked since": (*_LISTED, _ESCALATED, _REFUSED_BY_LIST, _REVOKED),
    "S8 notified of what is given": (*_GRANTED, _TOLD),
    "S9 handed over": (*_GRANTED, _TOLD, _GIVEN),
    "S9 handed over at once": (*_AVAILABLE, _GIVEN),
    "S10 closed, given": (*_AVAILABLE, _GIVEN, _CLOSED),
    "S11 notified of a refusal": (*_REFUSED, _TOLD),
    "S11 notified of a listed refusal": (*_LISTED, _TOLD),
    "S11 closed, refused": _ENDED,
    "SX withdrawn": (_RECEIVED, (_D, "WithdrawRequest")),
    "reopened": (*_AVAILABLE, _GIVEN, _CLOSED, (_O, "ReopenRequest")),
    "K1 objection filed": _OBJECTED,
    "K2 answer overdue": (*_OBJECTED, 60),
    "K3 upheld": _UPHELD,
    "K3 accepted": (*_UPHELD, (_D, "RecordReaction", {"reaction": "accepts"})),
    "K3 granted, to be decided anew": _ORDERED,
    "K4 dispute": _DISPUTED,
    "K4 dispute settled": _SETTLED,
    "K5 in court": _IN_COURT,
    "K5 ruled": (*_IN_COURT, (_O, "RecordRuling", _NOTHING_ORDERED)),
}


def reached(steps):
    """An office in which all that has happened, and everybody has heard of it."""
    office = Office()
    for step in steps:
        if isinstance(step, int):
            office.pass_days(step)
        else:
            _give(office, *step)
        office.settle()
    return office


def _give(office, role, name, changed=None):
    refused = office.order(name, _subject(name), **_as(role), **(changed or {}))
    assert not refused, f"{name} is refused on the way: {refused}"


def _subject(name):
    return _ABOUT.get(COMMANDS[name].about, ENTRY)


def _as(role):
    """Each role is one account: whoever acts twice in a role is the same person."""
    return {"role": role, "account": role}


@cache
def permissions():
    """Who may give which order in which state, as the services decide it: state, order, roles."""
    return {state: _permitted(reached(steps)) for state, steps in STATES.items()}


def _permitted(office):
    tried = {title: _roles(office, *order) for title, order in ORDERS.items()}
    return {title: allowed for title, allowed in tried.items() if allowed}


def _roles(office, name, changed):
    return frozenset(
        role
        for role in roles.ROLES
        if not office.judge(name, _subject(name), **_as(role), **changed)
    )


def page(table):
    """The table for people."""
    return "\n".join(
        [*_HEAD, *(line for state in table.items() for line in _state(*state)), *_foot()]
    )


_HEAD = (
    "# Who may do what, and when",
    "",
    "Made by tests/suites/permissions.py, which tries every order in every state and every role on the services' own",
    "decisions. What is not listed is refused. Each role is one account here, so that nobody reviews what they prepared.",
    "",
)


def _state(state, allowed):
    yield f"## {state}"
    yield ""
    if not allowed:
        yield "Nothing."
    else:
        yield "| order | roles |"
        yield "|---|---|"
        for title in sorted(allowed, key=str.lower):
            yield f"| {title} | {_named(allowed[title])} |"
    yield ""


def _foot():
    yield "## In any state"
    yield ""
    yield "| order | roles |"
    yield "|---|---|"
    for name, contract in sorted(COMMANDS.items()):
        if contract.about not in _ABOUT or name == "ReceiveRequest":
            yield f"| {name} | {_named(contract.roles)} |"
    yield ""


def _named(allowed):
    return ", ".join(f"`{role}`" for role in roles.ROLES if role in allowed)


if __name__ == "__main__":
    PAGE.write_text(page(permissions()), encoding="utf-8")
