"""What people call the lines of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from services.gateway import labels

KINDS: Mapping[str, LazyString] = {
    "signed_in": _("Masuk"),
    "refused": _("Ditolak masuk"),
    "signed_out": _("Keluar"),
    "password_changed": _("Kata sandi diganti"),
    "factor_set": _("Kode kedua dipasang"),
    "factor_removed": _("Kode kedua dilepas"),
    "recovery_used": _("Kode cadangan dipakai"),
    "created": _("Akun dibuat"),
    "role_changed": _("Peran diganti"),
    "disabled": _("Akun ditutup"),
    "enabled": _("Akun dibuka"),
    "linked": _("Dihubungkan dengan penyedia identitas"),
    "person_read": _("Data pemohon dibaca"),
    "letter_read": _("Surat masuk dibaca"),
    "deputy_named": _("Pengganti ditunjuk"),
    "absence_ended": _("Penggantian diakhiri"),
}
_REASONS: Mapping[str, LazyString] = {
    "unknown": _("nama akun tidak dikenal"),
    "password": _("kata sandi salah"),
    "code": _("kode kedua salah"),
    "locked": _("masih dalam waktu tunggu"),
    "disabled": _("akun ditutup"),
    "not_linked": _("tidak ada akun yang terhubung"),
    "no_role": _("peran tidak jelas dari penyedia identitas"),
}
_ABOUT: Mapping[str, LazyString] = {
    "reason": _("Sebab"),
    "role": _("Peran"),
    "by": _("Lewat"),
    "applicant": _("Pemohon"),
    "letter": _("Surat masuk"),
    "part": _("Bagian"),
    "purpose": _("Keperluan"),
    "deputy": _("Pengganti"),
    "from": _("Dari"),
    "to": _("Sampai"),
}
_PARTS: Mapping[str, LazyString] = {"text": _("isi"), "original": _("berkas asli")}
_WAYS: Mapping[str, LazyString] = {"provider": _("penyedia identitas")}


def kind(name: str) -> str:
    """What happened."""
    return str(KINDS.get(name, name))


def about(details: Mapping[str, str]) -> str:
    """The rest of a line, in one line."""
    return "; ".join(
        f"{_ABOUT.get(name, name)}: {_value(name, value)}" for name, value in details.items()
    )


def _value(name: str, value: str) -> str:
    if name == "role":
        return labels.word(value)
    if name == "part" and value not in _PARTS:
        return str(gettext("lampiran %(number)s", number=value.removeprefix("file ")))
    return str({"reason": _REASONS, "by": _WAYS, "part": _PARTS}.get(name, {}).get(value, value))
