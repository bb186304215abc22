from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.similarity import COMPARED, MOST, alike, near, similar

TEXT = "Rekapitulasi hasil penghitungan suara per kecamatan"


def test_case_and_spaces_make_no_difference():
    assert alike(TEXT, f"  {TEXT.upper()} ".replace(" ", "\n\t"))


def test_a_few_other_letters_make_no_difference():
    assert alike(TEXT, TEXT.replace("kecamatan", "kelurahan"))


def test_another_question_is_not_alike():
    assert not alike(TEXT, "Daftar pegawai sekretariat dan gajinya")


def test_the_end_of_a_very_long_text_is_not_looked_at():
    begin = "x" * COMPARED

    assert alike(begin + "a" * COMPARED, begin + "b" * COMPARED)


def test_those_that_read_alike_are_named_in_their_order():
    earlier = {"request/1": TEXT, "request/2": "Daftar pegawai", "request/3": TEXT.lower()}

    assert similar(TEXT, earlier) == ("request/1", "request/3")


def test_of_very_many_the_newest_are_named():
    earlier = {f"request/{number:02}": TEXT for number in range(MOST + 5)}

    assert similar(TEXT, earlier) == tuple(earlier)[5:]


def test_nothing_earlier_is_like_nothing():
    assert similar(TEXT, {}) == ()


@pytest.mark.parametrize(
    ("day", "remembered"),
    [("2026-07-12", False), ("2026-07-13", True), ("2026-09-11", True), ("2026-09-12", False)],
)
def test_days_at_the_edge_of_the_window_are_near_and_those_beyond_are_not(day, remembered):
    assert near(date.fromisoformat(day), date(2026, 8, 12), 30) is remembered


@given(st.text(max_size=200))
def test_every_text_is_like_itself(text):
    assert alike(text, text)
