"""What people read when the system says no: a sentence for each stable code, saying what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

UNKNOWN = _("Permintaan ini tidak dapat dijalankan. Tidak ada yang disimpan.")

TEXTS: Mapping[str, LazyString] = {
    # what was sent cannot be read
    "malformed_json": _("Kiriman tidak dapat dibaca. Muat ulang halamannya, lalu coba lagi."),
    "not_utf8": _("Ada huruf yang tidak dapat dibaca. Ketik ulang teksnya, lalu kirim lagi."),
    "form_expired": _(
        "Formulir ini sudah kedaluwarsa dan tidak disimpan. Buka kembali halamannya, lalu kirim lagi."
    ),
    "idempotency_key_missing": _(
        "Formulir ini dikirim tanpa tanda pengenalnya. Buka kembali halamannya, lalu kirim lagi."
    ),
    "idempotency_key_invalid": _(
        "Tanda pengenal formulir ini rusak. Buka kembali halamannya, lalu kirim lagi."
    ),
    "idempotency_key_reused": _(
        "Formulir ini sudah pernah dikirim dengan isi lain. Buka formulir baru untuk mencatat yang lain."
    ),
    "cursor_invalid": _("Lanjutan daftar ini tidak dikenal. Mulai lagi dari awal daftar."),
    "filter_invalid": _("Saringan ini tidak dikenal. Periksa isiannya."),
    "body_too_large": _("Yang dikirim terlalu besar. Perkecil berkasnya, lalu kirim lagi."),
    "media_type_not_supported": _("Jenis berkas ini tidak diterima."),
    "file_too_large": _("Berkas ini terlalu besar. Perkecil, lalu unggah lagi."),
    "too_many_files": _("Berkas pada permohonan ini sudah sebanyak yang diizinkan."),
    "file_type_not_allowed": _(
        "Jenis berkas ini tidak diterima. Yang diterima: PDF, JPEG, PNG, Word."
    ),
    "file_infected": _("Berkas ini mengandung program jahat dan tidak disimpan."),
    "upload_broken": _("Berkas ini rusak atau tidak terkirim utuh. Unggah lagi."),
    "mail_not_set_up": _("Kantor ini belum disiapkan untuk mengirim surel."),
    "email_missing": _(
        "Pemohon tidak punya alamat surel yang dapat dipakai. Kirim lewat pos atau serahkan langsung."
    ),
    "method_not_allowed": _("Halaman ini tidak dapat dibuka dengan cara itu. Buka lewat menu."),
    # who asks
    "token_missing": _("Masuk dahulu untuk membuka halaman ini."),
    "token_unknown": _("Tanda masuk ini tidak dikenal. Masuk lagi."),
    "role_not_allowed": _(
        "Ini bukan wewenang peran Anda. Minta rekan yang berwenang, atau masuk dengan akun yang tepat."
    ),
    "not_found": _("Yang dicari tidak ada. Periksa alamatnya, atau cari lewat kotak pencarian."),
    "purpose_missing": _("Tulis untuk keperluan apa data pribadi ini dibuka atau dihapus."),
    "sign_in_failed": _("Belum berhasil masuk. Mulai lagi dari halaman masuk."),
    "account_not_linked": _(
        "Belum ada akun di sini untuk Anda. Minta administrator menghubungkan akun Anda."
    ),
    "too_many_requests": _("Terlalu sering mencoba. Tunggu satu menit, lalu coba lagi."),
    # where the matter stands
    "stale_version": _(
        "Rekan lain sudah mengubahnya sejak halaman ini Anda buka. Baca keadaan terbaru, lalu ulangi."
    ),
    "if_match_missing": _("Halaman ini tidak lengkap. Buka kembali, lalu ulangi."),
    "wrong_phase": _(
        "Langkah ini tidak sesuai dengan keadaan sekarang. Lihat riwayatnya untuk mengetahui apa yang sudah terjadi."
    ),
    "already_done": _("Langkah ini sudah pernah dicatat. Tidak perlu diulang."),
    "documents_still_missing": _("Dokumen persyaratan belum lengkap."),
    "not_handed_over_or_notified": _(
        "Serahkan informasinya atau kirim pemberitahuan tertulis dahulu."
    ),
    "extension_already_given": _("Jangka waktu hanya boleh diperpanjang satu kali."),
    "deadline_passed": _("Batas waktu sudah lewat, jadi tidak dapat diperpanjang lagi."),
    "consequence_test_missing": _("Catat uji konsekuensi dahulu sebelum menolak."),
    "list_entry_unusable": _(
        "Entri daftar ini tidak dapat dipakai: tidak dikenal, sudah dicabut, sudah berakhir, atau bukan untuk dasar ini."
    ),
    "report_not_issued": _("Laporan ini belum diterbitkan."),
    "reviewer_is_author": _("Yang menyusun penolakan tidak boleh memutusnya. Minta rekan lain."),
    "answerer_is_decider": _(
        "Yang memutus permohonan tidak boleh menanggapi keberatannya. Minta rekan lain."
    ),
    "objection_pending": _("Masih ada keberatan yang belum ditanggapi."),
    "rule_period_overlaps": _("Masa berlakunya bertumpang tindih dengan aturan yang sudah ada."),
    "rule_missing": _("Tidak ada aturan yang berlaku untuk itu pada hari tersebut."),
    "rule_needed": _("Aturan ini masih diperlukan, jadi tidak boleh ada hari tanpa aturan."),
    "day_declared_already": _("Hari itu sudah tercatat sebagai hari libur."),
    "day_not_declared": _("Hari itu tidak tercatat sebagai hari libur."),
    "number_not_reserved": _("Nomor urut ini tidak termasuk blok formulir yang dipesan."),
    "number_used_already": _("Nomor urut ini sudah terpakai atau sudah dibatalkan."),
    "applicant_erased": _("Data pribadi pemohon ini sudah dihapus."),
    "legal_hold": _(
        "Data ini masih harus disimpan: ada keberatan, sengketa, atau perkara yang belum selesai."
    ),
    # what was filled in
    "invalid_fields": _("Ada isian yang kosong atau keliru. Perbaiki yang ditandai."),
    "received_in_future": _("Waktu penerimaan belum tiba. Periksa tanggal dan jamnya."),
    "date_in_future": _("Tanggal itu belum tiba."),
    "period_not_over": _("Masa laporannya belum berakhir."),
    "date_before_receipt": _("Tanggal itu lebih awal daripada hari penerimaannya."),
    "date_before_law": _("Tanggal itu lebih awal daripada berlakunya ketentuan ini."),
    "regime_unknown": _("Tidak ada rezim waktu seperti itu pada hari tersebut."),
    "rule_value_wrong": _("Nilai aturan ini tidak sesuai dengan jenisnya."),
    "objection_ground_missing": _("Keadaan permohonan ini tidak membuka alasan keberatan itu."),
    "objection_needs_request": _("Alasan keberatan ini hanya berlaku untuk suatu permohonan."),
    "ground_missing": _("Pengecualian memerlukan dasar hukum."),
    "ground_fields_missing": _("Undang-undang meminta keterangan lebih lengkap untuk dasar ini."),
    # ours, and others'
    "provider_unavailable": _(
        "Penyedia identitas sedang tidak menjawab. Masuk dengan kata sandi, atau ulangi sebentar lagi."
    ),
    "service_unavailable": _(
        "Sebagian sistem sedang tidak menjawab. Tidak ada yang hilang: ulangi sebentar lagi, dan tidak akan tercatat dua kali."
    ),
    "internal_error": _(
        "Terjadi kesalahan pada sistem, bukan pada Anda. Kesalahan ini sudah tercatat. Yang sudah tersimpan tidak hilang."
    ),
}


def text(code: str) -> str:
    """The sentence of a code."""
    return str(TEXTS.get(code, UNKNOWN))
