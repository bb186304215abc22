"""The questions of the form, and how what was typed into it becomes an order: papers are ticked and numbered by kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from contracts import words
from contracts.applicant import DocumentNumbers
from contracts.fields import choices, part
from contracts.local import WIB
from services.gateway import forms

Body = dict[str, Any]


class ReceiveForm(forms.ReceiveBody):
    """A request as the form asks for it."""

    documents = choices(words.DOCUMENTS, optional=True)
    numbers = part(DocumentNumbers, optional=True)


def ordered(body: Mapping[str, Any]) -> Body:
    """What fits ReceiveForm as forms.ReceiveBody has it. A number says that its paper is there."""
    numbers = body.get("numbers") or {}
    kinds = {*body.get("documents", ()), *numbers}
    documents = [{"kind": kind, **_number(numbers, kind)} for kind in sorted(kinds)]
    order = {name: value for name, value in body.items() if name not in ("numbers", "documents")}
    if body.get("obtain") == "inspect":  # nothing is copied
        order.pop("copy_format", None)
    return {**order, **({"documents": documents} if documents else {})}


def _number(numbers: Mapping[str, str], kind: str) -> Body:
    return {"number": numbers[kind]} if numbers.get(kind) else {}


def proposed(now: datetime | None = None) -> Body:
    """What the form starts with: most people stand at the counter, now, for a file that they will come for."""
    at = (now or datetime.now(UTC)).astimezone(WIB)
    return {
        "channel": "walk_in",
        "received_at": at.isoformat(timespec="minutes"),
        "applicant": {"category": "individual", "indonesian": True},
        "obtain": "copy",
        "copy_format": "softcopy",
        "delivery": "pickup",
    }


def with_person(body: Mapping[str, Any], person: Mapping[str, Any], category: str) -> Body:
    """What was typed, and from what is kept of the same applicant whatever was not. Papers are handed in anew."""
    kept = {name: value for name, value in person.items() if name in forms.ApplicantBody().fields}
    typed = body.get("applicant") or {}
    return {**body, "applicant": {**kept, **typed, "category": category or typed.get("category")}}
