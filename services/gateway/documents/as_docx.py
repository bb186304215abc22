"""A paper as DOCX, to be edited: the same HTML as the PDF, element by element. An element it does not know is a fault.

Text is set as text: nothing that people typed becomes a field, a link or a formula.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from xml.etree import ElementTree as ET

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

Element = ET.Element
Place = Document | _Cell
FONT = "Arial"
_SPACE = re.compile(r"[ \t\r\n]+")
_INLINE = {"strong", "em", "br", "wbr", "img"}
_SMALLER = 0.82


@dataclass(frozen=True, slots=True)
class Sheet:
    """Size and margins in millimetres, and the size of the letters in points."""

    width: float
    height: float
    side: float
    top: float
    points: float


SHEETS = {"A4": Sheet(210, 297, 23, 15, 10.5), "A5": Sheet(148, 210, 12, 10, 8.5)}
# The widths of a table's columns, as parts of the whole.
COLUMNS: Mapping[str, tuple[float, ...]] = {
    "refs": (0.16, 0.03, 0.81),
    "facts": (0.32, 0.035, 0.645),
    "items": (0.05, 0.33, 0.62),
    "track": (0.28, 0.72),
    "grid": (0.3, 0.7),
    "signatures": (0.5, 0.5),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks where it stands."""

    points: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH | None = None
    indent: float = 0.0
    hanging: float = 0.0
    after: float = 4.0


def write(html: str) -> bytes:
    """The document."""
    root = ET.fromstring(html)  # noqa: S314  # our own templates; what people typed is escaped in them
    body = _child(root, "body")
    sheet = SHEETS[body.get("class", "A4")]
    document = _blank(sheet, "".join(_child(root, "head/title").itertext()), root.get("lang", "id"))
    _flow(body, document, Look(sheet.points))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _child(element: Element, path: str) -> Element:
    found = element.find(path)
    if found is None:
        raise LookupError(path)
    return found


def _blank(sheet: Sheet, title: str, lang: str) -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.left_margin = section.right_margin = Mm(sheet.side)
    section.top_margin = section.bottom_margin = Mm(sheet.top)
    document.styles["Normal"].font.name = FONT
    document.core_properties.title = title[:255]
    document.core_properties.language = lang
    document.core_properties.author = ""
    return document


def _flow(element: Element, place: Place, look: Look) -> None:
    """What stands in an element: text and inline elements run on in one paragraph until a block begins."""
    open_: Paragraph | None = None
    for part in _parts(element):
        if isinstance(part, Element) and part.tag not in _INLINE:
            _BLOCKS[part.tag](part, place, look)
            open_ = None
        elif open_ or not _is_blank(part):
            open_ = open_ or _paragraph(place, look)
            _run(part, open_, look)


def _parts(element: Element) -> Iterator[Element | str]:
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def _is_blank(part: Element | str) -> bool:
    return isinstance(part, str) and not part.strip()


def _paragraph(place: Place, look: Look) -> Paragraph:
    """A new paragraph; a cell has one to begin with."""
    fresh = isinstance(place, _Cell) and len(place.paragraphs) == 1 and not place.tables
    found = place.paragraphs[0] if fresh and not place.paragraphs[0].runs else place.add_paragraph()
    style = found.paragraph_format
    style.space_before, style.space_after = Pt(0), Pt(look.after)
    style.left_indent, style.first_line_indent = Mm(look.indent), Mm(-look.hanging)
    found.alignment = look.align
    return found


def _run(part: Element | str, paragraph: Paragraph, look: Look) -> None:
    if isinstance(part, str):
        text = _SPACE.sub(" ", part)
        run = paragraph.add_run(text.lstrip() if _at_start(paragraph) else text)
        run.bold, run.italic, run.font.size = (
            look.bold or None,
            look.italic or None,
            Pt(look.points),
        )
    elif part.tag == "br":
        paragraph.add_run().add_break()
    elif part.tag == "img":
        picture = b64decode(part.get("src", "").partition(",")[2])
        paragraph.add_run().add_picture(BytesIO(picture), width=Mm(27))
    elif part.tag != "wbr":  # Word breaks endless words by itself
        marked = replace(look, bold=True) if part.tag == "strong" else replace(look, italic=True)
        for each in _parts(part):
            _run(each, paragraph, marked)


def _at_start(paragraph: Paragraph) -> bool:
    return not paragraph.runs or paragraph.text.endswith("\n")


def _text(element: Element, place: Place, look: Look) -> None:
    style = element.get("class", "")
    if style == "room":
        _paragraph(place, replace(look, after=34)).add_run("")
        return
    align = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}
    small = look.points * _SMALLER if style == "small" else look.points
    indent = look.indent + (6 if style == "indented" else 0)
    _flow(
        element,
        place,
        replace(look, points=small, indent=indent, align=align.get(style, look.align)),
    )


def _heading(element: Element, place: Place, look: Look) -> None:
    main = element.tag == "h1"
    align = WD_ALIGN_PARAGRAPH.CENTER if main else look.align
    if main:
        for part in element.iter():
            part.text, part.tail = (part.text or "").upper(), (part.tail or "").upper()
    _flow(element, place, replace(look, bold=True, align=align))


def _group(element: Element, place: Place, look: Look) -> None:
    _flow(element, place, replace(look, after=1))


def _head(element: Element, place: Place, look: Look) -> None:
    """The letterhead, with a line under it."""
    _flow(element, place, replace(look, align=WD_ALIGN_PARAGRAPH.CENTER, after=0))
    last = place.paragraphs[-1]
    last.paragraph_format.space_after = Pt(8)
    border, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in {"val": "double", "sz": "6", "space": "4", "color": "000000"}.items():
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    last._p.get_or_add_pPr().append(border)  # noqa: SLF001  # python-docx has no borders of paragraphs


def _list(element: Element, place: Place, look: Look) -> None:
    hung = replace(look, indent=look.indent + 5, hanging=5, after=1)
    for number, each in enumerate(element, start=1):
        mark = f"{number}." if element.tag == "ol" else "\u2013"
        paragraph = _paragraph(place, hung)
        _run(f"{mark} {each.text or ''}", paragraph, hung)
        for child in each:
            _run(child, paragraph, hung)
            if child.tail:
                _run(child.tail, paragraph, hung)


def _table(element: Element, place: Place, look: Look) -> None:
    kind = element.get("class", "facts")
    rows = list(element)
    if not rows:
        return
    parts = COLUMNS[kind]
    table = place.add_table(len(rows), len(parts))
    table.autofit = False
    if kind == "grid":
        table.style = "Table Grid"
    whole = _width(place)
    for column, share in zip(table.columns, parts, strict=True):
        column.width = Length(int(whole * share))
    inside = replace(look, after=1)
    if kind == "signatures":
        inside = replace(look, align=WD_ALIGN_PARAGRAPH.CENTER, after=0)
    for at, row in enumerate(rows):
        last = replace(inside, after=6) if at == len(rows) - 1 else inside
        for cell, share, told in zip(table.rows[at].cells, parts, row, strict=True):
            cell.width = Length(int(whole * share))
            _flow(told, cell, last)


def _width(place: Place) -> int:
    if isinstance(place, _Cell):
        return int(place.width or 0)
    section = place.sections[0]
    return int(section.page_width or 0) - int(section.left_margin or 0) * 2


_BLOCKS: Mapping[str, Callable[[Element, Place, Look], None]] = {
    "header": _head,
    "div": _group,
    "p": _text,
    "h1": _heading,
    "h2": _heading,
    "ol": _list,
    "ul": _list,
    "table": _table,
}
