"""What is wrong with a field, in the reader's words. The schemas say it in English, for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from services.gateway import refusal_texts

Complaints = dict[str, Any]
ANY_FIELD = "invalid_fields"


class InWords(str):
    """A sentence that is the reader's already."""

    __slots__ = ()


def complaints(errors: Mapping[str, Any], code: str = ANY_FIELD) -> Complaints:
    """One sentence for each field; parts and lines keep their own. `code` says why an order was refused."""
    return {str(name): _of(wrong, code) for name, wrong in errors.items()}


def _of(wrong: Any, code: str) -> Any:
    if not isinstance(wrong, Mapping):
        first = wrong[0] if isinstance(wrong, list) and wrong else wrong
        return str(first) if isinstance(first, InWords) else in_words(str(first), code)
    if all(isinstance(name, int) for name in wrong):  # lines of a list: the first that is wrong
        return _of(next(iter(wrong.values())), code)
    return complaints(wrong, code)


def in_words(message: str, code: str = ANY_FIELD) -> str:
    """A message for people; what a service says of a field of its own is said by the code of its refusal.

    One that is not known is better shown as it is than not at all.
    """
    for pattern, say in _SAID:
        found = re.fullmatch(pattern, message)
        if found:
            return str(say(*found.groups()))
    return message if code == ANY_FIELD else refusal_texts.text(code)


def listed(wrong: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    """Every complaint with the name of its field in the form, for the summary."""
    for name, sentence in wrong.items():
        if isinstance(sentence, Mapping):
            yield from listed(sentence, f"{within}{name}.")
        else:
            yield f"{within}{name}", sentence


_SAID: tuple[tuple[str, Any], ...] = (
    ("Missing data for required field\\.", lambda: _("Isi bagian ini.")),
    ("Field may not be null\\.", lambda: _("Isi bagian ini.")),
    ("Unknown field\\.", lambda: _("Bagian ini tidak dikenal.")),
    (
        "Length must be between [0-9]+ and ([0-9]+)\\.",
        lambda most: _("Paling banyak %(most)s huruf.", most=most),
    ),
    (
        "Longer than maximum length ([0-9]+)\\.",
        lambda most: _("Paling banyak %(most)s isian.", most=most),
    ),
    ("Must be one of: .*", lambda: _("Pilih salah satu dari daftar.")),
    ("Not a valid choice\\.", lambda: _("Pilih salah satu dari daftar.")),
    ("Not a valid date\\.", lambda: _("Tulis tanggal seperti 2026-08-12.")),
    ("Not a valid datetime\\.|Not a valid aware datetime\\.", lambda: _("Tulis tanggal dan jam, seperti 2026-08-12 09.10.")),
    ("Not a valid integer\\.", lambda: _("Tulis angka bulat.")),
    ("Not a valid boolean\\.", lambda: _("Pilih ya atau tidak.")),
    ("Not a valid string\\.", lambda: _("Tulis teks.")),
    ("Not a valid list\\.", lambda: _("Tulis satu isian per baris.")),
    (
        "Must be greater than or equal to ([0-9]+)(?: and less than or equal to ([0-9]+))?\\.",
        lambda least, _most: _("Tulis angka mulai %(least)s.", least=least),
    ),
    ("Names something twice\\.", lambda: _("Ada isian yang sama dua kali.")),
    ("Contains a character that cannot be stored\\.", lambda: _("Ada huruf yang tidak dapat disimpan.")),
    ("Only an exemption has grounds\\.", lambda: _("Dasar hanya untuk informasi yang dikecualikan.")),
    ("Name at least one (?:paper|day)\\.", lambda: _("Sebutkan paling sedikit satu.")),
    ("([-0-9]{10}) was declared by (.*)\\.", lambda day, decree: _("%(day)s sudah libur menurut %(decree)s.", day=day, decree=decree)),
    ("([-0-9]{10}) is named twice\\.", lambda day: _("%(day)s disebut dua kali.", day=day)),
    ("Missing\\.", lambda: _("Isi bagian ini.")),
    ("Name statute and article\\.", lambda: _("Sebutkan undang-undang dan pasalnya.")),
    ("Ends before it begins\\.", lambda: _("Berakhir sebelum mulai.")),
    ("(17[a-j]) is never permanent\\.", lambda ground: _("Pengecualian menurut Pasal %(ground)s harus berakhir.", ground=ground)),
    ("(17[a-j]) lasts ([0-9]+) years at most\\.", lambda ground, years: _("Pengecualian menurut Pasal %(ground)s paling lama %(years)s tahun.", ground=ground, years=years)),
    ("Not in force: (.*)\\.", lambda grounds: _("Tidak berlaku: %(grounds)s.", grounds=grounds)),
    ("Missing or wrong\\.", lambda: _("Belum diisi, atau bukan nilai yang berlaku di sini.")),
    ("Longer than ([0-9]+) characters\\.", lambda most: _("Paling banyak %(most)s huruf.", most=most)),
    ("Braces stand only around a placeholder\\.", lambda: _("Kurung kurawal hanya dipakai untuk tanda isian dari daftar, seperti {day}.")),
    ("No such placeholder: (.*)\\.", lambda name: _("Surat ini tidak punya tanda isian %(name)s.", name=name)),
    ("Has to name (.*)\\.", lambda name: _("Harus memuat tanda isian %(name)s.", name=name)),
    ("Only a translation of the Indonesian text\\.", lambda: _("Isi dahulu bagian bahasa Indonesianya.")),
    ("Empty: leave it out\\.", lambda: _("Kosongkan saja bila tidak dipakai.")),
    ("Nothing is counted by it\\.", lambda: _("Tidak ada yang dihitung menurut ini.")),
    ("Not a valid mapping( type)?\\.", lambda *_parts: _('Tulis objek JSON, seperti {"id": "...", "en": "..."}.')),
    ("String does not match expected pattern\\.", lambda: _("Tulis jam seperti 07:30.")),
    ("Nothing would be in force from ([-0-9]{10}) to ([-0-9]{10})\\.", lambda first, last: _("Tidak akan ada yang berlaku dari %(first)s sampai %(last)s.", first=first, last=last)),
    ("Nothing would be in force from ([-0-9]{10}) on\\.", lambda first: _("Tidak akan ada yang berlaku mulai %(first)s.", first=first)),
    ("Is before ([-0-9]{10})\\.", lambda first: _("Lebih awal daripada %(first)s.", first=first)),
    ("(.*) is not in force on ([-0-9]{10})\\.", lambda what, first: _("%(what)s tidak berlaku pada %(first)s.", what=what, first=first)),
    ("No day\\.", lambda: _("Berkas ini tidak menyebut satu hari pun.")),
    ("One too many\\.", lambda: _("Terlalu banyak baris.")),
    ("The first line names .*", lambda: _("Baris pertama harus berisi date, kind, day_name, dan boleh estimated.")),
    ("A range has from, to, kind and day_name\\.", lambda: _("Rentang perlu awal, akhir, jenis dan nama hari.")),
    ("Missing\\.", lambda: _("Isi bagian ini.")),
    ("Not in force\\.", lambda: _("Tidak berlaku menurut aturan sekarang.")),
    ("That day has passed\\.", lambda: _("Hari itu sudah lewat.")),
    ("In the future\\.", lambda: _("Hari itu belum tiba.")),
    ("Only where (?:it is|something was) granted\\.", lambda: _("Hanya diisi bila dikabulkan.")),
    ("Must be true when available\\.", lambda: _("Harus ya bila tersedia.")),
    ("Name the entry of the public list, .*", lambda: _("Sebutkan entri daftar informasi publik, atau bentuk yang dikuasai.")),
    ("Who asked is who objects\\.", lambda: _("Yang berkeberatan harus pemohonnya sendiri.")),
    ("Without a request, say who objects\\.", lambda: _("Tanpa permohonan, sebutkan siapa yang berkeberatan.")),
    ("Ends before it begins, or is too long\\.", lambda: _("Berakhir sebelum mulai, atau terlalu panjang.")),
)  # fmt: skip
