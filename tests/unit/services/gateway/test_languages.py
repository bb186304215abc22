"""Days, times, money and numbers as each language writes them, always in the office's own time."""

from datetime import UTC, date, datetime

import pytest
from flask import g

from services.gateway.languages import FILTERS, NOTHING

# a minute before midnight in London, and early the next morning in Jakarta
LATE = "2026-11-23T23:59:00+00:00"


@pytest.fixture
def written(app):
    def write(name, value, lang):
        with app.test_request_context():
            g.lang = lang
            return FILTERS[name](value)

    return write


@pytest.mark.parametrize(
    ("name", "value", "indonesian", "english"),
    [
        ("day", "2026-11-24", "Selasa, 24 November 2026", "Tuesday, 24 November 2026"),
        ("day", date(2026, 8, 12), "Rabu, 12 Agustus 2026", "Wednesday, 12 August 2026"),
        ("day", LATE, "Selasa, 24 November 2026", "Tuesday, 24 November 2026"),
        ("short_day", "2026-12-04", "4 Des 2026", "4 Dec 2026"),
        ("with_days", "Batas 2026-12-04, bukan 2026.", "Batas 4 Des 2026, bukan 2026.", "Batas 4 Dec 2026, bukan 2026."),
        ("moment", LATE, "24 Nov 2026 06.59 WIB", "24 Nov 2026 06:59 WIB"),
        ("moment", datetime(2026, 11, 24, 2, 10, tzinfo=UTC), "24 Nov 2026 09.10 WIB", "24 Nov 2026 09:10 WIB"),
        ("number", 1234.5, "1.234,5", "1,234.5"),
        ("money", 15000, "Rp\N{NO-BREAK SPACE}15.000", "Rp\N{NO-BREAK SPACE}15,000"),
    ],
)  # fmt: skip
def test_each_language_writes_it_its_way(written, name, value, indonesian, english):
    assert written(name, value, "id") == indonesian
    assert written(name, value, "en") == english


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_written_as_a_dash(written, name, nothing):
    assert written(name, nothing, "id") == NOTHING


def test_zero_is_something(written):
    assert written("number", 0, "id") == "0"
