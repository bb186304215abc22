"""How a request stands, for its applicant: one plain sentence and the next date. Nothing personal, and nothing of what the office still weighs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from services.gateway import labels
from services.gateway.languages import day

Shown = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is told. `dates` are pairs of what happens and on which day, both in words."""

    heading: str
    sentences: tuple[str, ...]
    dates: tuple[tuple[str, str], ...] = ()


def standing(case: Shown, today: str) -> Standing:
    """A request as its applicant may know it, in the language that is spoken now. `today` is an ISO date."""
    heading, sentences = _TOLD.get(case["state"], _processed)(case, today)
    return Standing(heading, sentences, tuple(_dates(case, today)))


Told = tuple[str, tuple[str, ...]]


def _incomplete(case: Shown, _today: str) -> Told:
    papers = ", ".join(labels.word(paper) for paper in case["missing"])
    return _("Dokumen belum lengkap"), (
        _("Permohonan Anda sudah kami terima, tetapi kami masih menunggu: %(papers)s.", papers=papers),
        _("Serahkan agar permohonan dapat didaftar dan diproses."),
    )  # fmt: skip


def _processed(case: Shown, today: str) -> Told:
    said = [_("Permohonan Anda sudah terdaftar dan sedang kami proses.")]
    if case["extended"]:
        said.append(_("Jangka waktunya diperpanjang satu kali, seperti diberitahukan kepada Anda."))
    if case["due_on"] and case["due_on"] < today:
        said.append(_("Batas waktu jawaban sudah lewat. Anda berhak mengajukan keberatan kepada Atasan PPID."))  # fmt: skip
    return _("Sedang diproses"), tuple(said)


def _notified(case: Shown, _today: str) -> Told:
    on = day(case["notification"]["at"])
    return _("Sudah dijawab"), (
        _("Pemberitahuan tertulis kami kirim pada %(day)s. Ikuti petunjuk di dalamnya.", day=on),
    )


def _delivered(_case: Shown, _today: str) -> Told:
    return _("Informasi sudah diserahkan"), (_("Informasi yang Anda minta sudah diserahkan."),)


def _closed(case: Shown, _today: str) -> Told:
    return _("Selesai"), (_("Permohonan ini selesai pada %(day)s.", day=day(case["closed_at"])),)


def _withdrawn(_case: Shown, _today: str) -> Told:
    return _("Dicabut"), (_("Permohonan ini dicabut oleh pemohon."),)


def _lapsed(_case: Shown, _today: str) -> Told:
    return _("Tidak diproses"), (
        _("Dokumen tidak dilengkapi sampai batas waktunya. Anda boleh mengajukan permohonan baru."),
    )


def _declined(_case: Shown, _today: str) -> Told:
    return _("Tidak dapat diproses"), (
        _("Menurut UU 14/2008 permohonan ini tidak dapat diproses. Informasi yang sudah diumumkan tetap terbuka bagi siapa saja."),
    )  # fmt: skip


_TOLD: Mapping[str, Callable[[Shown, str], Told]] = {
    "incomplete": _incomplete,
    "notified": _notified,
    "delivered": _delivered,
    "closed": _closed,
    "withdrawn": _withdrawn,
    "lapsed": _lapsed,
    "declined": _declined,
}
_ANSWERED = frozenset({"notified", "delivered", "closed"})
_OVER = frozenset({*_ANSWERED, "withdrawn", "lapsed", "declined"})


def _dates(case: Shown, today: str) -> Iterator[tuple[str, str]]:
    """What comes next and when; what has passed is no next date."""
    due, until = case["due_on"], case["objection_until"]
    if due and due >= today and case["state"] not in _OVER:
        waits = case["state"] == "incomplete"
        yield (_("Serahkan paling lambat") if waits else _("Dijawab paling lambat")), day(due)
    if until and until >= today and case["state"] in _ANSWERED:
        yield _("Keberatan dapat diajukan sampai"), day(until)
