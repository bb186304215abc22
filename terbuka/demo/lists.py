"""What stands on the office's two lists before the first request: some public information (DIP), some exempt (DIK)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from terbuka.demo.rows import Row

UNIT = "Subbagian Hubungan Masyarakat"
DECREE = "Keputusan PPID KPU Provinsi DKI Jakarta Nomor 7 Tahun 2024"
# Long ago and for long, so that the entries count whenever the demonstration is played.
DECIDED_ON, VALID_TO = "2024-02-05", "2054-02-04"


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
    columns = {"availability": "any_time", "responsible": UNIT, "retention": "5 tahun"}
    return Entry(key, "public", words, {**body, **columns})


def _exempt(key: str, words: str, ground: str, title: str, consequence: str) -> Entry:
    decided = {
        "decree": DECREE,
        "decided_on": DECIDED_ON,
        "valid_to": VALID_TO,
        "grounds": [ground],
    }
    body = {"title": title, "unit": UNIT, **decided, "consequence": consequence}
    return Entry(key, "exempt", words, body, ground)


ENTRIES = (
    _public("dip-1", "Rekapitulasi hasil", "Rekapitulasi hasil penghitungan suara", "softcopy"),
    _public("dip-2", "Daftar Calon Tetap", "Daftar Calon Tetap anggota DPRD", "softcopy"),
    _public(
        "dip-3", "Laporan kinerja", "Laporan kinerja instansi pemerintah", "softcopy", "hardcopy"
    ),
    _exempt(
        "dik-1",
        "NIK",
        "17h",
        "Data pribadi pemilih: NIK, nomor KK, tanggal lahir",
        "Data pribadi pemilih dapat disalahgunakan",
    ),
    _exempt(
        "dik-2",
        "catatan kesehatan",
        "17h",
        "Catatan kesehatan pasangan calon",
        "Riwayat kesehatan seseorang terungkap",
    ),
    _exempt(
        "dik-3",
        "penyelidikan",
        "17a",
        "Dokumen penyelidikan dugaan tindak pidana pemilu",
        "Proses penyelidikan terhambat",
    ),
)


def entry_for(row: Row, entries: Iterable[Entry] = ENTRIES) -> Entry | None:
    """The entry that says what to do with a row, if there is one."""
    return next((entry for entry in entries if entry.fits(row)), None)
