"""Saying no over HTTP: RFC 9457 problem documents with the stable code, and nothing about our insides."""

from __future__ import annotations

import json
from http import HTTPStatus

import structlog
from flask import Flask, Response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from contracts.errors import STATUS, Rejected
from services.gateway.rpc import Unavailable
from telemetry import metrics

log = structlog.get_logger()
_CODES = {
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "media_type_not_supported",
}
RETRY_SECONDS = "2"


def problem(status: int, code: str, detail: str = "", errors: object = None) -> Response:
    """One refusal. `errors` names fields and what is wrong with each."""
    metrics.HTTP_REFUSED.labels(code).inc()
    if _for_people():
        return refusal(status, code)
    body = {
        "type": f"urn:terbuka:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        **({"detail": detail} if detail else {}),
        **({"errors": errors} if errors else {}),
    }
    response = Response(json.dumps(body), status, content_type="application/problem+json")
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def refusal(status: int, code: str) -> Response:
    """One refusal as a page for people. The sentence says what to do; the code says which rule it was."""
    heading, advice = _told(status, code)
    page = render_template("refusal.html", heading=heading, advice=advice, code=code)
    return Response(page, status)


def _told(status: int, code: str) -> tuple[str, str]:
    if code == "form_expired":
        return _("Formulir ini sudah kedaluwarsa"), _(
            "Tidak ada yang disimpan. Buka kembali halaman formulir dan kirim lagi."
        )
    if status == HTTPStatus.FORBIDDEN:
        return _("Bukan wewenang peran Anda"), _(
            "Halaman ini untuk peran lain. Masuk dengan akun yang berwenang."
        )
    if status == HTTPStatus.NOT_FOUND:
        return _("Halaman tidak ditemukan"), _("Periksa alamatnya, atau cari dari halaman awal.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _("Sistem sedang terganggu"), _("Tidak ada yang hilang. Ulangi sebentar lagi.")
    return _("Permintaan tidak dapat dijalankan"), _(
        "Tidak ada yang disimpan. Periksa isiannya dan ulangi."
    )


def _for_people() -> bool:
    """Programs call below /api, and ask operators' questions."""
    return not request.path.startswith("/api/") and request.accept_mimetypes.accept_html


def install(app: Flask) -> None:
    """Answer every error of the application with a problem document."""
    app.register_error_handler(Rejected, _rejected)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)


def _rejected(error: Rejected) -> Response:
    return problem(STATUS[error.code], error.code, error.detail, error.errors)


def _unavailable(_: Unavailable) -> Response:
    detail = "A part of the system does not answer. Nothing is lost: repeat with the same Idempotency-Key."
    return problem(503, "service_unavailable", detail)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    response = problem(status, _CODES.get(status, "http_error"), error.description or "")
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response


def _bug(error: Exception) -> Response:
    log.error("bug", error=type(error).__name__, exc_info=error)
    return problem(500, "internal_error", "The fault is ours. It was written down.")
