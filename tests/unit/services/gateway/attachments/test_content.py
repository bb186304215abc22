import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import Rejected
from contracts.words import FILE_TYPES
from services.gateway.attachments.content import media_type
from services.gateway.attachments.word import MEDIA_TYPE
from tests.suites import uploads
from tests.suites.orders import refusal

EXTERNAL = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="http://contoh.id/x" TargetMode="External"/></Relationships>'
)
HEADS = (b"", b"PK\x03\x04", uploads.word()[:200], b"%PDF-1.7")
TYPES = "[Content_Types].xml"


def found(content):
    return media_type(io.BytesIO(content))


def refused(content):
    return refusal(found, content) == "file_type_not_allowed"


@pytest.mark.parametrize(
    ("content", "type_"),
    [
        (uploads.PDF, "application/pdf"),
        (uploads.image(), "image/jpeg"),
        (uploads.image("PNG"), "image/png"),
        (uploads.word(), MEDIA_TYPE),
    ],
)
def test_four_types_are_taken(content, type_):
    assert found(content) == type_
    assert type_ in FILE_TYPES


@pytest.mark.parametrize(
    "content",
    [
        uploads.zipped({"a.txt": "x"}), uploads.HTML, uploads.PROGRAM, uploads.ELF, b"#!/bin/sh\nrm -rf /\n", b"\0" * 100,
        b"x", uploads.image("GIF"), uploads.image("TIFF"), uploads.image("WEBP"), b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"{\\rtf1}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
    ids=["zip", "HTML", "Windows program", "Linux program", "script", "zeros", "text", "GIF", "TIFF", "WebP", "SVG",
         "RTF", "old Word"],
)  # fmt: skip
def test_nothing_else_is(content):
    assert refused(content)


def test_a_pdf_without_its_end_is_none():
    assert refused(uploads.PDF.replace(b"%%EOF", b""))
    assert refused(b"%PDF-1.7\n" + uploads.HTML)


def test_what_a_program_wrote_behind_a_pdf_does_not_matter():
    assert found(uploads.PDF + bytes(1000)) == "application/pdf"


def with_part(name, content="x"):
    return uploads.word(lambda parts: parts.update({name: content}))


def with_types(old, new):
    def change(parts):
        parts[TYPES] = parts[TYPES].decode().replace(old, new)

    return uploads.word(change)


class TestWord:
    def test_the_order_of_its_parts_does_not_matter(self):
        def turn(parts):
            turned = dict(reversed(parts.items()))
            parts.clear()
            parts.update(turned)

        assert found(uploads.word(turn)) == MEDIA_TYPE

    @pytest.mark.parametrize(
        "name", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "word/activeX/activeX1.xml"]
    )
    def test_one_with_macros_or_controls_is_refused(self, name):
        assert refused(with_part(name))

    @pytest.mark.parametrize(
        "type_",
        [
            "application/vnd.ms-word.document.macroEnabled.main+xml",
            "application/vnd.ms-word.document.macroEnable&#100;.main+xml",
        ],
        ids=["plainly", "written another way"],
    )
    def test_one_that_says_it_has_macros_is_refused(self, type_):
        assert refused(with_types(f"{MEDIA_TYPE}.main+xml", type_))

    def test_macros_by_another_name_are_refused(self):
        override = '<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
        assert refused(with_types("</Types>", override))

    @pytest.mark.parametrize("kind", ["attachedTemplate", "oleObject", "frame", "subDocument"])
    def test_one_that_fetches_something_when_it_is_opened_is_refused(self, kind):
        assert refused(with_part("word/_rels/settings.xml.rels", EXTERNAL.format(kind=kind)))

    def test_a_link_that_somebody_has_to_click_is_none_of_that(self):
        linked = with_part("word/_rels/settings.xml.rels", EXTERNAL.format(kind="hyperlink"))

        assert found(linked) == MEDIA_TYPE

    @pytest.mark.parametrize("name", [TYPES, "word/document.xml"])
    def test_one_without_what_makes_it_a_document_is_refused(self, name):
        assert refused(uploads.word(lambda parts: parts.pop(name)))

    def test_a_spreadsheet_is_refused(self):
        spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        assert refused(with_types(f"{MEDIA_TYPE}.main+xml", spreadsheet))

    def test_one_that_cannot_be_read_is_refused(self):
        whole = uploads.word()

        assert refused(whole[: len(whole) // 2])
        assert refused(with_part("word/_rels/settings.xml.rels", "no XML"))

    def test_one_that_unpacks_to_too_much_is_refused(self):
        assert refused(with_part("word/_rels/settings.xml.rels", " " * 1_000_001))
        many = {f"word/media/{at}": "" for at in range(5_001)}
        assert refused(uploads.word(lambda parts: parts.update(many)))

    def test_entities_that_grow_are_refused(self):
        entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
        bomb = f'<!DOCTYPE t [<!ENTITY e0 "x">{entities}]><t>&e11;</t>'

        assert refused(with_part("word/_rels/settings.xml.rels", bomb))


@given(st.binary(max_size=300))
def test_whatever_comes_is_taken_or_refused(content):
    """And never a fault."""
    for head in HEADS:
        with suppress(Rejected):
            assert found(head + content) in FILE_TYPES
