"""Papers as files: what stands in the PDF and the DOCX, what does not get in, and how they are built."""

import base64
import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
import segno
from pypdf import PdfReader

from services.gateway.documents import as_docx, as_pdf, drawing
from services.gateway.documents.content import content_of
from services.gateway.documents.kinds import KINDS
from services.gateway.rpc import Unavailable
from tests.suites.papers import (
    ARRIVED,
    OBJECTION,
    PARTIAL,
    SECRET,
    STATUS_PAGE,
    content,
    every_paper,
    history,
    with_letters,
)

A4, A5 = (595, 842), (420, 595)
PICTURE = base64.b64encode(segno.make("x").png_data_uri(scale=4).encode()).decode()


def html_of(kind, given):
    return drawing.html_of(content_of(KINDS[kind], given), given.on)


@pytest.fixture(scope="module")
def pages():
    """The HTML of each kind of paper."""
    return {kind: html_of(kind, given) for kind, given in every_paper().items()}


@pytest.fixture(scope="module")
def pdfs(pages):
    """Each kind of paper, drawn once."""
    return {kind: PdfReader(BytesIO(as_pdf.draw(html))) for kind, html in pages.items()}


@pytest.fixture(scope="module")
def docxs(pages):
    return {kind: docx.Document(BytesIO(as_docx.write(html))) for kind, html in pages.items()}


def text_of(pdf):
    return plain(" ".join(page.extract_text() for page in pdf.pages))


def text_in(document):
    """Everything that stands in a DOCX, in its order."""
    return plain(
        " ".join(each.text or "" for each in document.element.body.iter() if is_text(each))
    )


def is_text(element):
    return element.tag.endswith("}t")


def plain(text):
    """Without what differs between forms: where lines break, and the signs before the items of a list."""
    return re.sub(r"[\s\u2022\u2013\u00ad-]+", "", text)


def sentences(html):
    """The text between the tags of a page's body."""
    body = html[html.index("<body") :]
    found = (
        re.sub("<[^>]+>", "", each)
        for each in re.findall(r"<p[^>]*>.*?</p>|<t[dh][^>]*>[^<]*", body, re.DOTALL)
    )
    unescaped = (each.replace("&#34;", '"').replace("&amp;", "&") for each in found)
    return [plain(each) for each in unescaped if plain(each)]


@pytest.mark.parametrize("kind", KINDS)
class TestEachPaper:
    def test_every_sentence_stands_in_the_pdf(self, kind, pages, pdfs):
        drawn = text_of(pdfs[kind])

        assert [each for each in sentences(pages[kind]) if each not in drawn] == []

    def test_every_sentence_stands_in_the_docx(self, kind, pages, docxs):
        written = text_in(docxs[kind]).lower()

        assert [each for each in sentences(pages[kind]) if each.lower() not in written] == []

    def test_it_has_its_size(self, kind, pdfs):
        wanted = {"A4": A4, "A5": A5}[KINDS[kind].size]

        assert {tuple(map(round, page.mediabox[2:])) for page in pdfs[kind].pages} == {wanted}

    def test_it_can_be_read_aloud(self, kind, pdfs):
        root = pdfs[kind].trailer["/Root"]

        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "id"
        assert "/StructTreeRoot" in root
        assert pdfs[kind].metadata.title.startswith(KINDS[kind].id)

    def test_an_ordinary_one_fits_one_page(self, kind, pdfs):
        assert len(pdfs[kind].pages) == 1

    def test_in_english_it_is_drawn_too(self, kind):
        html = html_of(kind, every_paper("en")[kind])

        assert '<html lang="en">' in html
        assert text_in(docx.Document(BytesIO(as_docx.write(html))))

    def test_the_signature_has_an_office_and_room_for_a_name(self, kind, pdfs):
        assert "(......" in text_of(pdfs[kind])


def test_a_name_a_rank_and_a_number_stand_under_the_signature():
    signer = {"title": "Kepala Subbagian", "name": "Contoh, S.H.", "rank": "Pembina", "nip": "1980"}
    said = content("receipt", history(*ARRIVED), rules=with_letters(signers={"desk": signer}))
    drawn = text_of(PdfReader(BytesIO(as_pdf.draw(drawing.html_of(said, date(2026, 8, 12))))))

    assert "KepalaSubbagian," in drawn
    assert "Contoh,S.H.PembinaNIP.1980" in drawn


class TestQr:
    def test_it_leads_to_the_status_page_with_the_number_and_without_the_secret(self, pages):
        number = "0001/PPID-KPU-DKI/VIII/2026"
        expected = BytesIO()
        segno.make(f"{STATUS_PAGE}?number={number}", error="m").save(
            expected, kind="png", scale=8, border=2
        )

        assert base64.b64encode(expected.getvalue()).decode() in pages["receipt"]

    def test_the_secret_is_printed_as_text(self, pdfs):
        assert plain(SECRET) in text_of(pdfs["receipt"])


HOSTILE = {
    "a script": "<script>app.alert(1)</script>",
    "a picture of a file": '<img src="file:///etc/passwd"/>',
    "a style": "</p><style>*{display:none}</style>",
    "a template": "{{ ''.__class__.__mro__ }}{% for x in y %}",
    "a formula": '=HYPERLINK("http://contoh.invalid","klik")',
    "a field": '{ INCLUDETEXT "/etc/passwd" }',
    "an entity": "&lt;b&gt;&amp;&#x202e;&nbsp;",
    "another script": "مرحبا שלום مرحبا",
}


def hostile(value, text):
    """The same content with the text in every place that people fill in."""
    return {
        **value,
        "request": {**value["request"], "information": text, "purpose": text},
        "applicant": dict.fromkeys(value["applicant"], text),
        **dict.fromkeys(("material", "reasons", "consequence", "public_interest", "referral", "statute"), text),
        "blackened": [text, text],
        "head": dict.fromkeys(value["head"], text),
        "copies": [text],
    }  # fmt: skip


@pytest.fixture(scope="module")
def notified():
    events = history(
        *ARRIVED,
        "Escalated",
        ("Decided", PARTIAL),
        ("ApplicantNotified", {"outcome": "partial", "grounds": ["17h"]}),
    )
    return content("notification", events)


@pytest.fixture(scope="module")
def typed(notified):
    """A letter in which everything that people type is hostile."""
    return drawing.html_of(hostile(notified, " ".join(HOSTILE.values())), date(2026, 8, 20))


@pytest.fixture(scope="module")
def drawn(typed):
    return PdfReader(BytesIO(as_pdf.draw(typed)))


@pytest.fixture(scope="module")
def written(typed):
    return as_docx.write(typed)


class TestWhatPeopleTyped:
    @pytest.mark.parametrize("what", [name for name in HOSTILE if name != "another script"])
    def test_it_stands_in_the_pdf_as_it_was_typed(self, what, drawn):
        assert plain(HOSTILE[what]) in text_of(drawn)

    @pytest.mark.parametrize("what", HOSTILE)
    def test_it_stands_in_the_docx_as_it_was_typed(self, what, written):
        assert plain(HOSTILE[what]) in text_in(docx.Document(BytesIO(written)))

    def test_it_becomes_no_script_link_file_or_picture_of_the_pdf(self, drawn):
        root = drawn.trailer["/Root"]

        assert {"/OpenAction", "/AA", "/AcroForm"}.isdisjoint(root)
        assert {"/JavaScript", "/EmbeddedFiles"}.isdisjoint(root.get("/Names", {}))
        assert [page.get("/Annots") for page in drawn.pages if page.get("/Annots")] == []
        assert [image for page in drawn.pages for image in page.images] == []

    def test_it_becomes_no_field_link_or_relation_of_the_docx(self, written):
        with ZipFile(BytesIO(written)) as parts:
            body = parts.read("word/document.xml").decode()
            relations = parts.read("word/_rels/document.xml.rels").decode()

        assert {"w:fldSimple", "w:instrText", "w:hyperlink"}.isdisjoint(
            re.findall(r"<([\w:]+)", body)
        )
        assert "External" not in relations

    def test_ten_thousand_characters_flow_over_pages(self, notified):
        long = "Permohonan " * 900 + "x" * 100
        said = {**notified, "request": {**notified["request"], "information": long}}
        html = drawing.html_of(said, date(2026, 8, 20))
        drawn = PdfReader(BytesIO(as_pdf.draw(html)))

        assert len(drawn.pages) > 1
        assert text_of(drawn).count("Permohonan") >= 900
        assert plain(long) in text_in(docx.Document(BytesIO(as_docx.write(html))))

    def test_a_word_without_end_stays_on_the_paper(self, notified):
        said = {**notified, "material": "x" * 10_000}
        drawn = PdfReader(BytesIO(as_pdf.draw(drawing.html_of(said, date(2026, 8, 20)))))

        assert text_of(drawn).count("x") >= 10_000

    def test_what_no_file_can_carry_is_shown_as_such(self):
        said = content(
            "receipt",
            history(*ARRIVED, subject=OBJECTION.replace("objection", "request")),
            person={"name": "a\uffffb"},
        )

        assert said["applicant"]["name"] == "a\ufffdb"


class TestReach:
    def picture(self, address):
        return f'<html lang="id"><head><title>t</title></head><body><img src="{address}" alt="x"/></body></html>'

    def images(self, address):
        drawn = PdfReader(BytesIO(as_pdf.draw(self.picture(address))))
        return [image.name for page in drawn.pages for image in page.images]

    def test_a_picture_in_the_document_is_drawn(self):
        assert self.images(segno.make("x").png_data_uri(scale=4))

    def test_a_picture_in_a_file_is_not(self, tmp_path):
        path = tmp_path / "x.png"
        segno.make("x").save(str(path))

        assert self.images(path.as_uri()) == []

    def test_a_picture_somewhere_else_is_not(self):
        assert self.images("http://127.0.0.1:1/x.png") == []


def test_who_waits_too_long_for_a_paper_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr(as_pdf, "WAIT_SECONDS", 0)

    with as_pdf._turn, pytest.raises(Unavailable):
        as_pdf.draw("<html/>")


class TestVersions:
    def test_a_template_is_the_one_of_the_day(self, monkeypatch):
        monkeypatch.setattr(drawing, "VERSIONS", {"receipt": ((date(2027, 1, 4), 2),)})

        assert [
            drawing.version("receipt", day) for day in (date(2027, 1, 3), date(2027, 1, 4))
        ] == [1, 2]
        assert drawing.version("lapse", date(2028, 1, 1)) == 1

    def test_an_element_that_the_docx_does_not_know_is_a_fault(self):
        with pytest.raises(KeyError, match="marquee"):
            as_docx.write("<html><head><title/></head><body><marquee/></body></html>")
