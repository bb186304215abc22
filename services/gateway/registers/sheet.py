"""All lines of a book as a spreadsheet that prints on A4 across. Memory stays the same however long the book is.

What people typed is text in every cell: nothing of it becomes a formula or a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

from flask import Response, send_file
from xlsxwriter import Workbook

from services.gateway.registers.columns import Cell, Column, Line

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_CELL = 32_767  # of Excel; it would not open a file with more
HEADS = 3  # the title, the marks of the standard form, the names of the columns
_A4 = 9


def sent(name: str, title: str, columns: Sequence[Column], lines: Iterable[Line]) -> Response:
    """A spreadsheet as a file to keep. It lies on the disk until it is sent, or until making it fails."""
    with ExitStack() as failing:
        file = failing.enter_context(TemporaryFile())
        write(file, title, columns, lines)
        file.seek(0)
        failing.pop_all()  # the response closes it
    return send_file(file, MEDIA_TYPE, as_attachment=True, download_name=f"{name}.xlsx")


def write(file: IO[bytes], title: str, columns: Sequence[Column], lines: Iterable[Line]) -> None:
    """Write a book, line by line."""
    with Workbook(file, OPTIONS) as book:
        sheet = book.add_worksheet()
        styles = {name: book.add_format(look) for name, look in _LOOKS.items()}
        _lay_out(sheet, columns)
        sheet.write_string(0, 0, title, styles["title"])
        for place, column in enumerate(columns):
            sheet.write_string(1, place, column.mark, styles["mark"])
        for place, column in enumerate(columns):
            sheet.write_string(2, place, str(column.title), styles["head"])
        for row, line in enumerate(lines, start=HEADS):
            for place, column in enumerate(columns):
                _put(sheet, row, place, column.cell(line), styles)


def _lay_out(sheet: Any, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.freeze_panes(HEADS, 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1, HEADS - 1)
    sheet.set_footer("&C&P / &N")


def _put(sheet: Any, row: int, place: int, cell: Cell, styles: Mapping[str, Any]) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, place, cell, styles["day"])
    elif isinstance(cell, int):
        sheet.write_number(row, place, cell, styles["cell"])
    elif cell:
        sheet.write_string(row, place, cell[:LONGEST_CELL], styles["cell"])
    else:
        sheet.write_blank(row, place, None, styles["cell"])


_EDGED = {"border": 1, "valign": "top", "text_wrap": True, "font_size": 9}
_LOOKS: Mapping[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 13},
    "mark": {**_EDGED, "align": "center", "italic": True},
    "head": {**_EDGED, "bold": True, "bg_color": "#E7ECEF"},
    "cell": _EDGED,
    "day": {**_EDGED, "num_format": "d mmm yyyy", "align": "left"},
}
