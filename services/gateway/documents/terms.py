"""The closed lists' words as papers write them, in both languages. What a rule words (grounds, reasons) is not here."""

from __future__ import annotations

from collections.abc import Mapping

TERMS: Mapping[str, Mapping[str, str]] = {
    "channel.walk_in": {"id": "datang langsung", "en": "in person"},
    "channel.letter": {"id": "surat", "en": "letter"},
    "channel.email": {"id": "surat elektronik", "en": "e-mail"},
    "channel.phone": {"id": "telepon", "en": "telephone"},
    "channel.fax": {"id": "faksimile", "en": "fax"},
    "channel.web": {"id": "laman", "en": "web site"},
    "category.individual": {"id": "perorangan", "en": "individual"},
    "category.group": {"id": "kelompok orang", "en": "group of persons"},
    "category.legal_entity": {"id": "badan hukum", "en": "legal entity"},
    "paper.identity_card": {"id": "kartu identitas", "en": "identity card"},
    "paper.notarial_deed": {"id": "akta notaris", "en": "notarial deed"},
    "paper.entity_approval": {
        "id": "dokumen pengesahan badan hukum",
        "en": "approval of the legal entity",
    },
    "paper.power_of_attorney": {"id": "surat kuasa khusus", "en": "special power of attorney"},
    "obtain.inspect": {
        "id": "melihat, membaca, mendengarkan atau mencatat",
        "en": "to see, read, hear or note down",
    },
    "obtain.copy": {"id": "mendapatkan salinan", "en": "to get a copy"},
    "form.softcopy": {"id": "salinan elektronik (softcopy)", "en": "electronic copy (softcopy)"},
    "form.hardcopy": {"id": "salinan tertulis (hardcopy)", "en": "written copy (hardcopy)"},
    "medium.pickup": {"id": "diambil langsung", "en": "picked up"},
    "medium.counter": {"id": "diserahkan langsung di desk layanan", "en": "at the counter"},
    "medium.courier": {"id": "kurir", "en": "courier"},
    "medium.post": {"id": "pos", "en": "post"},
    "medium.email": {"id": "surat elektronik", "en": "e-mail"},
    "medium.fax": {"id": "faksimile", "en": "fax"},
    "outcome.full": {"id": "Permohonan dikabulkan seluruhnya", "en": "Granted in full"},
    "outcome.partial": {"id": "Permohonan dikabulkan sebagian", "en": "Granted in part"},
    "outcome.refused": {"id": "Permohonan ditolak", "en": "Refused"},
    "outcome.not_held": {
        "id": "Informasi tidak berada di bawah penguasaan kami",
        "en": "The information is not held by this office",
    },
    "outcome.not_documented": {
        "id": "Informasi belum didokumentasikan",
        "en": "The information is not documented yet",
    },
    "cause.coordinate": {
        "id": "informasi tidak dapat diberikan langsung dan memerlukan koordinasi",
        "en": "the information cannot be given at once and needs coordination",
    },
    "cause.exempt": {
        "id": "informasi diduga termasuk informasi yang dikecualikan",
        "en": "the information may be exempt",
    },
    "receiver.applicant": {"id": "pemohon", "en": "the applicant"},
    "receiver.proxy": {"id": "kuasa pemohon", "en": "the applicant's proxy"},
    "receiver.carrier": {"id": "pengantar", "en": "the carrier"},
    "ineligible.not_indonesian": {
        "id": "bukan warga negara Indonesia atau badan hukum Indonesia",
        "en": "neither an Indonesian citizen nor an Indonesian legal entity",
    },
    "result.upheld": {
        "id": "MENOLAK keberatan dan menguatkan keputusan PPID",
        "en": "REJECTS the objection and upholds the decision of the PPID",
    },
    "result.granted": {
        "id": "MENGABULKAN keberatan seluruhnya",
        "en": "GRANTS the objection in full",
    },
    "result.granted_partly": {
        "id": "MENGABULKAN keberatan sebagian",
        "en": "GRANTS the objection in part",
    },
}
