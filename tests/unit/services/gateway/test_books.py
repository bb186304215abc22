"""The books of a year: their columns say what the law asks for, and as spreadsheets they hold text and no formulas."""

import tracemalloc
from datetime import datetime
from io import BytesIO
from itertools import islice, repeat

import pytest
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader

from contracts.errors import Rejected
from services.gateway import languages
from services.gateway.registers import objections, printed, requests, sheet

HOSTILE = (
    '=HYPERLINK("http://x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "=CMD()|x",
    "https://x.example",
    "007",
)
REQUEST = {
    "_id": "request/1", "state": "closed", "number": "001/PPID/2026", "serial": 1, "category": "individual",
    "applicant_id": "a-1", "received_at": "2026-08-12T09:10:00+07:00", "information": "Daftar pemilih", "purpose": None,
    "held": True, "held_form": ["softcopy"], "obtain": "copy", "copy_format": "softcopy", "closing": "refused",
    "grounds": ["17h"], "decision": {"outcome": "refused", "statute": None}, "due_on": "2026-08-27",
    "notification": {"at": "2026-08-20T18:30:00+00:00", "cost": 15000, "payment": "tunai"}, "channel": "email",
    "working_days_used": 6,
}  # fmt: skip
VOID = {
    "_id": "void/2026-0002", "state": "void", "number": "002/PPID/2026", "serial": 2, "year": 2026, "reason": "Rusak",
    "voided_at": "2026-08-13T09:10:00+07:00", "voided_by": "administrator:ida",
}  # fmt: skip
OBJECTION = {
    "_id": "objection/1", "serial": 1, "number": "001/KEB/2026", "received_at": "2026-09-01T09:00:00+07:00",
    "applicant_id": "a-1", "request_number": "001/PPID/2026", "information": "Daftar pemilih", "purpose": None,
    "grounds": ["35a", "35d"], "decision": "upheld", "answered_at": "2026-09-10T02:00:00+00:00",
    "superior": "ppid_superior:budi", "reaction": "accepts", "case_position": "Berhak tahu", "late": True,
    "due_on": "2026-10-13", "reasons": "Rahasia pribadi", "execute_on": None, "dispute_number": None,
    "dispute_result": None, "ruling": None, "state": "answered",
}  # fmt: skip


@pytest.fixture(autouse=True)
def speaking():
    app = Flask(__name__)
    languages.install(app)
    with app.test_request_context():
        yield


def cells(columns, line):
    """What a line says under each mark of the standard form."""
    return {column.mark: column.cell(line) for column in columns if column.mark}


def written(columns, lines):
    """A book as a spreadsheet program reads it."""
    file = BytesIO()
    sheet.write(file, "Register", columns, lines)
    return load_workbook(file).active


def test_the_register_of_requests_has_the_columns_of_the_standard_form():
    marks = [column.mark for column in requests.columns(people=True) if column.mark]

    assert marks == [*map(str, range(1, 14)), "14a", "14b", "15"]


def test_the_register_of_objections_has_the_columns_of_the_standard_form():
    assert "".join(column.mark for column in objections.columns()) == "abcdefghijk"


def test_a_line_of_the_register_of_requests_says_it_all():
    said = cells(requests.columns(), REQUEST)

    assert (said["1"], said["2"].isoformat()) == ("001/PPID/2026", "2026-08-12")
    assert said["14a"].isoformat() == "2026-08-21"  # half past one at night in Jakarta
    assert said["12"] == "Ditolak"
    assert "Pasal 17 huruf h" in said["13"]
    assert said["15"].replace("\N{NO-BREAK SPACE}", " ") == "Rp 15.000. tunai"


def test_a_void_number_keeps_its_line_and_says_why():
    said = cells(requests.columns(), VOID)

    assert (said["1"], said["12"], said["13"]) == ("002/PPID/2026", "Nomor batal", "Rusak")


def test_a_line_of_the_register_of_objections_says_it_all():
    said = cells(objections.columns(), OBJECTION)

    assert (said["a"], said["d"]) == ("001/KEB/2026", "001/PPID/2026")
    assert (said["h"], said["i"].isoformat(), said["k"]) == ("Dikuatkan", "2026-09-10", "Menerima")
    assert said["j"] == "Atasan PPID (budi)"
    assert "Pasal 35 huruf a" in said["g"]


def test_who_it_is_stands_in_the_book_only_when_somebody_opened_it():
    person = {"name": "Rina Contoh", "address": "Jalan Contoh 2", "phone": "021555001"}
    opened = {**REQUEST, "person": person}

    assert cells(requests.columns(), REQUEST)["3-6"] == "Perorangan. a-1"
    said = cells(requests.columns(people=True), opened)
    assert (said["3"], said["4"], said["5"]) == ("Rina Contoh", "Jalan Contoh 2", "021555001")
    assert cells(objections.columns(), {**OBJECTION, "person": person})["c"].startswith("Rina")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_text_and_never_a_formula_or_a_link(text):
    columns = requests.columns()
    place = next(n for n, each in enumerate(columns, start=1) if each.mark == "7")

    book = written(columns, [{**REQUEST, "information": text}])

    cell = book.cell(sheet.HEADS + 1, place)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_days_are_days_and_the_book_prints_on_a4_across():
    book = written(requests.columns(), [REQUEST, VOID])

    assert book.cell(sheet.HEADS + 1, 2).value == datetime(2026, 8, 12)  # noqa: DTZ001  # as Excel has it
    assert (book.page_setup.orientation, book.page_setup.paperSize) == ("landscape", 9)
    assert (book.sheet_properties.pageSetUpPr.fitToPage, book.page_setup.fitToHeight) == (True, 0)
    assert book.max_row == sheet.HEADS + 2


def test_a_text_longer_than_a_cell_holds_is_cut_and_the_file_still_opens():
    book = written(requests.columns(), [{**REQUEST, "information": "x" * 40_000}])

    assert book.max_row == sheet.HEADS + 1


def test_a_long_book_takes_no_more_memory_than_a_short_one(tmp_path):
    def most(lines):
        tracemalloc.start()
        with (tmp_path / f"{lines}.xlsx").open("wb") as file:
            sheet.write(file, "Register", requests.columns(), islice(repeat(REQUEST), lines))
        return tracemalloc.get_traced_memory()[1], tracemalloc.stop()

    short, long = most(100)[0], most(2_000)[0]

    assert long < 2 * short


class TestOnPaper:
    def drawn(self, lines, columns=None):
        file = BytesIO()
        printed.write(file, "Register 2026", columns or requests.columns(), lines)
        return PdfReader(file)

    def text(self, pdf):
        return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())

    def test_it_has_the_columns_of_the_standard_form_on_a4_across(self):
        book = self.drawn([REQUEST, VOID])

        assert book.pages[0].mediabox.width > book.pages[0].mediabox.height
        assert all(f"({mark})" in self.text(book) for mark in ("1", "3-6", "7", "14b", "15"))
        assert "(a)" in self.text(self.drawn([OBJECTION], objections.columns()))
        assert (book.metadata.title, len(book.pages)) == ("Register 2026", 1)

    def test_every_line_is_on_it_once_wherever_the_parts_meet(self):
        numbers = [f"N-{serial:03d}" for serial in range(printed.AT_ONCE + 1)]
        text = self.text(self.drawn({**REQUEST, "number": each} for each in numbers))

        assert [text.count(each) for each in numbers] == [1] * len(numbers)

    def test_an_empty_book_is_a_page_with_its_columns(self):
        assert "Nomor pendaftaran (1)" in self.text(self.drawn([]))

    def test_a_line_longer_than_a_page_goes_on_on_the_next(self):
        line = {**REQUEST, "information": "Permohonan " * 900}

        assert self.text(self.drawn([REQUEST, line])).count("Permohonan") >= 900

    def test_what_people_typed_is_text(self):
        line = {**REQUEST, "information": "<script>x</script><img src='file:///etc/passwd'/>"}
        book = self.drawn([line])

        assert "<script>x</script>" in self.text(book)
        assert [image for page in book.pages for image in page.images] == []

    def test_a_book_that_nobody_would_wait_for_is_refused(self, monkeypatch):
        monkeypatch.setattr(printed, "MOST", 1)
        monkeypatch.setattr(printed, "AT_ONCE", 1)

        with pytest.raises(Rejected, match="XLSX"):
            self.drawn([REQUEST, REQUEST])
