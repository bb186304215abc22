"""What people call the rules of the desk, by kind and key, and their kinds."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

KINDS: Mapping[str, LazyString] = {
    "days": _("Jangka waktu"),
    "documents": _("Dokumen persyaratan"),
    "setting": _("Pengaturan hitungan"),
    "regime": _("Rezim waktu"),
    "ground": _("Dasar penolakan dan keberatan"),
    "reason": _("Alasan perpanjangan"),
    "text": _("Teks surat"),
}
RULES: Mapping[tuple[str, str], LazyString] = {
    ("days", "ordinary.answer"): _("Jawaban permohonan"),
    ("days", "ordinary.extension"): _("Perpanjangan jawaban"),
    ("days", "ordinary.objection_window"): _("Mengajukan keberatan"),
    ("days", "ordinary.objection_answer"): _("Tanggapan keberatan"),
    ("days", "ordinary.dispute_window"): _("Mengajukan sengketa"),
    ("days", "election.answer"): _("Jawaban permohonan dalam tahapan pemilu"),
    ("days", "election.extension"): _("Perpanjangan jawaban dalam tahapan pemilu"),
    ("days", "election.objection_window"): _("Mengajukan keberatan dalam tahapan pemilu"),
    ("days", "election.objection_answer"): _("Tanggapan keberatan dalam tahapan pemilu"),
    ("days", "election.dispute_window"): _("Mengajukan sengketa dalam tahapan pemilu"),
    ("days", "incompleteness.notice"): _("Memberitahukan kekurangan dokumen"),
    ("days", "incompleteness.completion"): _("Melengkapi dokumen"),
    ("days", "commission.register"): _("Komisi Informasi mencatat sengketa"),
    ("days", "commission.start"): _("Komisi Informasi memulai penyelesaian"),
    ("days", "commission.finish"): _("Komisi Informasi menyelesaikan sengketa"),
    ("days", "commission.finish.election"): _("Komisi Informasi menyelesaikan sengketa pemilu"),
    ("days", "award.rejection"): _("Menolak putusan Komisi Informasi"),
    ("days", "cassation"): _("Mengajukan kasasi"),
    ("days", "annual_report"): _("Laporan tahunan"),
    ("days", "periodic_information"): _("Mengumumkan informasi berkala"),
    ("days", "monthly_report"): _("Laporan bulanan"),
    ("days", "desk.form"): _("Mengisi formulir di meja"),
    ("days", "desk.answer"): _("Menjawab langsung di meja"),
    ("days", "desk.exempt"): _("Menjelaskan pengecualian di meja"),
    ("days", "privacy.access"): _("Permintaan akses data pribadi"),
    ("days", "privacy.correction"): _("Permintaan perbaikan data pribadi"),
    ("days", "privacy.restriction"): _("Permintaan pembatasan data pribadi"),
    ("days", "privacy.breach"): _("Pemberitahuan kebocoran data pribadi"),
    ("days", "remind.soon"): _("Mengingatkan sebelum jatuh tempo"),
    ("days", "duplicate.window"): _("Mencari permohonan yang mirip"),
    ("setting", "clock.starts"): _("Mulai hitungan"),
    ("setting", "clock.joint_leave"): _("Cuti bersama dalam hitungan"),
    ("setting", "clock.office_hours"): _("Jam kerja"),
    ("setting", "number.request"): _("Pola nomor permohonan"),
    ("setting", "number.objection"): _("Pola nomor keberatan"),
    ("setting", "attachments.limits"): _("Batas berkas lampiran"),
    ("setting", "applicant.eligible"): _("Siapa yang berhak memohon"),
    ("text", "notification.objection_right"): _("Hak mengajukan keberatan"),
    ("text", "applicant.not_eligible"): _("Pemohon yang tidak berhak"),
}
