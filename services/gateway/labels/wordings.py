"""What people call the placeholders of letters, and what stands on each paper whatever the office words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

PLACES: Mapping[str, LazyString] = {
    "office": _("nama kantor menurut kop surat"),
    "day": _("tanggal surat"),
    "applicant": _("nama pemohon atau pengaju keberatan"),
    "register_number": _("nomor pendaftaran permohonan"),
    "with_register_number": _("“dengan nomor pendaftaran …”, atau kosong bila belum bernomor"),
    "received_on": _("tanggal permohonan diterima"),
    "due": _("batas waktu yang disebut surat ini"),
    "days": _("jumlah hari kerjanya"),
    "basis": _("dasar hukum batas waktunya"),
    "objection_number": _("nomor registrasi keberatan"),
    "filed_on": _("tanggal keberatan diterima"),
    "about_request": _("“, atas permohonan informasi nomor … mengenai:”, atau titik bila tanpa permohonan"),
}  # fmt: skip
_LETTER = _(
    "Kop surat, nomor, alamat, pokok surat, informasi yang diminta, penanda tangan dan tembusan."
)
FIXED: Mapping[str, tuple[LazyString, ...]] = {
    "receipt": (_("Data pemohon, permohonan dan batas waktunya; kode status; hak mengajukan keberatan."),),
    "incompleteness": (_LETTER, _("Dokumen yang kurang, sampai kapan dapat dilengkapi, dan bahwa ini bukan penolakan.")),
    "declined": (_LETTER, _("Alasan dan dasar hukum tidak berhak memohon, dan bahwa ini bukan penolakan.")),
    "lapse": (_LETTER, _("Dokumen yang kurang, dan bahwa ini bukan penolakan.")),
    "withdrawal": (_LETTER, _("Alasan pencabutan, dan bahwa permohonan selesai.")),
    "memo": (_("Tujuan, pengirim, nomor, pokok permohonan, batas waktu jawaban dan dasar pengecualian."),),
    "disposition": (_("Semua baris lembar disposisi."),),
    "extension": (_LETTER, _("Lamanya, batas waktu sebelum dan sesudahnya, alasan tertulis (UU 14/2008 Pasal 22 ayat (8)), dan bahwa perpanjangan hanya satu kali.")),
    "notification": (_LETTER, _("Ketujuh butir UU 14/2008 Pasal 22 ayat (7) huruf a sampai g, dan hak mengajukan keberatan.")),
    "rejection": (_LETTER, _("Dasar pengecualian, konsekuensi, kepentingan publik, jangka waktu, putusan menolak, dan hak mengajukan keberatan.")),
    "handover": (_("Apa yang diserahkan, bagaimana, kepada siapa dan kapan; kewajiban pengguna informasi (UU 14/2008 Pasal 5)."),),
    "objection_receipt": (_("Data pengaju, alasan keberatan, kasus posisi, dan batas waktu tanggapan."),),
    "objection_answer": (_LETTER, _("Alasan keberatan, putusan Atasan PPID, pertimbangan dan perintah, dan hak mengajukan sengketa (UU 14/2008 Pasal 37 ayat (2)).")),
}  # fmt: skip
