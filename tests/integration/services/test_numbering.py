"""Eight counters in two processes on one database: the small brother of `make numbers`."""

from tests.performance.numbering import ENTERED, LEFT, SPOILT, Plan, measure


def test_counters_of_several_processes_leave_no_gap_and_no_double(servers, database):
    result = measure(servers.addresses.mongo, database.name, Plan(2, 4, 400))

    assert (result.book.gaps, result.book.duplicates) == ([], [])
    assert len(result.book.used) == 400
    assert (len(result.book.void), len(result.book.open)) == (SPOILT, LEFT)
    assert result.book.last == 400 + SPOILT + LEFT
    assert len(result.book.reserved) == ENTERED + SPOILT + LEFT
    assert result.held
