"""Which words of a question say what it is about, and when an entry of the public list is like it."""

import pytest

from services.register.query.published import fits, telling

TITLE = "Rekapitulasi hasil penghitungan suara Pemilu 2024"


def entry(**changes):
    return {"title": TITLE, "valid_to": None, **changes}


def test_what_stands_in_every_request_says_nothing():
    assert telling("Mohon informasi tentang data dan dokumen") == ()


def test_each_word_is_looked_for_once():
    assert telling("Suara, SUARA dan suara Pemilu") == ("suara", "pemilu")


def test_signs_that_would_mean_something_to_the_database_are_no_words():
    assert telling('-suara "pemilu" $where') == ("suara", "pemilu", "where")


def test_a_long_text_is_not_looked_for_whole():
    assert len(telling(" ".join(f"kata{number}" for number in range(100)))) == 24


@pytest.mark.parametrize(
    ("asked", "like"),
    [
        (("pemilu", "suara"), True),
        (("pemilu", "anggaran", "rapat"), False),
        (("pemilu",), True),
        (("anggaran",), False),
    ],
)
def test_two_words_in_common_make_an_entry_alike(asked, like):
    assert fits(asked, entry(), "2026-08-12") is like


@pytest.mark.parametrize(("valid_to", "counts"), [("2026-08-11", False), ("2026-08-12", True)])
def test_what_has_ended_is_not_offered(valid_to, counts):
    assert fits(("pemilu", "suara"), entry(valid_to=valid_to), "2026-08-12") is counts
