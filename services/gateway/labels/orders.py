"""What people call the orders."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

ORDERS: Mapping[str, LazyString] = {
    "ReceiveRequest": _("Terima permohonan"),
    "CompleteRequest": _("Lengkapi dokumen"),
    "WithdrawRequest": _("Catat pencabutan"),
    "EnterApplicant": _("Catat pemohon tanpa permohonan"),
    "CorrectApplicant": _("Perbaiki data pemohon"),
    "EraseApplicant": _("Hapus data pemohon"),
    "KeepAttachment": _("Simpan lampiran"),
    "DropAttachment": _("Hapus lampiran"),
    "ReserveNumbers": _("Pesan blok nomor formulir"),
    "VoidNumber": _("Batalkan nomor formulir"),
    "ClassifyInformation": _("Klasifikasikan informasi"),
    "FlagExemption": _("Tandai dikecualikan"),
    "PublishListEntry": _("Tambah entri daftar"),
    "RevokeListEntry": _("Cabut entri daftar"),
    "EscalateRequest": _("Kirim nota dinas ke PPID"),
    "GiveDisposition": _("Beri disposisi"),
    "ExtendDeadline": _("Perpanjang jangka waktu"),
    "CorrectRegime": _("Ubah rezim waktu"),
    "RecordConsequenceTest": _("Catat uji konsekuensi"),
    "DecideRequest": _("Putuskan"),
    "NotifyApplicant": _("Kirim pemberitahuan tertulis"),
    "FileObjection": _("Catat keberatan"),
    "AnswerObjection": _("Tanggapi keberatan"),
    "RecordReaction": _("Catat tanggapan pemohon keberatan"),
    "OpenDispute": _("Catat sengketa"),
    "SettleDispute": _("Catat putusan Komisi Informasi"),
    "OpenCourtCase": _("Catat perkara pengadilan"),
    "RecordRuling": _("Catat putusan pengadilan"),
    "DeclareHolidays": _("Tetapkan hari libur"),
    "RevokeHoliday": _("Batalkan hari libur"),
    "EnactRule": _("Berlakukan aturan"),
    "EndRule": _("Akhiri aturan"),
    "OpenPrivacyCase": _("Buka kasus data pribadi"),
    "SettlePrivacyCase": _("Selesaikan kasus data pribadi"),
    "HandOverInformation": _("Serahkan informasi"),
    "CloseRequest": _("Tutup dalam register"),
    "ReopenRequest": _("Buka kembali"),
    "SuperviseDay": _("Catat supervisi harian"),
    "IssueReport": _("Terbitkan laporan"),
    "AcknowledgeReport": _("Ketahui laporan"),
}
