"""What letters are sent for: a request or an objection, as the pages of sending show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from services.gateway.documents.kinds import OBJECTION, REQUEST
from services.gateway.pages.case import current as current_case
from services.gateway.pages.near import near
from services.gateway.pages.objections.one import beside
from services.gateway.pages.objections.one import current as current_objection

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class About:
    """One of them: whose papers, who gets them, the page it has, and what is shown of it beside a form."""

    kind: str
    id: str
    applicant: str
    number: str
    page: str
    beside: Mapping[str, Any] = field(repr=False)

    @property
    def subject(self) -> str:
        """As services call it."""
        return f"{self.kind}/{self.id}"


def of_case(id_: str) -> About:
    """A request. Raises Rejected where there is none."""
    case = current_case(id_)
    shown = {"case": case, "objection": None, "near": near([case["due_on"]])}
    return _about(REQUEST, case, url_for("case.shown", id_=id_), shown)


def of_objection(id_: str) -> About:
    """An objection. Raises Rejected where there is none."""
    objection = current_objection(id_)
    page = url_for("objection.shown", id_=id_)
    return _about(OBJECTION, objection, page, beside(objection))


def _about(kind: str, shown: Shown, page: str, beside_it: Shown) -> About:
    number = shown["number"] or shown["id"]
    return About(kind, shown["id"], shown["applicant_id"], number, page, beside_it)
