"""What stands on the office's two lists before the first request: some public information (DIP), some exempt (DIK)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from terbuka.demo.rows import Row

UNIT = "Subbagian Hubungan Masyarakat"
DECREE = "Keputusan PPID KPU Provinsi DKI Jakarta Nomor 7 Tahun 2026"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, and the words by which the desk finds it."""

    key: str
    list: str
    words: str
    body: Mapping[str, Any]
    ground: str = ""

    def fits(self, row: Row) -> bool:
        """Whether the row asks for what this entry is about."""
        kind, _, ground = row.expected.partition(":")
        wanted = {"available": "public", "exempt": "exempt"}.get(kind)
        return wanted == self.list and ground == self.ground and self.words in row.information


def _public(key: str, words: str, title: str, *forms: str) -> Entry:
    body = {"title": title, "unit": UNIT, "forms": list(forms), "location": "Meja informasi"}
    return Entry(key, "public", words, body)


def _exempt(key: str, words: str, ground: str, title: str) -> Entry:
    decided = {"decree": DECREE, "decided_on": "2026-02-02", "grounds": [ground]}
    return Entry(key, "exempt", words, {"title": title, "unit": UNIT, **decided}, ground)


ENTRIES = (
    _public("dip-1", "Rekapitulasi hasil", "Rekapitulasi hasil penghitungan suara", "softcopy"),
    _public("dip-2", "Daftar Calon Tetap", "Daftar Calon Tetap anggota DPRD", "softcopy"),
    _public(
        "dip-3", "Laporan kinerja", "Laporan kinerja instansi pemerintah", "softcopy", "hardcopy"
    ),
    _exempt("dik-1", "NIK", "17h", "Data pribadi pemilih: NIK, nomor KK, tanggal lahir"),
    _exempt("dik-2", "catatan kesehatan", "17h", "Catatan kesehatan pasangan calon"),
    _exempt("dik-3", "penyelidikan", "17a", "Dokumen penyelidikan dugaan tindak pidana pemilu"),
)


def entry_for(row: Row, entries: Iterable[Entry] = ENTRIES) -> Entry | None:
    """The entry that says what to do with a row, if there is one."""
    return next((entry for entry in entries if entry.fits(row)), None)
