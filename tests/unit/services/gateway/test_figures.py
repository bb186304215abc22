"""The figures of reports as people read them, on a page and as a spreadsheet."""

from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from services.gateway import languages
from services.gateway.pages.reports import figures, workbook

MONTH = {
    "received": 12, "by_channel": {"email": 4, "walk_in": 8}, "by_category": {"individual": 12}, "incomplete": 1,
    "near_duplicates": 0, "escalated": 3, "extended": 1, "ended": 9, "by_outcome": {"granted": 7, "refused": 2},
    "by_ground": {"17h": 2}, "late": 1,
    "working_days": {"answered": 9, "least": 1, "median": 4, "most": 11, "mean_hundredths": 450},
    "desk_minutes": {
        "form": {"rule": "desk.form", "limits": [10], "measured": 8, "within": 7, "beyond": 1, "median": 6},
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def speaking():
    app = Flask(__name__)
    languages.install(app)
    with app.test_request_context():
        yield


def by_id(given):
    return {table.id: table for table in figures.tables(given)}


def test_everything_that_is_counted_is_told():
    told = {str(text) for table in figures.tables(MONTH) for text in (row[0] for row in table.rows)}

    assert {
        "Permohonan diterima",
        "Datang langsung",
        "Perorangan",
        "Dikabulkan",
        "Mengisi formulir",
    } <= told
    assert ("Rata-rata", 4.5) in by_id(MONTH)["working_days"].rows
    assert by_id(MONTH)["desk_minutes"].rows == (("Mengisi formulir", "10", 8, 7, 1, 6),)


def test_a_report_from_before_a_figure_was_counted_is_shown_without_it():
    assert [table.id for table in figures.tables({"received": 3})] == ["counts"]


def test_a_month_without_requests_has_no_charts_and_no_empty_tables():
    nothing = {**MONTH, "by_channel": {}, "by_outcome": {}, "by_category": {}, "by_ground": {}}

    assert figures.drawn(nothing) == []
    assert not {"by_channel", "by_outcome", "by_category", "by_ground"} & set(by_id(nothing))


def test_a_chart_tells_its_numbers_in_words_too():
    channels, outcomes = figures.drawn(MONTH)

    assert channels.description == "Surel: 4, Datang langsung: 8"
    assert [row[0] for row in outcomes.rows] == ["Dikabulkan", "Ditolak"]


def test_a_year_draws_every_month_of_it_also_those_in_which_nothing_came():
    year = {
        **MONTH,
        "by_month": {"received": {"2026-02": 5, "2026-08": 7}, "ended": {"2026-08": 9}},
    }

    months, *_ = figures.drawn(year)

    assert [row[0] for row in months.rows][:3] == ["Jan", "Feb", "Mar"]
    assert [line.values[7] for line in months.series] == [7, 9]
    assert by_id(year)["by_month"].rows[1] == ("Februari 2026", 5, 0)


def test_the_figures_are_numbers_in_a_spreadsheet():
    written = workbook.written("Laporan bulanan Agustus 2026", figures.tables(MONTH))

    sheet = load_workbook(BytesIO(written)).active
    found = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert sheet["A1"].value == "Laporan bulanan Agustus 2026"
    assert (found["Permohonan diterima"], found["Rata-rata"]) == (12, 4.5)
