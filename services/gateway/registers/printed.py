"""A book on paper, as PDF: the columns of the standard form on A4 across.

Drawn a few lines at a time, so that receipts get their turn between, and so that memory does not grow with the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from flask import Response, send_file
from markupsafe import Markup
from pypdf import PdfWriter

from contracts.errors import Rejected
from services.gateway.documents import as_pdf
from services.gateway.documents.drawing import lines_of
from services.gateway.documents.writing import printable
from services.gateway.registers.columns import Column, Line, text

MEDIA_TYPE = "application/pdf"
AT_ONCE = 40
MOST = 1000  # some twenty seconds of drawing; more is taken along as a spreadsheet
_STYLE = """
@page { size: A4 landscape; margin: 10mm 9mm 12mm }
html { font: 6.5pt/1.2 "Liberation Sans", "DejaVu Sans", sans-serif }
body { margin: 0; overflow-wrap: break-word }
h1 { font-size: 10pt; margin: 0 0 4pt }
table { border-collapse: collapse; table-layout: fixed; width: 100% }
th, td { box-sizing: border-box; border: .5pt solid #000; padding: 1.5pt 2pt; text-align: left; vertical-align: top }
th { font-weight: bold; background: #e7ecef }
tr { break-inside: avoid }
"""


def sent(name: str, title: str, columns: Sequence[Column], lines: Iterable[Line]) -> Response:
    """A book as a file to print. Raises Rejected for one that is too long to be drawn."""
    with ExitStack() as failing:
        file = failing.enter_context(TemporaryFile())
        write(file, title, columns, lines)
        file.seek(0)
        failing.pop_all()  # the response closes it
    return send_file(file, MEDIA_TYPE, download_name=f"{name}.pdf")


def write(file: IO[bytes], title: str, columns: Sequence[Column], lines: Iterable[Line]) -> None:
    """Write a book, part by part."""
    shown = [column for column in columns if column.mark]
    with PdfWriter() as book:
        for part in _parts(lines):
            drawn = as_pdf.draw(_page(title, shown, part), variant=None)
            book.append(BytesIO(drawn), import_outline=False)
        book.add_metadata({"/Title": title})
        book.write(file)


def _parts(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines in parts; one empty part of an empty book."""
    left = iter(lines)
    part = list(islice(left, AT_ONCE))
    yield part
    count = len(part)
    while part := list(islice(left, AT_ONCE)):
        count += len(part)
        if count > MOST:
            why = f"A book of more than {MOST} lines is not drawn. Take it as XLSX or CSV."
            raise Rejected("filter_invalid", why)
        yield part


def _page(title: str, columns: Sequence[Column], lines: Sequence[Line]) -> str:
    whole = sum(column.width for column in columns)
    heads = Markup().join(
        Markup('<th style="width: {}%">{} ({})</th>').format(
            round(100 * column.width / whole, 2), str(column.title), column.mark
        )
        for column in columns
    )
    rows = Markup().join(
        Markup("<tr>{}</tr>").format(Markup().join(_cell(column, line) for column in columns))
        for line in lines
    )
    return str(
        Markup(
            '<html lang="id"><head><title>{}</title><style>{}</style></head>'
            "<body><h1>{}</h1><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></body></html>"
        ).format(title, Markup(_STYLE), title, heads, rows)  # noqa: S704  # ours
    )


def _cell(column: Column, line: Line) -> Markup:
    return Markup("<td>{}</td>").format(lines_of(printable(text(column.cell(line)))))
