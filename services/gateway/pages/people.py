"""Reading a person on a page: only for a purpose, which intake writes down, and never kept by the browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app, g, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contracts.errors import STATUS
from contracts.roles import DESK_WORK
from services.gateway.identity.visitor import note_reading
from services.gateway.orders import services

Person = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Who:
    """What a page says of a person (parts/person.html): where a purpose is sent, who it is once one was given, and what is wrong with it."""

    address: str
    known: Person | None = None
    wrong: str = ""

    @property
    def may_read(self) -> bool:
        """Whether the role may ask for the person."""
        return g.actor.role in DESK_WORK


def told(who: Who, applicant_id: str, page: Callable[[Who], str]) -> Response:
    """The page again, with the person for the purpose in the form; without one, with what is wrong at its field."""
    purpose = request.form.get("purpose", "").strip()
    if not purpose:
        wrong = replace(who, wrong=str(_("Isi bagian ini.")))
        return Response(page(wrong), STATUS["purpose_missing"], content_type=_HTML)
    return private(page(replace(who, known=opened(applicant_id, purpose))))


def opened(applicant_id: str, purpose: str) -> Person:
    """Who it is. Raises Rejected without a purpose."""
    note_reading([applicant_id], purpose)
    sealed = services().ask("intake", "applicant", applicant_id, purpose, str(g.actor))
    known: Person = current_app.config["SEAL"].open(sealed)
    return known


def private(page: str) -> Response:
    """A page with a person on it."""
    response = Response(page, content_type=_HTML)
    response.headers["Cache-Control"] = "no-store"
    return response


_HTML = "text/html; charset=utf-8"
