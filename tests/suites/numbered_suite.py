"""What a numbered log must do. A tier gives the fixtures `numbered`, an empty one, and `another` writer of it."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from eventlog.chain import GENESIS, first_break
from tests.suites.events import event, events


class NumberedLogSuite:
    def test_an_empty_log_has_head_0(self, numbered):
        assert numbered.head() == 0
        assert list(numbered.lines(0)) == []

    def test_recording_nothing_is_harmless(self, numbered):
        assert numbered.record([]) == 0

    def test_events_are_numbered_from_1_in_the_given_order(self, numbered):
        written = events(5)
        numbered.record(written)

        assert [(each.position, each.event) for each in numbered.read(0, 10)] == list(
            enumerate(written, start=1)
        )

    def test_a_second_batch_goes_on_behind_the_first(self, numbered):
        numbered.record(events(2))
        numbered.record(events(2, subject="request/2"))

        assert [each.position for each in numbered.read(0, 10)] == [1, 2, 3, 4]

    def test_reading_begins_behind_a_position_and_stops_at_the_limit(self, numbered):
        numbered.record(events(6))

        assert [each.position for each in numbered.read(2, 3)] == [3, 4, 5]

    def test_what_is_new_is_counted(self, numbered):
        known = events(3)
        numbered.record(known)

        assert numbered.record([*known, *events(2, after=3)]) == 2

    def test_duplicates_across_batches_are_ignored(self, numbered):
        known = events(3)
        numbered.record(known)

        assert numbered.record(known) == 0
        assert numbered.head() == 3

    def test_duplicates_within_a_batch_are_ignored(self, numbered):
        once = event()

        assert numbered.record([once, once, event(id=once.id)]) == 1
        assert numbered.head() == 1

    def test_duplicates_are_ignored_for_ever(self, numbered):
        known = events(3)
        numbered.record(known)
        for step in range(20):
            numbered.record(events(5, subject=f"request/{step}"))

        assert numbered.record(known) == 0

    def test_duplicates_leave_no_gap(self, numbered):
        known = events(4)
        numbered.record(known)
        new = events(4, subject="request/2")
        numbered.record([new[0], known[1], new[1], known[0], new[2], new[3], known[3]])

        assert [each.position for each in numbered.read(0, 100)] == list(range(1, 9))
        assert [each.event for each in numbered.read(4, 100)] == list(new)

    def test_a_writer_that_begins_anew_knows_what_was_written_before(self, numbered, another):
        known = events(3)
        numbered.record(known)

        assert another.record([*known, *events(1, after=3)]) == 1
        assert [each.position for each in another.read(0, 10)] == [1, 2, 3, 4]

    def test_the_chain_holds_from_the_beginning(self, numbered):
        numbered.record(events(3))
        numbered.record(events(3, subject="request/2"))

        assert first_break(numbered.lines(0)) is None

    def test_the_chain_holds_behind_a_known_hash(self, numbered):
        numbered.record(events(6))

        assert first_break(numbered.lines(3), 3, numbered.hash_at(3)) is None

    def test_the_chain_begins_at_the_genesis_hash(self, numbered):
        numbered.record(events(1))

        assert next(numbered.lines(0)).previous == GENESIS
        assert numbered.hash_at(0) == GENESIS

    def test_a_position_that_was_not_reached_has_no_hash(self, numbered):
        with pytest.raises(KeyError):
            numbered.hash_at(1)

    def test_what_is_missing_is_what_was_never_recorded(self, numbered):
        known, lost = events(3), events(2, subject="request/lost")
        numbered.record(known)

        assert numbered.missing([each.id for each in (*known, *lost)]) == {each.id for each in lost}

    def test_nothing_is_missing_of_nothing(self, numbered):
        assert numbered.missing([]) == set()

    def test_all_events_of_the_subjects_asked_for_are_told(self, numbered):
        mixed = scattered(3, 4)
        numbered.record(mixed)

        about = numbered.about(["request/0", "request/2"], numbered.head())

        assert set(about) == {"request/0", "request/2"}
        assert by_version(about["request/0"]) == [1, 2, 3, 4]

    def test_of_an_unknown_subject_nothing_is_told(self, numbered):
        assert numbered.about(["request/none"], 0) == {"request/none": []}

    def test_nothing_behind_the_position_is_told(self, numbered):
        numbered.record(events(5))

        assert by_version(numbered.about(["request/1"], 3)["request/1"]) == [1, 2, 3]

    def test_going_through_subjects_tells_the_same_as_asking_about_them(self, numbered):
        numbered.record(scattered(7, 5))
        until = numbered.head() - 4

        walked = dict(numbered.by_subject(until))

        assert walked == {
            subject: recorded
            for subject, recorded in numbered.about(
                [f"request/{at}" for at in range(7)], until
            ).items()
            if recorded
        }

    def test_each_subject_is_walked_once(self, numbered):
        numbered.record(scattered(7, 5))

        subjects = [subject for subject, _ in numbered.by_subject(numbered.head())]

        assert len(subjects) == len(set(subjects)) == 7

    def test_exported_lines_are_put_back_as_they_were(self, numbered, elsewhere):
        numbered.record(events(5))
        lines = list(numbered.lines(0))

        elsewhere.restore(lines)

        assert list(elsewhere.lines(0)) == lines

    def test_after_putting_back_the_log_goes_on(self, numbered, elsewhere):
        known = events(5)
        numbered.record(known)
        elsewhere.restore(list(numbered.lines(0)))

        assert elsewhere.record([*known, *events(1, after=5)]) == 1
        assert first_break(elsewhere.lines(0)) is None
        assert elsewhere.head() == 6

    def test_two_writers_at_once_leave_no_gap_and_no_duplicate(self, numbered, another):
        everything = scattered(20, 20)

        def write(writer, seed):
            mine = list(everything)
            random.Random(seed).shuffle(mine)
            return sum(writer.record(mine[at : at + 17]) for at in range(0, len(mine), 17))

        with ThreadPoolExecutor(2) as writers:
            new = sum(writers.map(write, (numbered, another), (1, 2)))

        assert new == len(everything)
        assert numbered.head() == len(everything)
        assert first_break(numbered.lines(0)) is None
        assert numbered.missing([each.id for each in everything]) == set()


def scattered(subjects, each):
    """Events of several subjects, mixed."""
    return [
        made[step]
        for step in range(each)
        for made in [events(each, subject=f"request/{at}") for at in range(subjects)]
    ]


def by_version(recorded):
    return [each.event.streamversion for each in recorded]
