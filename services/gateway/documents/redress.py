"""What the papers of an objection say beside what all papers say. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contracts.local import local_day
from contracts.roles import DESK, SUPERIOR
from services.gateway.documents.sources import Sources
from services.gateway.documents.story import Data
from services.gateway.documents.writing import written_time

Content = dict[str, Any]


def receipt(given: Sources) -> Content:
    """The objection as it was filed, and by when the superior answers; a copy of it is the receipt."""
    filed, clock = given.story.event.data, given.story.began("objection_answer") or {}
    return {
        "number": filed["number"],
        **_objection(given, filed),
        "due": given.day(clock["due_on"]),
        "days": clock["days"],
        "basis": clock["legal_basis"],
        "signers": [given.signer(DESK)],
    }


def _objection(given: Sources, filed: Data) -> Content:
    return {
        "objection": {
            "number": filed["number"],
            "filed": written_time(filed["filed_at"], given.lang),
            "filed_on": given.day(local_day(filed["filed_at"])),
            "late": filed["late"],
            "case_position": filed["case_position"],
        },
        "grounds": given.grounds(filed["grounds"]),
    }


def answer(given: Sources) -> Content:
    """What the superior decided and why, what the officer has to do, and where the objector may turn to."""
    said, filed = given.story.event.data, given.story.said("ObjectionFiled")
    window = given.story.began("dispute_window")
    return {
        "number": said["letter_number"],
        **_objection(given, filed),
        "result": given.word("result", said["result"]),
        "upheld": said["result"] == "upheld",
        "reasons": said["reasons"],
        "order": said.get("order") or "",
        "execute_on": given.day(said.get("execute_on")),
        "opened": said.get("opened") or "",
        "dispute_days": window["days"] if window else given.length(_key(given, filed)),
        "dispute_until": given.day(window["due_on"]) if window else "",
        "signers": [given.signer(SUPERIOR)],
        "copies": given.setting("letter.copies")["objector"],
    }


def _key(given: Sources, filed: Data) -> str:
    regime = given.story.said("RegimeChosen").get("regime") or filed["regime"]
    return f"{regime}.dispute_window"


SAYS: Mapping[str, Callable[[Sources], Content]] = {
    "objection-receipt": receipt,
    "objection-answer": answer,
}
