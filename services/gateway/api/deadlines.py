"""Why a request falls due when it does: as data, and as a page to print for whoever asks."""

from __future__ import annotations

from html import escape
from typing import Any

from flask import Blueprint, Response, jsonify, request

from contracts.roles import STAFF
from services.gateway.auth import allowed
from services.gateway.orders import services

blueprint = Blueprint("deadlines", __name__, url_prefix="/api/v1/requests")
JSON, HTML = "application/json", "text/html"
Shown = dict[str, Any]

_STYLE = """
@page { size: A4; margin: 18mm }
body { font: 10pt/1.4 serif; color: #000; background: #fff }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #666; padding: 2px 6px; text-align: left; vertical-align: top }
thead { display: table-header-group }
tr { break-inside: avoid }
"""


@blueprint.get("/<id_>/deadline")
@allowed(STAFF)
def explained(id_: str) -> Response:
    """Every day from receipt to the due date, counted or not and why; as a page to print with Accept: text/html."""
    found = services().ask("escalation", "explain", f"request/{id_}")
    if request.accept_mimetypes.best_match((JSON, HTML)) == HTML:
        response = Response(page(id_, found), content_type=f"{HTML}; charset=utf-8")
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'"
        )
        return response
    return jsonify({"id": id_, **found})


def page(id_: str, found: Shown) -> str:
    """The explanation on paper, each sentence in both languages."""
    regime = found["regime"]
    facts = (
        ("Rezim / Regime", regime["regime"]),
        ("Alasan / Reason", _both(regime["reason"])),
        ("Dasar / Legal basis", found["legal_basis"]),
        ("Diterima / Received", found["received_on"]),
        ("Hari ke-0 / Day 0", found["start_on"]),
        ("Batas waktu / Due", found["due_on"]),
        ("Target internal / Target", found["target_on"]),
        ("Catatan / Note", _both(found["note"])),
    )
    head = "".join(_row("th", name, value) for name, value in facts if value)
    days = "".join(_day(day) for day in found["days"])
    history = "".join(
        _cells(each["on"], each["by"], _both(each["text"]), each["legal_basis"])
        for each in found["history"]
    )
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{escape(id_)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>Penjelasan batas waktu / The due date explained</h1>"
        f"<p>{_both(found['summary'])}</p><table>{head}</table>"
        f"<h2>Hari demi hari / Day by day</h2><table><thead>{_heads()}</thead>{days}</table>"
        f"<h2>Riwayat / History</h2><table>{history}</table></body></html>"
    )


def _heads() -> str:
    names = (
        "Tanggal / Date",
        "Hari / Day",
        "Ke / No.",
        "Target",
        "Mengapa / Why",
        "Dasar / Decree",
    )
    return f"<tr>{''.join(f'<th>{name}</th>' for name in names)}</tr>"


def _day(day: Shown) -> str:
    numbers = (day["counted"], day["counted_for_target"])
    return _cells(
        day["date"], _both(day["weekday"]), *numbers, _both(day["why"]), day.get("decree")
    )


def _row(tag: str, name: str, value: Any) -> str:
    return f"<tr><{tag}>{name}</{tag}><td>{_text(value)}</td></tr>"


def _cells(*values: Any) -> str:
    return f"<tr>{''.join(f'<td>{_text(value)}</td>' for value in values)}</tr>"


class _Marked(str):
    """Text that is HTML already."""

    __slots__ = ()


def _both(words: Shown | None) -> _Marked:
    if not words:
        return _Marked("")
    return _Marked(f'{escape(words["id"])}<br><i lang="en">{escape(words["en"])}</i>')


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, _Marked) else escape(str(value))
