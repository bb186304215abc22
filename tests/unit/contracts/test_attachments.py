import pytest

from contracts.attachments import MOST_BYTES, PART_BYTES, parts_of, sendable
from contracts.words import SCANS
from eventlog.rulebook import first_rules


@pytest.mark.parametrize(
    ("size", "parts"),
    [(1, 1), (PART_BYTES, 1), (PART_BYTES + 1, 2), (80 * PART_BYTES, 80), (0, 0)],
)
def test_every_part_but_the_last_is_full(size, parts):
    assert parts_of(size) == parts


@pytest.mark.parametrize("scanned", [*SCANS, "a word of later", None])
def test_only_what_was_found_clean_may_leave_the_office(scanned):
    assert sendable({"scanned": scanned}) == (scanned == "clean")


def test_what_says_nothing_of_a_scan_stays():
    assert not sendable({})


def test_the_first_rule_fits_into_what_can_be_carried():
    (rule,) = (each for each in first_rules().periods if each.key == "attachments.limits")

    assert rule.value["most_bytes"] <= MOST_BYTES
