"""The columns of the register of objections: a to k as the standard form has them, then what the office needs beside."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from services.gateway import labels
from services.gateway.registers.columns import Cell, Column, Line, day, on_day, words
from services.gateway.registers.people import identity

# Of the CSV, by the names that programs know: a to k, then what the office needs beside them.
PLAIN = (
    "number", "received_at", "applicant_id", "request_number", "information", "purpose", "grounds", "decision",
    "answered_at", "superior", "reaction",
    "late", "due_on", "reasons", "execute_on", "dispute_number", "dispute_result", "ruling", "state",
)  # fmt: skip


def columns(*, people: bool = False) -> tuple[Column, ...]:  # noqa: ARG001  # one cell says either
    """The book's columns."""
    return _COLUMNS


def _information(line: Line) -> Cell:
    """What was asked; without a request, what is objected to."""
    told: str = line.get("information") or line["case_position"]
    return told


_COLUMNS = (
    Column("a", _("Nomor registrasi keberatan"), lambda line: line["number"], 18),
    Column("b", _("Tanggal diterima"), lambda line: on_day(line["received_at"]), 13),
    Column("c", _("Identitas pemohon atau kuasa"), identity, 26),
    Column("d", _("Nomor pendaftaran permohonan"), lambda line: line["request_number"], 18),
    Column("e", _("Informasi yang diminta"), _information, 40),
    Column("f", _("Tujuan penggunaan"), lambda line: line["purpose"], 24),
    Column("g", _("Alasan keberatan"), lambda line: words(line["grounds"]), 26),
    Column("h", _("Keputusan Atasan PPID"), lambda line: words(line["decision"]), 16),
    Column("i", _("Tanggal tanggapan"), lambda line: on_day(line["answered_at"]), 13),
    Column(
        "j",
        _("Nama dan posisi Atasan PPID"),
        lambda line: labels.actor(line["superior"]) if line["superior"] else None,
        20,
    ),
    Column("k", _("Tanggapan pemohon"), lambda line: words(line["reaction"]), 16),
    Column("", _("Jatuh tempo"), lambda line: day(line["due_on"]), 13),
    Column(
        "",
        _("Melewati jangka waktu"),
        lambda line: str(gettext("Ya")) if line["late"] else None,
        12,
    ),
    Column("", _("Pertimbangan"), lambda line: line["reasons"], 30),
    Column("", _("Dilaksanakan paling lambat"), lambda line: day(line["execute_on"]), 13),
    Column("", _("Nomor register sengketa"), lambda line: line["dispute_number"], 16),
    Column("", _("Hasil sengketa"), lambda line: words(line["dispute_result"]), 16),
    Column("", _("Putusan pengadilan"), lambda line: words(line["ruling"]), 14),
    Column("", _("Keadaan"), lambda line: words(line["state"]), 14),
)
