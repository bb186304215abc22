"""Numbers are written by a pattern, and a pattern names nothing but serial, month, year and office."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from contracts.errors import Rejected
from contracts.numbering import require_pattern, write
from eventlog.rulebook import first_rules

DAY = date(2026, 8, 12)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{serial:04d}/PPID-KPU-DKI/{month}/{year}", "0007/PPID-KPU-DKI/VIII/2026"),
        ("{serial}/{year}", "7/2026"),
        ("{serial}/{office}/{year}", "7/PPID-KPU-DKI/2026"),
        ("{{{serial:3}}}-{year}", "{  7}-2026"),
    ],
)
def test_a_pattern_is_followed(pattern: str, number: str) -> None:
    assert write(pattern, 7, DAY) == number


def test_an_office_writes_its_own_name() -> None:
    assert write("{serial}/{office}/{year}", 7, DAY, "PPID {X}") == "7/PPID {X}/2026"


def test_each_month_has_its_roman_number() -> None:
    written = [write("{serial} {month} {year}", 1, date(2026, month, 1)) for month in (1, 4, 9, 12)]
    assert written == ["1 I 2026", "1 IV 2026", "1 IX 2026", "1 XII 2026"]


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{serial}",
        "{year}/{month}",
        "{serial}/{year}/{applicant}",
        "{serial.__class__}/{year}",
        "{serial!r}/{year}",
        "{serial:999999d}/{year}",
        "{serial}/{year:>9}",
        "{}/{serial}/{year}",
        "{serial}/{year",
        "{serial}/{year}" + "x" * 60,
    ],
)
def test_another_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(Rejected) as refused:
        require_pattern(pattern)
    assert refused.value.code == "rule_value_wrong"


@pytest.mark.parametrize("series", ["number.request", "number.objection"])
def test_the_first_rules_have_patterns_that_can_be_followed(series: str) -> None:
    rule = first_rules().get("setting", series, DAY)
    assert "0012" in write(rule.value["pattern"], 12, DAY)


@given(some.text(some.sampled_from("{}:!serialyearmonthoffice04d "), max_size=40))
def test_a_pattern_is_followed_or_refused_and_nothing_else(pattern: str) -> None:
    with suppress(Rejected):
        assert write(pattern, 1, DAY)
