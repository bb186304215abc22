"""The figures of a report as a spreadsheet: its tables one under the other, on one sheet that prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import Response, send_file
from xlsxwriter import Workbook

from services.gateway.pages.reports.figures import Table, Value
from services.gateway.registers.sheet import MEDIA_TYPE

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_A4 = 9
_WIDE, _NARROW = 46, 14


def sent(name: str, title: str, tables: Sequence[Table]) -> Response:
    """A report's figures as a file to keep."""
    file = BytesIO(written(title, tables))
    return send_file(file, MEDIA_TYPE, as_attachment=True, download_name=f"{name}.xlsx")


def written(title: str, tables: Sequence[Table]) -> bytes:
    """The file. A report has a few dozen lines, so it is made in memory."""
    file = BytesIO()
    with Workbook(file, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet()
        sheet.set_column(0, 0, _WIDE)
        sheet.set_column(1, 6, _NARROW)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        row = 2
        for table in tables:
            row = _table(sheet, row, table, bold)
    return file.getvalue()


def _table(sheet: Any, row: int, table: Table, bold: Any) -> int:
    """Write a table; where the next one begins."""
    for place, heading in enumerate((table.title, *table.headings)):
        sheet.write_string(row, place, heading, bold)
    for below, cells in enumerate(table.rows, start=row + 1):
        for place, value in enumerate(cells):
            _put(sheet, below, place, value)
    return row + len(table.rows) + 2


def _put(sheet: Any, row: int, place: int, value: Value) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif value is not None:
        sheet.write_number(row, place, value)
