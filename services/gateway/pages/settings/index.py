"""Pengaturan: what can be looked at or changed, for whom."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask_babel import lazy_gettext as _

from contracts.roles import STAFF
from services.gateway.identity.guard import page_allowed
from services.gateway.navigation import open_to

blueprint = Blueprint("settings", __name__)
PARTS = (
    (
        "/settings/calendar",
        _("Kalender hari kerja"),
        _("Hari libur dan cuti bersama beserta keputusannya; menetapkan, mengimpor, membatalkan."),
    ),
    (
        "/settings/rules",
        _("Aturan"),
        _("Jangka waktu, dokumen, alasan dan teks, dengan dasar hukum dan masa berlakunya."),
    ),
    (
        "/settings/letters/templates",
        _("Redaksi surat"),
        _("Kata-kata kantor pada tiap surat, sejak kapan dan oleh siapa; menulis yang baru."),
    ),
    (
        "/settings/calendar/moves",
        _("Batas waktu yang pindah"),
        _("Batas waktu mana yang pindah, dari kapan ke kapan, dan mengapa."),
    ),
    (
        "/settings/numbers",
        _("Nomor formulir"),
        _("Blok nomor untuk formulir kertas saat listrik padam; mana yang terpakai dan terbuka."),
    ),
    (
        "/settings/applicants",
        _("Data pemohon"),
        _("Siapa yang membuka data seseorang; memperbaiki dan menghapusnya."),
    ),
    (
        "/settings/letters",
        _("Surat yang gagal dikirim"),
        _("Surat lewat surel yang tidak sampai: kirim ulang, atau kirim dengan cara lain."),
    ),
    (
        "/settings/accounts",
        _("Akun"),
        _("Siapa yang dapat masuk, dan dengan peran apa."),
    ),
    (
        "/settings/deputies",
        _("Pengganti"),
        _("Siapa yang menggantikan siapa, kapan, dan siapa yang menunjuk."),
    ),
    (
        "/settings/access-log",
        _("Catatan akses"),
        _("Siapa yang masuk, dan data siapa yang dibuka."),
    ),
    (
        "/settings/parked",
        _("Pesan yang diparkir"),
        _("Pesan antarlayanan yang tidak dapat diolah: lihat, ulangi, buang."),
    ),
    (
        "/services-health",
        _("Kesehatan layanan"),
        _("Apakah semua bagian sistem berjalan, dalam kata-kata."),
    ),
)  # fmt: skip


@blueprint.get("/settings")
@page_allowed(STAFF)
def shown() -> str:
    """Only what the reader may open."""
    parts = [part for part in PARTS if open_to(g.actor.role, part[0])]
    return render_template("settings/index.html", parts=parts)
