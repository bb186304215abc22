"""The columns of the register of requests: 1 to 15 as the standard form has them, then what the office needs beside."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from services.gateway import labels, languages
from services.gateway.registers.columns import Cell, Column, Line, day, joined, on_day, words
from services.gateway.registers.people import FILED, OPENED

# Of the CSV, by the names that programs know.
PLAIN = (
    "number", "received_at", "channel", "category", "applicant_id", "information", "purpose", "held", "held_form",
    "obtain", "state", "closing", "grounds", "due_on", "closed_at", "working_days_used",
)  # fmt: skip
ENDED_OTHERWISE = ("withdrawn", "lapsed", "declined", "void")
NOT_REFUSED = ("full", "partial")


def columns(*, people: bool = False) -> tuple[Column, ...]:
    """The book's columns; with `people` the applicants' own, which lines then carry."""
    return (*_FIRST, *(OPENED if people else FILED), *_REST)


def _held(line: Line) -> Cell:
    decision = line.get("decision") or {}
    if decision.get("outcome") == "not_documented":
        return labels.word("not_documented")
    if line.get("held") is None:
        return None
    if line["held"]:
        return str(gettext("Dikuasai"))
    return joined(labels.word("not_held"), decision.get("referral"))


def _obtained(line: Line) -> Cell:
    return joined(words(line.get("obtain")), words(line.get("copy_format")))


def _decision(line: Line) -> Cell:
    """What was decided; of what ended otherwise, how."""
    if line["state"] in ENDED_OTHERWISE:
        return labels.word(line["state"])
    return words(line.get("closing") or (line.get("decision") or {}).get("outcome"))


def _refusal(line: Line) -> Cell:
    """Why it was not given: grounds of article 17 with the statute, or what else stood against it."""
    decision = line.get("decision") or {}
    outcome = decision.get("outcome")
    other = words(outcome) if outcome not in (None, "refused", *NOT_REFUSED) else None
    told = (line.get("declined") or {}).get("reason") if line["state"] != "void" else line["reason"]
    grounds = words(line.get("grounds"))
    return joined(grounds, decision.get("statute"), other, words(told) if told else None)


def _cost(line: Line) -> Cell:
    told = line.get("notification") or {}
    cost = told.get("cost")
    return joined(languages.money(cost) if cost is not None else None, told.get("payment"))


_FIRST = (
    Column("1", _("Nomor pendaftaran"), lambda line: line.get("number"), 18),
    Column("2", _("Tanggal diterima"), lambda line: on_day(line.get("received_at")), 13),
)
_REST = (
    Column("7", _("Informasi yang diminta"), lambda line: line.get("information"), 44),
    Column("8", _("Tujuan penggunaan"), lambda line: line.get("purpose"), 26),
    Column("9", _("Status informasi"), _held, 16),
    Column("10", _("Bentuk yang dikuasai"), lambda line: words(line.get("held_form")), 14),
    Column("11", _("Jenis permohonan"), _obtained, 18),
    Column("12", _("Keputusan"), _decision, 14),
    Column("13", _("Alasan penolakan"), _refusal, 26),
    Column(
        "14a",
        _("Tanggal pemberitahuan"),
        lambda line: on_day((line.get("notification") or {}).get("at")),
        13,
    ),
    Column(
        "14b",
        _("Tanggal pemberian"),
        lambda line: on_day((line.get("delivery_note") or {}).get("at")),
        13,
    ),
    Column("15", _("Biaya dan cara pembayaran"), _cost, 16),
    Column("", _("Saluran"), lambda line: words(line.get("channel")), 14),
    Column("", _("Batas waktu"), lambda line: day(line.get("due_on")), 13),
    Column("", _("Hari kerja"), lambda line: line.get("working_days_used"), 8),
    Column("", _("Keadaan"), lambda line: words(line["state"]), 14),
)
