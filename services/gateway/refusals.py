"""Saying no on a page: what happened in plain words, what to do about it, and the stable code for whoever helps."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, g, render_template, request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from contracts.command import Actor
from services.gateway import refusal_texts
from services.gateway.identity.guard import signed_in

HEADINGS: Mapping[int, LazyString] = {
    HTTPStatus.UNAUTHORIZED: _l("Masuk dahulu"),
    HTTPStatus.FORBIDDEN: _l("Bukan wewenang peran Anda"),
    HTTPStatus.NOT_FOUND: _l("Tidak ditemukan"),
    HTTPStatus.CONFLICT: _l("Tidak sesuai dengan keadaan sekarang"),
    HTTPStatus.PRECONDITION_FAILED: _l("Sudah berubah"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _l("Terlalu besar"),
    HTTPStatus.TOO_MANY_REQUESTS: _l("Terlalu sering"),
    HTTPStatus.SERVICE_UNAVAILABLE: _l("Sebagian sistem sedang tidak menjawab"),
    HTTPStatus.INTERNAL_SERVER_ERROR: _l("Terjadi kesalahan pada sistem"),
}
# What people lose when a part does not answer.
PARTS: Mapping[str, LazyString] = {
    "broker": _l("pengantar pesan antarlayanan (RabbitMQ)"),
    "database": _l("basis data (MongoDB)"),
    "intake": _l("layanan penerimaan: pendaftaran permohonan dan data pemohon"),
    "classification": _l("layanan klasifikasi: daftar informasi dan klasifikasinya"),
    "escalation": _l("layanan koordinasi: batas waktu, keputusan, dan keberatan"),
    "register": _l("layanan register: daftar, pencarian, dan penyerahan"),
    "reporting": _l("layanan pelaporan: supervisi dan laporan"),
}


def page(status: int, code: str, detail: str = "", away: str = "", reference: str = "") -> Response:
    """One refusal. `away` is the part that does not answer; `reference` finds a fault in the log."""
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        _recognise()
    shown = render_template(
        "refusal.html",
        heading=heading(status),
        advice=refusal_texts.text(code),
        code=code,
        detail=detail,
        away=str(PARTS.get(away, "")),
        reference=reference,
        again=request.full_path.removesuffix("?") if request.method == "GET" else "",
    )
    return Response(shown, status)


def _recognise() -> None:
    """Show the way round to whoever is signed in, also where no page is that would have asked who they are."""
    account = None if "actor" in g else signed_in()
    if account is not None:
        g.account, g.actor = account, Actor(account.name, account.role)


def heading(status: int) -> str:
    """What happened, in a few words."""
    return str(HEADINGS[status]) if status in HEADINGS else _("Permintaan tidak dapat dijalankan")
