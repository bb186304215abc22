"""One ordinary order of every kind, and the words given, when, then for decisions."""

import json
from functools import reduce
from pathlib import Path

from contracts.command import Actor, Command
from contracts.commands import COMMANDS
from contracts.errors import Rejected
from tests.suites.events import SUBJECT, event
from tests.suites.facts import DATA, INFORMATION, RECEIVED_AT

EXAMPLES = Path(__file__).resolve().parents[2] / "contracts" / "examples" / "commands"
_ENTRY = DATA["ListEntryPublished"]

ORDERS = {
    "ReceiveRequest": {
        "channel": "walk_in",
        "received_at": RECEIVED_AT,
        "category": "individual",
        "documents": ["identity_card"],
        "applicant": "sealed",
        "information": INFORMATION,
        "purpose": None,
        "obtain": "copy",
        "copy_format": "softcopy",
        "delivery": "email",
    },
    "CompleteRequest": {
        "documents": ["identity_card"],
        "received_at": "2026-08-14T10:00:00+07:00",
        "numbers": None,
    },
    "WithdrawRequest": {"reason": "Sudah didapat"},
    "CorrectApplicant": {"applicant": "sealed"},
    "EraseApplicant": {"reason": "Atas permintaan"},
    "ClassifyInformation": {
        "outcome": "coordinate",
        "held": True,
        "held_form": ["softcopy"],
        "list_entry": None,
    },
    "FlagExemption": {"grounds": ["17h"], "list_entry": None, "consequence": None},
    "PublishListEntry": dict(_ENTRY),
    "RevokeListEntry": {"reason": "Dicabut"},
    "EscalateRequest": {"memo_number": "ND-1", "note": None},
    "GiveDisposition": dict(DATA["DispositionGiven"]),
    "ExtendDeadline": {"reason": "not_yet_held", "explanation": "Menunggu unit"},
    "RecordConsequenceTest": dict(DATA["ConsequenceTested"]),
    "DecideRequest": dict(DATA["Decided"]),
    "NotifyApplicant": {
        "letter_number": "123/HM.03-SD/31/2026",
        "medium": "email",
        "form": None,
        "cost": None,
        "provided_within": None,
    },
    "HandOverInformation": {
        "medium": "email",
        "form": "softcopy",
        "receipt_number": None,
        "received_by": "applicant",
    },
    "RecordDelivery": dict(DATA["DeliveryRecorded"]),
    "AssignRequest": {"assignee": "ani", "note": None},
    "CloseRequest": {"remark": None},
    "ReopenRequest": {"reason": "Belum lengkap"},
    "SuperviseDay": {"remark": None},
    "IssueReport": {"remark": None},
    "AcknowledgeReport": {"remark": None},
}

# Orders about the law are as their frozen examples say.
ORDERS |= {
    name: json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))["data"]
    for name in sorted(set(COMMANDS) - set(ORDERS))
}


# Who decides is somebody else than who prepared it.
ACCOUNTS = {"DecideRequest": "budi"}


def order(
    name, *, subject=SUBJECT, id_="order", fingerprint="", seen=None, role=None, account="", **changed
):  # fmt: skip
    """An ordinary order, but for what is changed."""
    return Command(
        name=name,
        id=id_,
        fingerprint=fingerprint,
        actor=Actor(account or ACCOUNTS.get(name, "ani"), role or min(COMMANDS[name].roles)),
        subject=subject,
        data={**ORDERS[name], **changed},
        seen=seen,
    )


def given(initial, evolve, *facts):
    """The state after some facts: names, or pairs of a name and what is changed in it."""
    events = [
        event(name, version=version, data=changed)
        for version, (name, changed) in enumerate(map(_pair, facts), start=1)
    ]
    return reduce(evolve, events, initial)


def _pair(fact):
    return (fact, {}) if isinstance(fact, str) else fact


def refusal(decision, *arguments):
    """The code with which a decision says no; fails when it says yes."""
    try:
        decided = decision(*arguments)
    except Rejected as rejected:
        return rejected.code
    raise AssertionError(f"not refused: {decided}")


def names(facts):
    return [each.name for each in facts]
