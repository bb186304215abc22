"""A log as a file: what goes out comes back, and nothing else comes in."""

import io
import json
from dataclasses import replace

import pytest

from contracts.envelope import to_cloudevent
from eventlog.chain import GENESIS, Line, link
from terbuka import archive
from terbuka.archive import Damaged, Header, header_of, lines_of, put_back, write
from tests.suites.events import events


class Log:
    """Keeps lines in memory; refuses an id twice, as the database's index does."""

    def __init__(self, lines=()):
        self.stored = list(lines)

    def head(self):
        return len(self.stored)

    def hash_at(self, position):
        if position == 0:
            return GENESIS
        if position > len(self.stored):
            raise KeyError(position)
        return self.stored[position - 1].hash

    def missing(self, ids):
        return set(ids) - {line.envelope["id"] for line in self.stored}

    def restore(self, lines):
        self.stored.extend(lines)


def chained(envelopes, after=0, previous=GENESIS):
    lines = []
    for position, envelope in enumerate(envelopes, start=after + 1):
        lines.append(Line(position, previous, link(envelope, previous), envelope))
        previous = lines[-1].hash
    return lines


@pytest.fixture
def lines():
    return chained([to_cloudevent(each) for each in events(7)])


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(archive, "BATCH", 3)


def exported(lines, after=0, count=None):
    previous = lines[after - 1].hash if after else GENESIS
    count = len(lines) - after if count is None else count
    file = io.StringIO()
    write(file, Header(after, previous, count), iter(lines[after:]))
    return file.getvalue()


def imported(text, log):
    file = io.StringIO(text)
    header = header_of(file)
    return put_back(header, lines_of(file, header), log)


class TestExporting:
    def test_the_header_says_what_comes_and_the_last_line_what_came(self, lines):
        first, *_, last = map(json.loads, exported(lines).splitlines())

        assert first["format"] == "terbuka-log"
        assert (first["version"], first["count"], first["after"]) == (1, 7, 0)
        assert last == {"last": 7, "hash": lines[-1].hash}

    def test_an_empty_log_is_a_file_of_two_lines(self):
        assert len(exported([]).splitlines()) == 2

    def test_lines_that_came_meanwhile_are_left(self, lines):
        assert json.loads(exported(lines, count=5).splitlines()[-1])["last"] == 5

    def test_a_broken_chain_is_not_exported(self, lines):
        lines[4] = replace(lines[4], envelope={**lines[4].envelope, "actor": "somebody else"})

        with pytest.raises(Damaged, match="position 5: was altered"):
            exported(lines)


class TestImporting:
    def test_an_empty_log_becomes_the_exported_one(self, lines):
        log = Log()

        assert imported(exported(lines), log) == 7
        assert log.stored == lines

    def test_doing_it_again_changes_nothing(self, lines):
        log = Log(lines)

        assert imported(exported(lines), log) == 0
        assert log.stored == lines

    def test_an_interrupted_import_goes_on_in_the_middle_of_a_batch(self, lines):
        log = Log(lines[:4])

        assert imported(exported(lines), log) == 3
        assert log.stored == lines

    def test_a_file_that_begins_where_the_log_ends_continues_it(self, lines):
        log = Log(lines[:4])

        assert imported(exported(lines, after=4), log) == 3
        assert log.stored == lines

    def test_a_file_that_begins_later_is_refused(self, lines):
        with pytest.raises(Damaged, match="the log ends at 2"):
            imported(exported(lines, after=4), Log(lines[:2]))

    def test_a_file_that_follows_another_log_is_refused(self, lines):
        other = chained([to_cloudevent(each) for each in events(4)])

        with pytest.raises(Damaged, match="position 4"):
            imported(exported(lines, after=4), Log(other))

    def test_a_log_with_other_events_is_left_as_it_is(self, lines):
        other = chained([to_cloudevent(each) for each in events(2)])
        log = Log(other)

        with pytest.raises(Damaged, match="position 2"):
            imported(exported(lines), log)
        assert log.stored == other

    def test_of_a_batch_that_breaks_nothing_is_stored(self, lines):
        altered = exported(lines).replace(lines[4].envelope["id"], "another")
        log = Log()

        with pytest.raises(Damaged, match="position 5: was altered"):
            imported(altered, log)
        assert log.stored == lines[:3]

    def test_a_line_that_was_taken_out_is_noticed(self, lines):
        text = exported(lines).splitlines(keepends=True)

        with pytest.raises(Damaged, match="position 2: missing"):
            imported("".join(text[:2] + text[3:]), Log())

    def test_an_event_that_stands_twice_is_refused_though_the_chain_holds(self, lines):
        twice = chained([each.envelope for each in [*lines[:2], lines[0]]])
        log = Log()

        with pytest.raises(Damaged, match="stands twice"):
            imported(exported(twice), log)
        assert log.stored == []

    def test_what_is_no_event_is_refused_though_the_chain_holds(self):
        with pytest.raises(Damaged, match="position 1: specversion"):
            imported(exported(chained([{"id": "1"}])), Log())

    def test_half_a_character_is_refused(self, lines):
        text = exported(lines[:1]).replace("desk:ani", "desk:\\ud800")

        with pytest.raises(Damaged, match="no log can hold"):
            imported(text, Log())

    def test_a_file_that_was_cut_off_says_so_and_its_whole_batches_stay(self, lines):
        text = exported(lines).splitlines(keepends=True)
        log = Log()

        with pytest.raises(Damaged):
            imported("".join(text[:6]), log)
        assert log.stored == lines[:3]

    def test_a_file_with_more_than_it_says_is_refused(self, lines):
        text = exported(lines).replace('"count":7', '"count":6')

        with pytest.raises(Damaged, match="last line"):
            imported(text, Log())

    @pytest.mark.parametrize(
        "text",
        ["", "nonsense\n", "[]\n", '{"format":"terbuka-log","version":2}\n', '{"format":"x"}\n'],
    )
    def test_another_file_is_refused_at_its_first_line(self, text):
        with pytest.raises(Damaged):
            header_of(io.StringIO(text))

    def test_progress_counts_every_line(self, lines):
        file, seen = io.StringIO(exported(lines)), []
        header = header_of(file)
        put_back(header, lines_of(file, header), Log(), seen.append)

        assert sum(seen) == 7
