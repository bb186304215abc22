"""Whoever counts the numbers must be able to say no."""

from dataclasses import replace

import pytest

from tests.performance.numbering import ENTERED, LEFT, SPOILT, Plan, Result
from tests.suites.counter import Ledger

FORMS = range(3, 3 + ENTERED + SPOILT + LEFT)
PAPER, VOID = tuple(FORMS[:ENTERED]), tuple(FORMS[ENTERED : ENTERED + SPOILT])
AFTER = FORMS[-1] + 1
WHOLE = Ledger((1, 2, AFTER), PAPER, VOID, frozenset(FORMS))
RESULT = Result(Plan(1, 1, ENTERED + 3), WHOLE, 1.0)


def test_a_whole_book_is_well():
    assert RESULT.held


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"counted": (1, AFTER, AFTER + 1)}, "gaps"),
        ({"counted": (1, 2, 2)}, "duplicates"),
        ({"counted": (1, 2, FORMS[-1])}, "strays"),
        ({"paper": (*PAPER[1:], VOID[0])}, "duplicates"),
        ({"reserved": frozenset(FORMS[1:])}, "strays"),
        ({"void": VOID[1:]}, None),
        ({"counted": (1, 2)}, None),
    ],
)
def test_whatever_is_wrong_is_found(changed, fault):
    book = replace(WHOLE, **changed)

    assert not replace(RESULT, book=book).held
    assert fault is None or getattr(book, fault)


def test_the_table_says_how_many_of_each():
    heading, _, line = RESULT.table().splitlines()
    cells = dict(zip(heading.split(" | "), line.split(" | "), strict=True))

    assert cells["registered"] == str(ENTERED + 3)
    assert (cells["gaps"], cells["duplicates"], cells["voids"]) == ("0", "0", str(SPOILT))
