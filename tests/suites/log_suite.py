"""What every log must do, whoever keeps it. A tier gives the fixture `log`: an empty one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest

from eventlog.log import Commit, Conflict, Taken
from eventlog.record import InvalidFact
from tests.suites.events import SUBJECT, commit, event, numbered_commit, serials

THREADS = 16


def invalid(stream="request/invalid", series=""):
    """A commit whose facts the contract does not allow."""

    def facts(_):
        raise InvalidFact("not in the catalogue")

    return Commit(stream, 0, f"invalid {stream}", "", facts, series)


def ids(log):
    return [each.id for done in log.read(0, 100_000) for each in done.events]


class LogSuite:
    def test_an_empty_log_has_head_0(self, log):
        assert log.head() == 0

    def test_an_unknown_stream_is_empty(self, log):
        assert log.stream("request/none") == ()

    def test_an_unknown_command_has_no_result(self, log):
        assert log.find("never ordered") is None

    def test_a_commit_is_answered_with_its_position_and_version(self, log):
        done = log.append(commit(count=3))

        assert (done.position, done.stream, done.version, done.repeated) == (1, SUBJECT, 3, False)

    def test_all_events_of_a_commit_are_in_its_stream(self, log):
        done = log.append(commit(count=3))

        assert log.stream(SUBJECT) == done.events

    def test_what_is_read_is_what_was_written(self, log):
        written = event(data={"reason": "Sudah didapat — “é” 😀"})

        log.append(replace(commit(), events=lambda _: (written,)))

        assert log.read(0, 1)[0].events == (written,)

    def test_positions_count_commits_from_1_without_a_gap(self, log):
        for number in range(5):
            log.append(commit(f"request/{number}", count=2))

        assert [done.position for done in log.read(0, 100)] == [1, 2, 3, 4, 5]
        assert log.head() == 5

    def test_a_stream_goes_on_where_it_was_read(self, log):
        log.append(commit(count=2))

        assert log.append(commit(expected=2, count=2)).version == 4
        assert [each.streamversion for each in log.stream(SUBJECT)] == [1, 2, 3, 4]

    def test_streams_do_not_mix(self, log):
        log.append(commit("request/1"))
        log.append(commit("request/2", count=2))

        assert len(log.stream("request/1")) == 1
        assert len(log.stream("request/2")) == 2

    def test_a_version_counts_a_streams_events(self, log):
        log.append(commit(count=2))
        log.append(commit(expected=2))

        assert (log.version(SUBJECT), log.version("request/none")) == (3, 0)

    def test_many_streams_are_read_together(self, log):
        for at in (1, 2, 3):
            log.append(commit(f"request/{at}", count=at))
        log.append(commit("request/1", expected=1))

        found = log.streams(["request/1", "request/2", "request/none"])

        assert found == {name: log.stream(name) for name in found}
        assert {name: len(events) for name, events in found.items()} == {
            "request/1": 2,
            "request/2": 2,
            "request/none": 0,
        }


class Many:
    def test_many_commits_are_written_together(self, log):
        outcomes = log.append_all([commit(f"request/{at}") for at in range(450)])

        assert [done.stream for done in outcomes] == [f"request/{at}" for at in range(450)]
        assert [done.position for done in outcomes] == list(range(1, 451))

    def test_nothing_to_write_is_written(self, log):
        assert log.append_all([]) == []
        assert log.append(commit()).position == 1

    def test_one_that_is_refused_does_not_disturb_the_others(self, log):
        log.append(commit("request/1"))
        log.append(commit("request/2", command_id="once"))

        stale, repeated, faulty, good = log.append_all(
            [
                commit("request/1"),
                commit("request/3", command_id="once"),
                invalid(),
                commit("request/4"),
            ]
        )

        assert isinstance(stale, Conflict)
        assert repeated.repeated
        assert isinstance(faulty, InvalidFact)
        assert (good.position, log.head()) == (3, 3)

    def test_many_come_between_single_ones_from_other_threads(self, log):
        with ThreadPoolExecutor(4) as people:
            singles = people.map(log.append, [commit(f"request/s{at}") for at in range(50)])
            bulks = people.map(
                log.append_all,
                [[commit(f"request/{bulk}-{at}") for at in range(60)] for bulk in range(3)],
            )
            assert len(list(singles)) == 50
            assert [len(done) for done in bulks] == [60, 60, 60]

        assert [done.position for done in log.read(0, 1000)] == list(range(1, 231))


class Reading:
    def test_reading_begins_behind_a_position(self, log):
        for number in range(4):
            log.append(commit(f"request/{number}"))

        assert [done.position for done in log.read(2, 100)] == [3, 4]

    def test_reading_gives_no_more_than_asked_for(self, log):
        for number in range(4):
            log.append(commit(f"request/{number}"))

        assert [done.position for done in log.read(1, 2)] == [2, 3]

    def test_behind_the_head_there_is_nothing(self, log):
        log.append(commit())

        assert list(log.read(1, 10)) == []


class Conflicts:
    def test_whoever_read_an_older_version_is_refused(self, log):
        log.append(commit(count=2))
        log.append(commit(expected=2, count=2))

        for stale in (0, 2):
            with pytest.raises(Conflict):
                log.append(commit(expected=stale))

    def test_a_conflict_writes_nothing(self, log):
        log.append(commit())

        with pytest.raises(Conflict):
            log.append(commit(count=3, command_id="late"))

        assert log.head() == 1
        assert log.find("late") is None
        assert len(log.stream(SUBJECT)) == 1

    def test_a_refused_command_may_be_ordered_again_at_the_right_version(self, log):
        log.append(commit())
        with pytest.raises(Conflict):
            log.append(commit(command_id="late"))

        assert log.append(commit(expected=1, command_id="late")).repeated is False


class Repeating:
    def test_the_same_command_gets_the_first_result(self, log):
        first = log.append(commit(command_id="once", count=2))
        again = log.append(commit(command_id="once", count=5))

        assert again == replace(first, repeated=True)
        assert log.head() == 1

    def test_a_command_is_known_for_ever(self, log):
        first = log.append(commit(command_id="once"))
        for number in range(50):
            log.append(commit(f"request/other-{number}"))

        assert log.append(commit(command_id="once")) == replace(first, repeated=True)

    def test_a_command_is_known_whatever_it_is_about_now(self, log):
        first = log.append(commit("request/1", command_id="once"))

        assert log.append(
            commit("request/2", command_id="once", series="register/2026")
        ) == replace(first, repeated=True)
        assert log.stream("request/2") == ()

    def test_a_done_command_is_found(self, log):
        first = log.append(commit(command_id="once"))

        assert log.find("once") == replace(first, repeated=True)

    def test_the_first_fingerprint_is_kept(self, log):
        log.append(commit(command_id="once", fingerprint="first"))
        again = log.append(commit(command_id="once", fingerprint="second"))

        assert (again.fingerprint, log.find("once").fingerprint) == ("first", "first")
        assert log.read(0, 1)[0].fingerprint == "first"

    def test_a_repeated_command_does_not_take_a_number(self, log):
        log.append(numbered_commit("request/1", "register/2026", command_id="once"))
        log.append(numbered_commit("request/1", "register/2026", command_id="once"))
        log.append(numbered_commit("request/2", "register/2026"))

        assert serials(log) == [1, 2]


class EventIds:
    def test_an_event_id_is_used_once_for_ever(self, log):
        first = event(id="same")
        log.append(replace(commit(), events=lambda _: (first,)))

        other = replace(
            commit("request/2"), events=lambda _: (event(id="same", subject="request/2"),)
        )
        with pytest.raises(ValueError, match="id"):
            log.append(other)
        assert log.head() == 1

    def test_an_event_id_is_used_once_within_a_commit(self, log):
        twice = (event(id="same"), event(id="same", version=2))

        with pytest.raises(ValueError, match="id"):
            log.append(replace(commit(), events=lambda _: twice))
        assert log.head() == 0

    def test_a_commit_without_events_is_refused(self, log):
        with pytest.raises(ValueError, match="events"):
            log.append(replace(commit(), events=lambda _: ()))
        assert log.head() == 0

    def test_after_a_refused_id_the_log_goes_on(self, log):
        log.append(replace(commit(), events=lambda _: (event(id="same"),)))
        with pytest.raises(ValueError, match="id"):
            log.append(replace(commit("request/2"), events=lambda _: (event(id="same"),)))

        assert log.append(commit("request/3")).position == 2


class Series:
    def test_numbers_of_a_series_count_from_1(self, log):
        for number in range(3):
            log.append(numbered_commit(f"request/{number}", "register/2026"))

        assert serials(log) == [1, 2, 3]

    def test_each_series_counts_by_itself(self, log):
        for at, year in enumerate((2026, 2027, 2026, 2027)):
            log.append(numbered_commit(f"request/{at}", f"register/{year}"))

        assert serials(log) == [1, 1, 2, 2]

    def test_without_a_series_the_number_is_0(self, log):
        log.append(numbered_commit("request/1", ""))

        assert serials(log) == [0]

    def test_commits_without_a_series_take_no_number(self, log):
        log.append(numbered_commit("request/1", "register/2026"))
        log.append(commit("request/2"))
        log.append(numbered_commit("request/3", "register/2026"))

        assert serials(log) == [1, 2]

    def test_a_conflict_leaves_no_gap_in_the_numbers(self, log):
        log.append(numbered_commit("request/1", "register/2026"))
        with pytest.raises(Conflict):
            log.append(numbered_commit("request/1", "register/2026"))
        log.append(numbered_commit("request/2", "register/2026"))

        assert serials(log) == [1, 2]

    def test_invalid_facts_leave_no_gap_in_the_numbers(self, log):
        log.append(numbered_commit("request/1", "register/2026"))
        with pytest.raises(InvalidFact):
            log.append(invalid(series="register/2026"))
        log.append(numbered_commit("request/2", "register/2026"))

        assert serials(log) == [1, 2]

    def test_a_used_event_id_leaves_no_gap_in_the_numbers(self, log):
        log.append(replace(commit("request/0"), events=lambda _: (event(id="same"),)))
        log.append(numbered_commit("request/1", "register/2026"))
        again = replace(
            commit("request/x", series="register/2026"), events=lambda _: (event(id="same"),)
        )
        with pytest.raises(ValueError, match="id"):
            log.append(again)
        log.append(numbered_commit("request/2", "register/2026"))

        assert serials(log) == [1, 2]


class Blocks:
    def test_a_commit_may_take_several_numbers_at_once(self, log):
        log.append(numbered_commit("request/1", "register/2026"))
        log.append(numbered_commit("numbers/2026", "register/2026", count=5))
        log.append(numbered_commit("request/2", "register/2026"))

        assert serials(log) == [1, 2, 7]

    def test_blocks_follow_each_other(self, log):
        for at in range(3):
            log.append(numbered_commit(f"numbers/{at}", "register/2026", count=4))

        assert serials(log) == [1, 5, 9]

    def test_a_refused_block_leaves_no_gap(self, log):
        log.append(numbered_commit("numbers/2026", "register/2026", count=3))
        with pytest.raises(Conflict):
            log.append(numbered_commit("numbers/2026", "register/2026", count=3))
        log.append(numbered_commit("request/1", "register/2026"))

        assert serials(log) == [1, 4]

    def test_a_repeated_block_takes_nothing_more(self, log):
        for _ in range(2):
            log.append(numbered_commit("numbers/1", "register/2026", count=3, command_id="once"))
        log.append(numbered_commit("request/1", "register/2026"))

        assert serials(log) == [1, 4]

    def test_who_holds_a_number_is_known(self, log):
        log.append(numbered_commit("request/1", "register/2026"))
        block = log.append(numbered_commit("numbers/2026", "register/2026", count=3))

        assert [log.holder("register/2026", at) for at in (2, 3, 4)] == [block] * 3
        assert log.holder("register/2026", 5) is None
        assert log.holder("register/2027", 2) is None


class Claims:
    def test_a_claimed_number_is_given_to_the_events(self, log):
        log.append(numbered_commit("request/1", "paper/2026", claim=57))

        assert serials(log) == [57]
        assert log.holder("paper/2026", 57).stream == "request/1"

    def test_a_number_is_claimed_once_for_ever(self, log):
        log.append(numbered_commit("request/1", "paper/2026", claim=57))

        with pytest.raises(Taken):
            log.append(numbered_commit("request/2", "paper/2026", claim=57))
        assert log.head() == 1

    def test_the_same_command_gets_its_claim_again(self, log):
        first = log.append(numbered_commit("request/1", "paper/2026", claim=57, command_id="a"))
        again = log.append(numbered_commit("request/1", "paper/2026", claim=57, command_id="a"))

        assert again == replace(first, repeated=True)

    def test_whoever_read_an_older_version_is_told_so_before_the_claim(self, log):
        log.append(numbered_commit("request/1", "paper/2026", claim=57))

        with pytest.raises(Conflict):
            log.append(numbered_commit("request/1", "paper/2026", claim=57))

    def test_numbers_are_claimed_in_any_order_and_each_series_by_itself(self, log):
        claims = [("paper/2026", 9), ("paper/2026", 3), ("paper/2027", 9)]
        for at, (series, number) in enumerate(claims):
            log.append(numbered_commit(f"request/{at}", series, claim=number))

        assert serials(log) == [9, 3, 9]

    def test_a_claim_does_not_move_the_counter(self, log):
        log.append(numbered_commit("request/1", "register/2026"))
        log.append(numbered_commit("request/2", "paper/2026", claim=57))
        log.append(numbered_commit("request/3", "register/2026"))

        assert serials(log) == [1, 57, 2]


class Invalid:
    def test_invalid_facts_write_nothing(self, log):
        with pytest.raises(InvalidFact):
            log.append(invalid())

        assert log.head() == 0
        assert log.find("invalid request/invalid") is None


class Together:
    def test_of_concurrent_claims_of_a_number_exactly_one_wins(self, log):
        wishes = [
            numbered_commit(f"request/{at}", "paper/2026", claim=1 + at % 10) for at in range(80)
        ]

        outcomes = together(log, wishes)

        assert sum(not isinstance(outcome, Taken) for outcome in outcomes) == 10
        assert sorted(serials(log)) == list(range(1, 11))

    def test_concurrent_blocks_and_single_numbers_leave_no_gap(self, log):
        counts = [1 + at % 4 for at in range(100)]
        wishes = [
            numbered_commit(f"request/{at}", "register/2026", count=count)
            for at, count in enumerate(counts)
        ]

        firsts = [done.events[0].data["serial"] for done in together(log, wishes)]

        taken = [
            number
            for first, count in zip(firsts, counts, strict=True)
            for number in range(first, first + count)
        ]
        assert sorted(taken) == list(range(1, sum(counts) + 1))

    def test_invalid_facts_do_not_disturb_others_written_with_them(self, log):
        wishes = [
            invalid(f"request/{at}", "register/2026")
            if at % 3 == 0
            else numbered_commit(f"request/{at}", "register/2026")
            for at in range(60)
        ]

        outcomes = together(log, wishes)

        assert [isinstance(outcome, InvalidFact) for outcome in outcomes] == [
            at % 3 == 0 for at in range(60)
        ]
        assert serials(log) == list(range(1, 41))
        assert [done.position for done in log.read(0, 100)] == list(range(1, 41))

    def test_concurrent_appends_get_numbers_and_positions_without_gaps(self, log):
        wishes = [numbered_commit(f"request/{at}", "register/2026") for at in range(200)]

        results = together(log, wishes)

        assert sorted(done.position for done in results) == list(range(1, 201))
        assert serials(log) == list(range(1, 201))

    def test_each_concurrent_writer_is_told_its_own_result(self, log):
        results = together(log, [commit(f"request/{at}", count=2) for at in range(100)])

        assert [done.stream for done in results] == [f"request/{at}" for at in range(100)]
        assert all(log.stream(done.stream) == done.events for done in results)

    def test_of_writers_at_the_same_version_one_wins(self, log):
        outcomes = together(log, [commit() for _ in range(THREADS)])

        assert sum(not isinstance(outcome, Conflict) for outcome in outcomes) == 1
        assert len(log.stream(SUBJECT)) == 1

    def test_the_same_command_from_many_threads_is_written_once(self, log):
        results = together(log, [commit(command_id="once") for _ in range(THREADS)])

        assert sum(not done.repeated for done in results) == 1
        assert len({done.events[0].id for done in results}) == 1
        assert log.head() == 1

    def test_concurrent_commits_are_never_mixed(self, log):
        def write_on(stream):
            for step in range(10):
                log.append(commit(stream, expected=3 * step, count=3))

        with ThreadPoolExecutor(THREADS) as writers:
            list(writers.map(write_on, [f"request/{at}" for at in range(THREADS)]))

        for done in log.read(0, 1000):
            assert {each.stream for each in done.events} == {done.stream}
            versions = [each.streamversion for each in done.events]
            assert all(after == before + 1 for before, after in pairwise(versions))
            assert versions[-1] == done.version

    def test_a_reader_never_sees_a_position_before_those_in_front_of_it(self, log):
        seen = []

        def read_on():
            position = 0
            while position < 100:
                for done in log.read(position, 7):
                    seen.append(done.position)
                    position = done.position

        with ThreadPoolExecutor(THREADS + 1) as people:
            reader = people.submit(read_on)
            list(people.map(log.append, [commit(f"request/{at}") for at in range(100)]))
            reader.result(30)

        assert seen == list(range(1, 101))

    def test_stale_and_repeated_commands_leave_no_gap_between_the_others(self, log):
        log.append(commit("request/taken"))
        wishes = [
            numbered_commit("request/taken", "register/2026")
            if at % 4 == 0
            else numbered_commit(f"request/{at}", "register/2026", command_id=f"order {at % 60}")
            for at in range(120)
        ]

        together(log, wishes)

        assert serials(log) == list(range(1, len(serials(log)) + 1))
        assert len(serials(log)) == 45
        assert len(set(ids(log))) == len(ids(log))


class FullLogSuite(
    LogSuite,
    Many,
    Reading,
    Conflicts,
    Repeating,
    EventIds,
    Series,
    Blocks,
    Claims,
    Invalid,
    Together,
):
    """All of it."""


def together(log, wishes):
    """Append from many threads at once; results and errors in the order of the wishes."""

    def attempt(wish):
        try:
            return log.append(wish)
        except (Conflict, Taken, ValueError) as refusal:
            return refusal

    with ThreadPoolExecutor(THREADS) as writers:
        return list(writers.map(attempt, wishes))
