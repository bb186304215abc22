"""The pages of numbers for paper forms: what became of each block, reserving, voiding, and forms to print."""

import re

import pytest

from contracts.roles import DESK, OFFICER
from services.gateway.pages.settings.numbers import blocks
from tests.suites.law_lines import NOW, LawLines

NUMBERS = "/settings/numbers"
BLOCK = {
    "first": 10, "last": 13, "year": 2026, "holder": "Meja 2", "reason": "Cadangan",
    "at": NOW.isoformat(), "by": "administrator:ani", "order": "one",
}  # fmt: skip
FOUND = {
    "year": 2026,
    "blocks": [BLOCK, {**BLOCK, "first": 20, "last": 20}],
    "used": [{"serial": 11, "number": "0011/X", "request": "1", "state": "submitted"}],
    "void": [{"serial": 12, "number": "0012/X", "reason": "Sobek"}],
    "open": [10, 13, 20],
}


class NumberLines(LawLines):
    """A year with two blocks; follows every order."""

    def register_numbers(self, year):
        return (
            FOUND
            if year == 2026
            else {**FOUND, **{key: [] for key in ("blocks", "used", "void", "open")}}
        )

    def register_numbers_showing(self, *_):
        return FOUND

    def order(self, _contract, message):
        self.given.append(message)
        return {"subject": message["subject"], "version": 1, "events": []}


@pytest.fixture
def lines():
    return NumberLines()


def test_each_block_has_its_own_serials():
    first, second = blocks(FOUND)

    assert (first["open"], [line["serial"] for line in first["used"]]) == ([10, 13], [11])
    assert [line["serial"] for line in first["void"]] == [12]
    assert (second["open"], second["used"], second["void"]) == ([20], [], [])


def test_a_year_shows_what_is_open_used_and_void(reader):
    page = reader.get(NUMBERS, year=2026).text

    assert "3 nomor terbuka" in page
    assert 'href="/cases/1">0011/X' in page
    assert "Sobek" in page


def test_a_year_without_blocks_says_so(reader):
    assert "Belum ada nomor yang dipesan untuk tahun 2027" in reader.get(NUMBERS, year=2027).text


def test_a_block_is_reserved(reader, lines):
    done = reader.post(f"{NUMBERS}/2026/reserve", count="20", holder="Meja 2", reason="Cadangan")

    assert (done.status_code, done.location) == (302, f"{NUMBERS}?year=2026")
    assert lines.given[0]["data"] == {
        "year": 2026, "count": 20, "holder": "Meja 2", "reason": "Cadangan"
    }  # fmt: skip


def test_too_many_numbers_are_refused_at_their_field(reader, lines):
    page = reader.post(f"{NUMBERS}/2026/reserve", count="500", holder="Meja 2", reason="X")

    assert page.status_code == 422
    assert 'id="field-count-error"' in page.text
    assert 'value="Meja 2"' in page.text
    assert lines.given == []


def test_a_spoilt_form_is_voided_from_its_number(reader, lines):
    path = f"{NUMBERS}/2026/void"
    assert 'value="13"' in reader.get(path, serial=13).text

    reader.post(path, serial="13", reason="Sobek")
    assert lines.given[0]["data"] == {"year": 2026, "serial": 13, "reason": "Sobek"}


def test_roles_are_offered_what_they_may_do(reader):
    reader.role = OFFICER
    page = reader.get(NUMBERS, year=2026).text
    assert "/void" in page
    assert "/reserve" not in page
    reader.role = DESK
    assert "/void" not in reader.get(NUMBERS, year=2026).text
    assert reader.get(f"{NUMBERS}/2026/reserve").status_code == 403


def test_the_open_forms_of_a_block_are_printed_one_a_sheet(reader):
    page = reader.get(f"{NUMBERS}/2026/forms/10").text

    assert re.findall(r'sheet__number">Nomor urut <strong>(\d+)</strong>', page) == ["0010", "0013"]
    assert "paling lambat 10 hari kerja, dapat diperpanjang 7 hari kerja" in page
    assert reader.get(f"{NUMBERS}/2026/forms/11").status_code == 404
