"""The pages of the letters' wording: what is in force since when and by whom, and no version before it was seen as a letter."""

import html
import re
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from contracts import wording
from contracts.roles import AUDITOR, DESK
from services.gateway.documents.kinds import KINDS
from services.gateway.labels.wordings import FIXED, PLACES

LIST = "/settings/letters/templates"
NOTIFICATION = f"{LIST}/notification"
WRITE = f"{NOTIFICATION}/write"
NEW = {
    "opening_id": "Menjawab permohonan {register_number} tanggal {received_on} tentang:",
    "opening_en": "Answering request {register_number} of {received_on} for:",
    "body_id": "Loket buka pukul 09.00.\n\nBawalah surat ini.",
    "body_en": "The counter opens at 9.\n\nBring this letter.",
    "closing_id": "Hormat kami, {office}.",
    "legal_basis": "SK 12/2027",
    "valid_from": "2027-01-04",
}


def enacted(reader, path=WRITE, **changed):
    page = reader.post(path, **{**NEW, **changed})
    done = reader.press(page, path, confirm="yes")
    assert done.status_code == 302, done.text
    return done


def complaint_at(page, name):
    found = re.search(rf'id="field-{name}-error">.*?</span>(.*?)</p>', page.text, re.DOTALL)
    return html.unescape(found[1].strip()) if found else ""


class TestTheList:
    def test_it_names_every_paper_with_its_first_day_and_legal_basis(self, reader):
        page = reader.get(LIST).text

        assert [kind.key for kind in KINDS.values() if f"{LIST}/{kind.key}" not in page] == []
        assert page.count("Redaksi awal; perlu diperiksa kantor") == len(KINDS)

    def test_what_comes_next_is_told(self, reader):
        enacted(reader)

        assert "mulai 4 Jan" in reader.get(LIST).text

    def test_the_desk_may_read_it_and_is_offered_no_pen(self, reader):
        reader.role = DESK

        assert "Pemberitahuan tertulis" in reader.get(LIST).text
        assert WRITE not in reader.get(NOTIFICATION).text
        assert reader.get(WRITE).status_code == 403


class TestOnePaper:
    def test_it_shows_the_wording_in_force_and_what_is_fixed(self, reader):
        page = reader.get(NOTIFICATION).text

        assert "Berdasarkan permohonan informasi yang kami terima pada {received_on}" in page
        assert "Ketujuh butir UU 14/2008 Pasal 22 ayat (7)" in page
        assert "redaksi awal sistem" in page

    def test_a_new_version_is_named_with_its_day_basis_and_writer(self, reader):
        enacted(reader)
        page = reader.get(NOTIFICATION).text

        assert "Akan berlaku" in page
        assert "SK 12/2027" in page
        assert "Administrator (ani)" in page
        assert "Hormat kami, {office}." in page

    def test_what_was_replaced_before_it_began_stays_to_be_seen(self, reader):
        enacted(reader)
        enacted(reader, closing_id="Salam.", legal_basis="SK 13/2027")
        page = reader.get(NOTIFICATION).text

        assert "Digantikan" in page
        assert "Hormat kami, {office}." in page
        assert "Salam." in page

    def test_what_is_no_paper_is_not_found(self, reader):
        assert reader.get(f"{LIST}/made_up").status_code == 404
        assert reader.get(f"{LIST}/made_up/write").status_code == 404

    @pytest.mark.parametrize("kind", wording.PAPERS)
    def test_each_paper_has_a_page_and_a_form(self, reader, kind):
        assert reader.get(f"{LIST}/{kind}").status_code == 200
        assert reader.get(f"{LIST}/{kind}/write").status_code == 200

    def test_the_page_of_the_rules_leads_here(self, reader):
        answer = reader.get("/settings/rules/wording/notification/enact")

        assert answer.headers["Location"] == WRITE


class TestWriting:
    def test_the_form_starts_with_the_wording_in_force(self, reader):
        assert "Berdasarkan permohonan informasi" in reader.get(WRITE).text

    def test_it_is_read_in_the_sample_case_first_and_nothing_is_recorded(self, reader, lines):
        page = reader.post(WRITE, **NEW)

        assert (
            "Menjawab permohonan 0000/PPID-CONTOH/2027 tanggal 4 Januari 2027 tentang:" in page.text
        )
        assert "of January 4, 2027" in page.text or "of 4 January 2027" in page.text
        assert lines.given == []

    def test_the_second_press_records_it_from_its_day_on(self, reader, lines):
        done = enacted(reader)

        assert done.headers["Location"] == NOTIFICATION
        now = [
            each
            for each in lines.query.rules("wording", "2027-01-04")
            if each["key"] == "notification"
        ]
        assert now[0]["value"]["closing_id"] == "Hormat kami, {office}."
        assert now[0]["value"]["closing_en"] is None
        before = [
            each
            for each in lines.query.rules("wording", "2027-01-03")
            if each["key"] == "notification"
        ]
        assert before[0]["valid_to"] == "2027-01-03"

    def test_the_preview_is_a_pdf_that_says_that_it_is_one(self, reader, lines):
        page = reader.post(WRITE, **NEW)
        answer = reader.press(page, WRITE, confirm="id.pdf")
        text = " ".join(each.extract_text() for each in PdfReader(BytesIO(answer.data)).pages)

        assert answer.content_type == "application/pdf"
        assert "PRATINJAU" in text
        assert "Loket buka pukul 09.00." in text
        assert lines.given == []

    def test_the_preview_is_also_a_docx_in_english(self, reader):
        page = reader.post(WRITE, **NEW)
        answer = reader.press(page, WRITE, confirm="en.docx")
        written = [each.text for each in docx.Document(BytesIO(answer.data)).paragraphs]

        assert written[0].startswith("PREVIEW")
        assert "The counter opens at 9." in written
        assert "Bring this letter." in written

    def test_changing_it_brings_back_what_was_typed(self, reader):
        page = reader.press(reader.post(WRITE, **NEW), WRITE, confirm="change")

        assert "Hormat kami, {office}." in page.text


class TestRefused:
    @pytest.mark.parametrize(
        ("wrong", "at", "said"),
        [
            ({"body_id": "Halo {nik}"}, "body_id", "Surat ini tidak punya tanda isian {nik}."),
            ({"body_id": "Halo {{ 7*7 }}"}, "body_id", "Kurung kurawal hanya dipakai"),
            ({"body_id": "Halo {day"}, "body_id", "Kurung kurawal hanya dipakai"),
            ({"body_en": "x" * 2001}, "body_en", "Paling banyak 2000 huruf."),
            ({"opening_id": "Tentang {received_on}:"}, "opening_id", "Harus memuat tanda isian {register_number}."),
            ({"opening_en": ""}, "opening_en", "Isi bagian ini."),
            ({"body_en": ""}, "body_en", "Isi bagian ini."),
            ({"closing_id": "", "closing_en": "Yours"}, "closing_en", "Isi dahulu bagian bahasa Indonesianya."),
            ({"body_id": "Halo \u202e"}, "body_id", "Ada huruf yang tidak dapat disimpan."),
            ({"legal_basis": ""}, "legal_basis", "Isi bagian ini."),
            ({"valid_to": "2027-01-01"}, "valid_to", "Lebih awal daripada"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_at_its_field(self, reader, lines, wrong, at, said):
        page = reader.post(WRITE, **{**NEW, **wrong})

        assert page.status_code == 422
        assert complaint_at(page, at).startswith(said)
        assert "Hormat kami" in page.text or "closing_id" in wrong
        assert lines.given == []

    def test_what_cannot_be_printed_has_no_preview_file(self, reader):
        kept = reader.post(WRITE, **NEW)
        answer = reader.press(kept, WRITE, confirm="id.pdf", body_id="Halo {nik}")

        assert answer.status_code == 422
        assert complaint_at(answer, "body_id") == "Surat ini tidak punya tanda isian {nik}."

    def test_readers_record_nothing(self, reader, lines):
        reader.role = AUDITOR

        assert reader.client.post(WRITE, data={**NEW, "confirm": "yes"}).status_code == 403
        assert lines.given == []


def test_what_is_typed_is_text_on_the_page_too(reader):
    page = reader.post(WRITE, **{**NEW, "body_id": "<script>alert(1)</script>"})

    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_every_placeholder_and_every_fixed_part_has_words():
    assert {name for kind in wording.PAPERS for name in wording.places(kind)} == set(PLACES)
    assert set(FIXED) == set(wording.PAPERS) == {kind.key for kind in KINDS.values()}
