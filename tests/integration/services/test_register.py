"""The register's questions and measures, on real views."""

import json

import pytest
from prometheus_client import REGISTRY

from contracts.errors import Rejected
from services.register.project import VIEWS, measure
from services.register.query import (
    MOST,
    EntryQuery,
    NumbersQuery,
    PublishedQuery,
    Query,
    WorkQuery,
    matching,
)
from tests.suites.events import event
from tests.suites.shelf import Shelf

STORY = ("RequestReceived", "RequestSubmitted", "InformationClassified", "DeadlineSet")


@pytest.fixture
def shelf(client, database):
    return Shelf(client, database, VIEWS)


@pytest.fixture
def query(shelf):
    return Query(shelf.views, shelf.numbered)


def story(number, *more, received=None, submitted=None, assigned=None, due_on="2026-08-28"):
    """The events of one request; the number is also its serial."""
    changed = {
        "RequestReceived": received or {},
        "RequestSubmitted": {"serial": number, "number": f"{number:04d}/X", **(submitted or {})},
        "DeadlineSet": {"due_on": due_on},
        "RequestAssigned": assigned or {},
    }
    return [
        event(
            name,
            subject=f"request/{number:03d}",
            version=version,
            data=changed.get(name, {}),
            time=f"2026-08-12T03:{version:02d}:00+00:00",
        )
        for version, name in enumerate((*STORY, *more), start=1)
    ]


def objected(number, hour, *more, changed=None):
    """The events of one objection about the first request, a minute apart from an hour on."""
    filed = {"request": "001", "number": f"{number:04d}/K"}
    return [
        event(
            name,
            subject=f"objection/{number}",
            version=version,
            data=filed if name == "ObjectionFiled" else (changed or {}).get(name, {}),
            time=f"2026-08-12T{hour:02d}:{version:02d}:00+00:00",
        )
        for version, name in enumerate(("ObjectionFiled", *more), start=1)
    ]


def refusal(ask, *arguments):
    with pytest.raises(Rejected) as refused:
        ask(*arguments)
    return refused.value.code


def found(query, after="", limit=100, **filters):
    return [shown["_id"] for shown in query.requests(filters, after, limit)]


class TestOneRequest:
    def test_it_is_shown_as_it_stands(self, shelf, query):
        shelf.tell(*story(1))

        assert query.request("request/001")["state"] == "coordination"

    def test_its_timeline_has_causes_before_effects(self, shelf, query):
        shelf.tell(*reversed(story(1)))

        assert [each["type"].split(".")[-2] for each in query.timeline("request/001")] == list(
            STORY
        )

    @pytest.mark.parametrize(
        ("moment", "state"),
        [
            ("2026-08-12T03:01:00+00:00", "received"),
            ("2026-08-12T03:02:59.999999+00:00", "submitted"),
            ("2026-08-13T00:00:00+00:00", "coordination"),
        ],
    )
    def test_it_is_shown_as_it_stood(self, shelf, query, moment, state):
        shelf.tell(*story(1))

        assert query.request_as_of("request/001", moment)["state"] == state

    @pytest.mark.parametrize(
        ("moment", "states", "held"),
        [
            ("2026-08-12T03:59:59+00:00", [], False),
            ("2026-08-12T04:01:00+00:00", ["filed"], True),
            ("2026-08-12T04:02:00+00:00", ["answered"], True),
            ("2026-08-12T04:03:00+00:00", ["answered"], False),
            ("2026-08-12T05:01:00+00:00", ["answered", "filed"], True),
        ],
    )
    def test_its_objections_are_those_of_then_as_they_stood(
        self, shelf, query, moment, states, held
    ):
        accepts = {"ObjectorReacted": {"reaction": "accepts"}}
        shelf.tell(*story(1), *story(2))
        shelf.tell(*objected(1, 4, "ObjectionAnswered", "ObjectorReacted", changed=accepts))
        shelf.tell(*objected(2, 5))

        seen = query.request_as_of("request/001", moment)
        assert [each["state"] for each in seen["objections"]] == states
        assert seen["legal_hold"] is held
        assert query.request_as_of("request/002", moment)["objections"] == []

    def test_before_it_came_there_was_nothing(self, shelf, query):
        shelf.tell(*story(1))

        assert (
            refusal(query.request_as_of, "request/001", "2026-08-12T03:00:59+00:00") == "not_found"
        )

    def test_what_does_not_exist_is_not_found(self, query):
        assert refusal(query.request, "request/none") == "not_found"
        assert refusal(query.timeline, "request/none") == "not_found"


class TestWorkLists:
    @pytest.fixture(autouse=True)
    def requests(self, shelf):
        shelf.tell(
            *story(1, received={"channel": "email"}, due_on="2026-08-20"),
            *story(2, "Closed", due_on="2026-08-20"),
            *story(3, "Escalated", "DispositionGiven", due_on="2026-08-25"),
            *story(4, submitted={"year": 2025}, due_on="2026-09-01"),
        )

    def test_the_newest_stands_first(self, query):
        assert found(query) == ["request/004", "request/003", "request/002", "request/001"]

    def test_a_page_begins_behind_a_key(self, query):
        assert found(query, after="request/003", limit=1) == ["request/002"]

    @pytest.mark.parametrize(
        ("filters", "numbers"),
        [
            ({"state": "closed"}, [2]),
            ({"channel": "email"}, [1]),
            ({"year": 2025}, [4]),
            ({"unit": "Bagian Teknis"}, [3]),
            ({"overdue": True, "today": "2026-08-21"}, [1]),
            ({"overdue": True, "today": "2026-08-20"}, []),
            ({"overdue": False, "today": "2026-08-21"}, [4, 3]),
            ({"due_before": "2026-08-25"}, [3, 1]),
            ({"due_before": "2026-08-25", "overdue": False, "today": "2026-08-21"}, [3]),
            ({"due_before": "2026-08-25", "overdue": True, "today": "2026-08-21"}, [1]),
            ({"q": "0003/"}, [3]),
            ({"q": ".*"}, []),
            ({"state": "coordination", "channel": "walk_in"}, [4, 3]),
        ],
    )
    def test_a_filter_finds_what_it_says(self, query, filters, numbers):
        assert found(query, **filters) == [f"request/{number:03d}" for number in numbers]


class TestWhoseWork:
    @pytest.fixture(autouse=True)
    def requests(self, shelf):
        shelf.tell(
            *story(1, "RequestAssigned"),
            *story(2, "RequestAssigned", assigned={"assignee": "budi"}),
            *story(3),
            *story(4, "RequestAssigned", "Closed"),
        )

    @pytest.mark.parametrize(
        ("assignee", "numbers"),
        [("ani", [1]), ("budi", [2]), ("-", [3]), (["ani", "budi"], [2, 1]), (["ani"], [1])],
    )
    def test_open_work_is_found_by_who_does_it_or_by_whom_one_stands_in_for(
        self, query, assignee, numbers
    ):
        expected = [f"request/{number:03d}" for number in numbers]

        assert found(query, assignee=assignee) == expected

    def test_a_page_of_the_work_of_several_is_read_off_the_index_in_order(self, shelf):
        others = [
            story(number, "RequestAssigned", assigned={"assignee": whose})
            for number, whose in enumerate(("ani", "budi", "cici", "cici") * 10, start=5)
        ]
        shelf.tell(*(event for each in others for event in each))
        asked = matching({"assignee": ["ani", "budi"]})

        page = shelf.views.collection("requests").find(asked).sort("_id", -1).limit(5).explain()

        plan = json.dumps(page["queryPlanner"]["winningPlan"])
        assert "SORT_MERGE" in plan
        assert "COLLSCAN" not in plan


class TestThePileOfOne:
    def test_it_is_their_open_work_counted_whole_and_shown_as_it_falls_due(self, shelf):
        dues = [f"2026-09-{day:02d}" for day in range(30, 20, -1)]
        whose = {"assignee": "citra"}
        told = [
            story(number, "RequestAssigned", assigned=whose, due_on=due)
            for number, due in enumerate(dues, start=50)
        ]
        ended = story(70, "RequestAssigned", "Closed", assigned=whose, due_on="2026-09-01")
        others = story(71, "RequestAssigned", due_on="2026-09-01")
        shelf.tell(*(event for each in (*told, ended, others) for event in each))

        pile = WorkQuery(shelf.views).pile_of("citra")

        assert pile["count"] == len(dues)
        assert [case["due_on"] for case in pile["items"]] == sorted(dues)[:8]


class TestTheBook:
    def test_a_year_is_read_by_its_numbers(self, shelf, query):
        shelf.tell(*story(2), *story(1), *story(3, submitted={"year": 2025}))

        assert [shown["serial"] for shown in query.book(2026, 0, 10)] == [1, 2]

    def test_a_page_begins_behind_a_number(self, shelf, query):
        shelf.tell(*story(1), *story(2), *story(3))

        assert [shown["serial"] for shown in query.book(2026, 1, 1)] == [2]

    def test_a_request_without_a_number_is_not_in_the_book(self, shelf, query):
        shelf.tell(event("RequestReceived"))

        assert query.book(2026, 0, 10) == []


class TestNumbers:
    """Five forms: 11 and 12 were entered (12 lacks papers), 13 was spoilt, 14 and 15 wait."""

    @pytest.fixture(autouse=True)
    def forms(self, shelf):
        block, spoilt = {"first": 11, "last": 15}, {"serial": 13, "number": "0013/X"}
        paper = {"paper_serial": 12, "number": "0012/X"}
        shelf.tell(
            event("NumbersReserved", subject="numbers/2026", data=block),
            event("NumberVoided", subject="numbers/2026", version=2, data=spoilt),
            *story(10),
            *story(11, received={"paper_serial": 11, "number": "0011/X"}),
            event("RequestReceived", subject="request/012", data=paper),
            event("IncompletenessNotified", subject="request/012", version=2),
            *story(16),
        )

    @pytest.fixture
    def numbers(self, shelf):
        return NumbersQuery(shelf.views)

    def test_each_serial_of_a_block_is_used_or_void_or_open(self, numbers):
        found = numbers.year(2026)

        assert [(each["serial"], each["request"], each["state"]) for each in found["used"]] == [
            (11, "011", "coordination"),
            (12, "012", "incomplete"),
        ]
        assert [each["serial"] for each in found["void"]] == [13]
        assert found["open"] == [14, 15]
        assert [(each["first"], each["last"]) for each in found["blocks"]] == [(11, 15)]

    def test_a_year_without_blocks_has_nothing_reserved(self, numbers):
        nothing = {"blocks": [], "void": [], "used": [], "open": []}

        assert numbers.year(2027) == {"year": 2027, **nothing}

    def book(self, query, numbers, after, limit):
        lines = numbers.with_void(2026, after, limit, query.book(2026, after, limit))
        return [(line["serial"], line["number"], line["state"] == "void") for line in lines]

    def test_the_book_shows_what_is_void_between_the_requests(self, query, numbers):
        assert self.book(query, numbers, 0, 10) == [
            (10, "0010/X", False),
            (11, "0011/X", False),
            (12, "0012/X", False),
            (13, "0013/X", True),
            (16, "0016/X", False),
        ]

    def test_pages_of_any_length_show_each_line_once(self, query, numbers):
        for limit in (1, 2, 3):
            seen, after = [], 0
            while page := self.book(query, numbers, after, limit):
                assert len(page) <= limit
                seen += [serial for serial, _, _ in page]
                after = seen[-1]
            assert seen == [10, 11, 12, 13, 16]


def test_numbers_are_told_of_what_has_one(shelf, query):
    shelf.tell(*story(1), *objected(7, 4))

    assert query.named(["request/001", "objection/7", "request/none"]) == {
        "request/001": "0001/X",
        "objection/7": "0007/K",
    }


class TestLists:
    @pytest.fixture
    def lists(self, shelf):
        return EntryQuery(shelf.views)

    def test_each_list_has_its_own_entries(self, shelf, lists):
        shelf.tell(
            event("ListEntryPublished", subject="list-entry/1"),
            event("ListEntryPublished", subject="list-entry/2", data={"list": "public"}),
        )

        assert [shown["_id"] for shown in lists.entries("exempt", "", 10)] == ["list-entry/1"]
        assert [shown["_id"] for shown in lists.entries("public", "", 10)] == ["list-entry/2"]

    def test_a_word_finds_the_entries_that_say_it(self, shelf, lists):
        shelf.tell(
            event("ListEntryPublished", subject="list-entry/1", data={"title": "Data (pemilih)"}),
            event("ListEntryPublished", subject="list-entry/2", data={"title": "Anggaran"}),
        )

        found = lists.entries("exempt", "", 10, "(PEMILIH")
        assert [shown["_id"] for shown in found] == ["list-entry/1"]

    def test_what_is_revoked_or_has_run_out_does_not_count_on_a_day(self, shelf, lists):
        shelf.tell(
            event("ListEntryPublished", subject="list-entry/1", data={"valid_to": "2026-08-11"}),
            event("ListEntryPublished", subject="list-entry/2", data={"valid_to": "2026-08-12"}),
            event("ListEntryPublished", subject="list-entry/3", data={"valid_to": None}),
            event("ListEntryPublished", subject="list-entry/4", data={"valid_to": None}),
            event("ListEntryRevoked", subject="list-entry/4", version=2),
        )

        found = lists.entries("exempt", "", 10, "", "2026-08-12")
        assert [shown["_id"] for shown in found] == ["list-entry/2", "list-entry/3"]

    def test_one_entry_is_shown(self, shelf, lists):
        shelf.tell(event("ListEntryPublished", subject="list-entry/1"))

        assert lists.entry("list-entry/1")["decree"] == "731/2025"

    def test_an_unknown_entry_is_not_found(self, lists):
        assert refusal(lists.entry, "list-entry/none") == "not_found"


class TestTheFeed:
    def test_it_tells_every_event_with_its_position(self, shelf, query):
        shelf.tell(*story(1))

        assert [each["position"] for each in query.feed(0, 10)] == [1, 2, 3, 4]
        assert [each["position"] for each in query.feed(2, 1)] == [3]

    def test_what_may_name_people_is_left_out(self, shelf, query):
        shelf.tell(*story(1))
        received = query.feed(0, 1)[0]["data"]

        assert not {"information", "purpose"} & set(received)
        assert received["channel"] == "walk_in"

    def test_the_log_itself_keeps_it(self, shelf, query):
        shelf.tell(*story(1))
        query.feed(0, 1)

        assert "information" in query.timeline("request/001")[0]["data"]

    def test_no_page_is_longer_than_it_may_be(self, shelf, query):
        shelf.tell(*[event("RequestReceived", subject=f"request/{at}") for at in range(MOST + 1)])

        assert len(query.feed(0, 10_000)) == MOST
        assert len(found(query, limit=10_000)) == MOST


class TestMeasuring:
    def value(self, name, **labels):
        return REGISTRY.get_sample_value(name, labels)

    def test_open_requests_are_counted_by_state(self, shelf):
        shelf.tell(*story(1), *story(2), *story(3, "Closed"))
        measure(shelf.views)

        assert self.value("terbuka_requests_open", state="coordination") == 2
        assert self.value("terbuka_requests_open", state="closed") is None

    def test_late_requests_are_counted(self, shelf):
        shelf.tell(*story(1, due_on="2020-01-01"), *story(2, due_on="2999-01-01"))
        measure(shelf.views)

        assert self.value("terbuka_requests_overdue") == 1

    def test_a_state_that_nobody_is_in_any_more_is_not_counted(self, shelf):
        shelf.tell(*story(1))
        measure(shelf.views)
        shelf.tell(event("Closed", subject="request/001", version=1, clock=9))
        measure(shelf.views)

        assert self.value("terbuka_requests_open", state="coordination") is None


def published(number, title, **changed):
    """The events of one entry of a list."""
    return event(
        "ListEntryPublished",
        subject=f"list-entry/{number}",
        data={"list": "public", "title": title, **changed},
    )


class TestWhatIsPublicAlready:
    @pytest.fixture
    def like(self, shelf):
        query = PublishedQuery(shelf.views)
        return lambda text, today="2026-08-12": [e["_id"] for e in query.like(text, today)]

    def test_entries_are_found_by_the_words_of_their_titles_the_likeliest_first(self, shelf, like):
        shelf.tell(
            published(1, "Hasil pemilu 2019 di Jakarta"),
            published(2, "Rekapitulasi hasil penghitungan suara Pemilu 2024"),
            published(3, "Anggaran sosialisasi"),
        )

        assert like("Mohon rekapitulasi HASIL pemilu 2024") == ["list-entry/2", "list-entry/1"]

    def test_what_is_exempt_or_revoked_is_never_offered(self, shelf, like):
        revoked = published(2, "Daftar pemilih tetap")
        shelf.tell(
            published(1, "Daftar pemilih tetap", list="exempt"),
            revoked,
            event("ListEntryRevoked", subject="list-entry/2", version=2, data={"list": "public"}),
        )

        assert like("Daftar pemilih") == []

    def test_indonesian_words_are_not_cut_as_english_ones(self, shelf, like):
        shelf.tell(published(1, "Berita acara rapat pleno"), published(2, "Bahan sosialisasi"))

        assert like("acara rapat") == ["list-entry/1"]
        assert like("the and for") == []

    def test_at_most_as_many_as_somebody_reads(self, shelf, like):
        shelf.tell(*(published(number, f"Daftar pemilih {number}") for number in range(9)))

        assert len(like("Daftar pemilih")) == 5

    def test_an_index_serves_it(self, shelf):
        plan = (
            shelf.views.collection("entries").find({"$text": {"$search": "pemilih"}}).explain()
        )["queryPlanner"]["winningPlan"]

        assert "TEXT_MATCH" in str(plan)


class TestTracking:
    def test_a_request_is_followed_by_its_number_and_by_its_id(self, shelf, query):
        shelf.tell(*story(1), *story(2))

        assert query.tracked("0002/X")["_id"] == "request/002"
        assert query.tracked("002")["_id"] == "request/002"

    def test_any_other_number_is_nobodys(self, shelf, query):
        shelf.tell(*story(1))

        assert query.tracked("0002/X") is None
        assert query.tracked("") is None


def test_some_requests_are_told_at_once_the_newest_first(shelf, query):
    shelf.tell(*story(1), *story(2), *story(3))
    found = query.some(["request/001", "request/003", "request/009"])

    assert [each["_id"] for each in found] == ["request/003", "request/001"]
