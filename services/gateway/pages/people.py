"""Reading a person on a page: only for a purpose, which intake writes down, and never kept by the browser."""

from __future__ import annotations

from typing import Any

from flask import current_app, g
from werkzeug.wrappers import Response

from services.gateway.orders import services

Person = dict[str, Any]


def opened(applicant_id: str, purpose: str) -> Person:
    """Who it is. Raises Rejected without a purpose."""
    sealed = services().ask("intake", "applicant", applicant_id, purpose, str(g.actor))
    known: Person = current_app.config["SEAL"].open(sealed)
    return known


def private(page: str) -> Response:
    """A page with a person on it."""
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
