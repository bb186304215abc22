"""What the papers of a request say beside what all papers say, a function a kind. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contracts.numbering import unnumbered
from contracts.roles import DESK, OFFICER
from services.gateway.documents.sources import Signer, Sources
from services.gateway.documents.story import Data
from services.gateway.documents.writing import rupiah, written_time

Content = dict[str, Any]
# What a decision no longer counts after.
_ANEW = ("DecisionOrdered", "Reopened")


def receipt(given: Sources) -> Content:
    """Number, due date, and how the applicant follows the request (UU 14/2008 art. 22(4))."""
    clock: Data = given.story.began("answer") or {}
    return {
        "number": given.story.event.data["number"],
        "due": given.day(clock["due_on"]),
        "days": clock["days"],
        "basis": clock["legal_basis"],
        "entered": written_time(given.story.event.time, given.lang),
        "right": given.wording("text", "notification.objection_right"),
        **_followed(given, given.story.event.data["number"]),
        "signers": [given.signer(DESK)],
    }


def incompleteness(given: Sources) -> Content:
    """Which papers are missing, and until when they may come."""
    clock: Data = given.story.began("completion") or {}
    missing = given.story.event.data["missing"]
    return {
        "missing": [given.word("paper", paper) for paper in missing],
        "due": given.day(clock["due_on"]),
        "days": clock["days"],
        **_followed(given, ""),
        "signers": [given.signer(DESK)],
    }


def _followed(given: Sources, number: str) -> Content:
    """What opens the status page: a number, the request's own id before it has one, and the secret."""
    tracking = number or given.story.event.subject.partition("/")[2]
    return {"tracking": tracking, "secret": given.secret, "status_page": given.status_page}


def declined(given: Sources) -> Content:
    """Why somebody may not apply, by which law, and what is open to them."""
    said = given.story.event.data
    return {
        "reason": given.word("ineligible", said["reason"]),
        "basis": said["legal_basis"],
        "text": given.wording("text", "applicant.not_eligible"),
        "signers": [given.signer(OFFICER)],
    }


def lapse(given: Sources) -> Content:
    """Which papers did not come in time; no refusal, and the applicant may ask again."""
    said = given.story.event.data
    return {
        "missing": [given.word("paper", paper) for paper in said["missing"]],
        "due": given.day(said["due_on"]),
        "signers": [given.signer(OFFICER)],
    }


def withdrawal(given: Sources) -> Content:
    """That the applicant took the request back, and why."""
    return {"reason": given.story.event.data["reason"], "signers": [given.signer(DESK)]}


def memo(given: Sources) -> Content:
    """Why the desk turns to the officer, and by when the answer is due."""
    said = given.story.event.data
    pattern = given.setting("letter.number")["memo"]
    return {
        "number": said.get("memo_number") or unnumbered(pattern, given.on),
        "cause": given.word("cause", said["cause"]),
        "grounds": given.grounds(given.story.said("ExemptionFlagged").get("grounds", ()))
        if said["cause"] == "exempt"
        else [],
        "note": said.get("note") or "",
        "due": given.day(given.story.due("answer")),
        "to": given.signer(OFFICER),
        "signers": [given.signer(DESK)],
    }


def disposition(given: Sources) -> Content:
    """What a unit is told to do, and by when."""
    said = given.story.event.data
    return {
        "unit": said["unit"],
        "instruction": said["instruction"],
        "internal_due": given.day(said.get("internal_due_on")),
        "due": given.day(given.story.due("answer")),
        "memo": given.story.said("Escalated").get("memo_number") or "",
        "signers": [given.signer(OFFICER)],
    }


def extension(given: Sources) -> Content:
    """From when to when, and the written reason (UU 14/2008 art. 22(8))."""
    said = given.story.event.data
    return {
        "days": said["days"],
        "due_before": given.day(said["due_before"]),
        "due": given.day(said["due_on"]),
        "reason": given.wording("reason", said["reason"]),
        "explanation": said["explanation"],
        "basis": said["legal_basis"],
        "signers": [given.signer(OFFICER)],
        "copies": given.setting("letter.copies")["applicant"],
    }


def notification(given: Sources) -> Content:
    """The seven items of UU 14/2008 art. 22(7), a to g, and the right to object."""
    said = given.story.event.data
    return {
        "number": said["letter_number"],
        "outcome": said["outcome"],
        "decision": given.word("outcome", said["outcome"]),
        "held": said["held"],
        "referral": said.get("referral") or "",
        "grounds": given.grounds(said["grounds"]),
        "statute": said.get("statute") or "",
        "material": said.get("material") or "",
        "medium": given.word("medium", said["medium"]),
        "form": given.word("form", said.get("form")),
        "cost": rupiah(said.get("cost") or 0),
        "free": not said.get("cost"),
        "payment": said.get("payment") or "",
        "provided_within": said.get("provided_within"),
        "reasons": _decided(given).get("reasons") or "",
        "blackened": list(_decided(given).get("blackened") or ()),
        **_withheld(given),
        **_objection(given),
        "signers": [_decider(given)],
        "copies": given.setting("letter.copies")["applicant"],
    }


def rejection(given: Sources) -> Content:
    """Ground, statute, consequence, public interest and period of what is refused, and the right to object."""
    said = given.story.event.data
    return {
        "number": said["letter_number"],
        "grounds": given.grounds(said["grounds"]),
        "statute": said.get("statute") or "",
        **_withheld(given),
        **_objection(given),
        "signers": [_decider(given)],
        "copies": given.setting("letter.copies")["applicant"],
    }


def _decided(given: Sources) -> Data:
    """The decision that is told; nothing where the desk tells of a listed entry by itself."""
    return given.story.said("Decided", since=_ANEW)


def _withheld(given: Sources) -> Content:
    """What a refusal stands on: the decision's own words, else those of the listed entry."""
    decided = _decided(given)
    entry: Data = decided.get("basis") or ({} if decided else _listed(given))
    until = decided.get("exempt_until") or entry.get("valid_to")
    return {
        "consequence": decided.get("consequence") or entry.get("consequence") or "",
        "public_interest": decided.get("public_interest") or "",
        "exempt_until": given.day(until),
        "decree": entry.get("decree") or "",
        "entry": entry.get("title") or "",
        "minutes": given.story.said("ConsequenceTested", since=("Reopened",)).get("minutes_number")
        or "",
    }


def _listed(given: Sources) -> Data:
    return given.story.said("ExemptionFlagged").get("basis") or {}


def _objection(given: Sources) -> Content:
    window = given.story.began("objection_window")
    return {
        "right": given.wording("text", "notification.objection_right"),
        "objection_until": given.day(window["due_on"]) if window else "",
    }


def _decider(given: Sources) -> Signer:
    decided = given.story.last("Decided", since=_ANEW)
    return given.signer(decided.actor.partition(":")[0] if decided else OFFICER)


def handover(given: Sources) -> Content:
    """What was given, how, and to whom."""
    said, told = given.story.event.data, given.story.said("ApplicantNotified")
    return {
        "number": said.get("receipt_number") or "",
        "letter": told.get("letter_number") or "",
        "material": told.get("material") or "",
        "medium": given.word("medium", said["medium"]),
        "form": given.word("form", said.get("form")),
        "received_by": given.word("receiver", said["received_by"]),
        "at": written_time(given.story.event.time, given.lang),
        "signers": [given.signer(DESK)],
    }


SAYS: Mapping[str, Callable[[Sources], Content]] = {
    "receipt": receipt,
    "incompleteness": incompleteness,
    "declined": declined,
    "lapse": lapse,
    "withdrawal": withdrawal,
    "memo": memo,
    "disposition": disposition,
    "extension": extension,
    "notification": notification,
    "rejection": rejection,
    "handover": handover,
}
