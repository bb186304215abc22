"""Saying no over HTTP: RFC 9457 problem documents with the stable code for programs, a page with the same code for people.

Neither says anything about our insides.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from uuid import uuid4

import structlog
from flask import Flask, Response, request
from pymongo.errors import ConnectionFailure
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from contracts.errors import STATUS, Rejected
from services.gateway import refusals
from services.gateway.rpc import Unavailable
from telemetry import metrics

log = structlog.get_logger()
_CODES = {
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "media_type_not_supported",
    429: "too_many_requests",
}
RETRY_SECONDS = "2"
TOO_OFTEN_SECONDS = "60"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is said. `away` names the part that does not answer, `reference` finds a fault in the log."""

    status: int
    code: str
    detail: str = ""
    errors: object = None
    away: str = ""
    reference: str = ""


def problem(status: int, code: str, detail: str = "", errors: object = None) -> Response:
    """One refusal. `errors` names fields and what is wrong with each."""
    return answer(Refusal(status, code, detail, errors))


def answer(refusal: Refusal) -> Response:
    """One refusal, as whoever asks can read it."""
    metrics.HTTP_REFUSED.labels(refusal.code).inc()
    response = _page(refusal) if _for_people() else _document(refusal)
    if refusal.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _page(refusal: Refusal) -> Response:
    return refusals.page(
        refusal.status, refusal.code, refusal.detail, refusal.away, refusal.reference
    )


def _document(refusal: Refusal) -> Response:
    body = {
        "type": f"urn:terbuka:problem:{refusal.code}",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "code": refusal.code,
        **({"detail": refusal.detail} if refusal.detail else {}),
        **({"errors": refusal.errors} if refusal.errors else {}),
    }
    response = Response(json.dumps(body), refusal.status, content_type="application/problem+json")
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _for_people() -> bool:
    """Programs call below /api, and ask operators' questions."""
    return not request.path.startswith("/api/") and request.accept_mimetypes.accept_html


def install(app: Flask) -> None:
    """Answer every error of the application with a problem document."""
    app.register_error_handler(Rejected, _rejected)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(ConnectionFailure, _database_away)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)


def _rejected(error: Rejected) -> Response:
    return problem(STATUS[error.code], error.code, error.detail, error.errors)


def _unavailable(error: Unavailable) -> Response:
    detail = "A part of the system does not answer. Nothing is lost: repeat with the same Idempotency-Key."
    return answer(Refusal(503, "service_unavailable", detail, away=error.away))


def _database_away(error: ConnectionFailure) -> Response:
    log.warning("database_unavailable", error=repr(error))
    return _unavailable(Unavailable("the gateway's database does not answer", "database"))


def _http(error: HTTPException) -> Response:
    original = getattr(error, "original_exception", None)
    if original is not None:  # raised before or after the views, where no other handler is asked
        return (
            _database_away(original) if isinstance(original, ConnectionFailure) else _bug(original)
        )
    status = error.code or 500
    response = problem(status, _CODES.get(status, "http_error"), error.description or "")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = TOO_OFTEN_SECONDS
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response


def _bug(error: Exception) -> Response:
    reference = uuid4().hex[:8]
    log.error("bug", error=type(error).__name__, reference=reference, exc_info=error)
    told = "The fault is ours. It was written down."
    return answer(Refusal(500, "internal_error", told, reference=reference))
