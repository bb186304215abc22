"""Views are a function of the set of events: not of their order, not of how often or how late they came."""

import threading
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymongo.errors import AutoReconnect

from deploy.local.waiting import wait_until
from eventlog import projector as projecting
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.mongo.views import Generation, MongoViews, Overtaken
from eventlog.pace import Pace
from eventlog.projector import Hole, Projector, observe_waiting
from eventlog.rebuild import Difference, Incomplete, build, catch_up, compare, rebuild
from services.register.project import VIEWS as REGISTER
from services.reporting.project import VIEWS as REPORTING
from telemetry import metrics
from tests.suites.events import event, events
from tests.suites.office import deliveries
from tests.suites.shown import distinct, documents, folded

EXAMPLES = 60
STORY = ("RequestReceived", "RequestSubmitted", "DeadlineSet", "InformationClassified")


class Shelf:
    """A numbered log, views of it, and a projector between them."""

    def __init__(self, client, database, views=REGISTER):
        self.numbered = MongoNumberedLog(database)
        self.numbered.prepare()
        self.views = MongoViews(client, database, views)
        self.views.prepare()
        self.projector = Projector("register", self.numbered, self.views)

    def another(self):
        """A second projector, as a second process would have it."""
        return Projector("register", self.numbered, self.views)

    def record(self, told):
        self.numbered.record(told)

    def show_all(self, projector=None):
        while (projector or self.projector).step():
            continue

    def everything(self):
        return [each.event for each in self.numbered.read(0, 100_000)]

    def is_right(self):
        return documents(self.views) == folded(self.views, self.everything())


@pytest.fixture
def shelf(client, database):
    return Shelf(client, database)


def stories(number, first=0):
    """The first facts of several requests, one request after the other."""
    return [
        event(name, subject=f"request/{at}", version=version)
        for at in range(first, first + number)
        for version, name in enumerate(STORY, start=1)
    ]


class TestShuffling:
    numbers = count(1)

    def moved(self, batches):
        """The same deliveries, about requests that no earlier example was about."""
        run = next(self.numbers)
        return [
            [
                replace(each, id=f"{run}-{each.id}", subject=f"{each.subject}-{run}")
                for each in batch
            ]
            for batch in batches
        ]

    @pytest.mark.parametrize("views", [REGISTER, REPORTING], ids=["register", "reporting"])
    def test_a_view_is_a_function_of_the_set_of_events(self, client, database, views):
        shelf = Shelf(client, database, views)

        @settings(max_examples=EXAMPLES)
        @given(deliveries(), st.data())
        def whatever_comes(delivered, data):
            arrived = []
            for batch in self.moved(delivered[1]):
                shelf.record(batch)
                arrived += batch
                if data.draw(st.booleans()):
                    shelf.show_all()
                    is_shown(arrived)
            shelf.show_all()
            is_shown(arrived)

        def is_shown(arrived):
            known = distinct(arrived)
            subjects = {each.subject for each in known}
            seen = {key: row for key, row in documents(shelf.views).items() if key[1] in subjects}
            assert seen == folded(shelf.views, known)

        whatever_comes()
        assert compare(shelf.numbered, shelf.views) == []


class TestProjecting:
    def test_an_empty_log_shows_nothing(self, shelf):
        assert shelf.projector.step() == 0
        assert documents(shelf.views) == {}

    def test_a_step_shows_a_batch(self, shelf):
        shelf.record(stories(3))

        assert shelf.projector.step() == 12
        assert shelf.is_right()

    def test_a_long_backlog_is_shown_batch_by_batch(self, shelf, monkeypatch):
        monkeypatch.setattr(projecting, "BATCH", 5)
        shelf.record(stories(4))

        assert [shelf.projector.step() for _ in range(5)] == [5, 5, 5, 1, 0]
        assert shelf.is_right()

    def test_the_position_shown_is_that_of_the_log(self, shelf):
        shelf.record(stories(3))
        shelf.show_all()

        assert shelf.views.live() == Generation(1, shelf.numbered.head())

    def test_what_is_of_no_view_moves_the_position_only(self, shelf):
        shelf.record([event("ApplicantCorrected", subject="applicant/1")])
        shelf.show_all()

        assert (shelf.views.live().position, documents(shelf.views)) == (1, {})

    def test_an_entity_that_cannot_be_shown_yet_is_shown_later(self, shelf):
        received, submitted, *_ = stories(1)
        shelf.record([submitted])
        shelf.show_all()
        assert documents(shelf.views) == {}

        shelf.record([received])
        shelf.show_all()
        assert shelf.is_right()

    def test_who_observes_is_told_what_became_visible(self, shelf):
        seen = []
        shelf.projector.observe = seen.extend
        shelf.record(stories(2))
        shelf.show_all()

        assert [each.position for each in seen] == list(range(1, 9))

    def test_a_projector_runs_until_it_is_told_to_stop(self, shelf):
        stop = threading.Event()
        runner = threading.Thread(
            target=shelf.projector.run, args=(Pace(stop), lambda: not stop.is_set())
        )
        runner.start()
        for at in range(5):
            shelf.record(stories(1, first=at))
        wait_until(lambda: shelf.views.live().position == 20, "everything is shown", 10)
        stop.set()
        runner.join(10)

        assert not runner.is_alive()
        assert shelf.is_right()

    def test_it_waits_while_the_database_is_away(self, shelf, monkeypatch):
        monkeypatch.setattr(projecting, "RETRY_SECONDS", 0.01)
        faults = iter([AutoReconnect("away"), AutoReconnect("away")])
        read = shelf.numbered.read

        def sometimes(after, limit):
            for fault in faults:
                raise fault
            return read(after, limit)

        monkeypatch.setattr(shelf.numbered, "read", sometimes)
        shelf.record(stories(1))
        asked = iter([True, True, True, False])
        shelf.projector.run(Pace(threading.Event()), lambda: next(asked))

        assert shelf.is_right()

    def test_a_hole_ends_it(self, database, shelf):
        shelf.record(stories(1))
        database["events"].delete_one({"_id": 2})

        with pytest.raises(Hole):
            shelf.projector.run(Pace(threading.Event()), lambda: True)

    def test_how_long_events_were_on_their_way_is_measured(self, shelf):
        shelf.projector.observe = observe_waiting
        before = metrics.ACCEPTED_TO_VISIBLE._sum.get()
        shelf.record(stories(1))
        shelf.show_all()

        assert metrics.ACCEPTED_TO_VISIBLE._sum.get() > before

    def test_two_projectors_at_once_do_no_harm(self, shelf, monkeypatch):
        monkeypatch.setattr(projecting, "BATCH", 7)
        told = stories(40)
        faults = []

        def project(projector):
            try:
                while shelf.views.live().position < len(told):
                    projector.step()
            except BaseException as fault:  # noqa: BLE001 - told to the test
                faults.append(fault)

        people = [
            threading.Thread(target=project, args=(each,))
            for each in (shelf.projector, shelf.another())
        ]
        for person in people:
            person.start()
        for at in range(0, len(told), 9):
            shelf.record(told[at : at + 9])
        for person in people:
            person.join(30)

        assert faults == []
        assert shelf.is_right()
        assert compare(shelf.numbered, shelf.views) == []

    def test_who_comes_late_to_a_position_writes_nothing(self, shelf):
        shelf.record(stories(1))
        stale = shelf.views.live()
        shelf.show_all()
        before = documents(shelf.views)

        with pytest.raises(Overtaken):
            shelf.views.write(stale, 1, {"requests": [{"_id": "request/0", "state": "forged"}]})
        assert documents(shelf.views) == before

    def test_who_was_overtaken_looks_again(self, shelf):
        late = shelf.another()
        late.step()
        shelf.record(stories(1))
        shelf.show_all()

        assert late.step() == 0
        shelf.record(stories(1, first=1))
        shelf.show_all(late)
        assert shelf.is_right()


class Crashing(MongoViews):
    """Views whose process ends in the middle of a batch, after some of its documents."""

    def put(self, number, rows, session=None):
        for name in list(rows)[:1]:
            super().put(number, {name: rows[name]}, session)
        raise KeyboardInterrupt


class TestCrashes:
    def test_a_crash_in_the_middle_of_a_batch_shows_nothing_of_it(self, client, database, shelf):
        crashing = Projector("register", shelf.numbered, Crashing(client, database, REGISTER))
        shelf.record(stories(3))
        with pytest.raises(KeyboardInterrupt):
            crashing.step()

        assert shelf.views.live().position == 0
        assert documents(shelf.views) == {}

    def test_after_a_crash_the_batch_is_shown_whole(self, client, database, shelf):
        crashing = Projector("register", shelf.numbered, Crashing(client, database, REGISTER))
        shelf.record(stories(3))
        with pytest.raises(KeyboardInterrupt):
            crashing.step()
        shelf.show_all()

        assert shelf.is_right()

    @pytest.mark.parametrize("at", [1, 3, 5])
    def test_a_hole_in_the_log_stops_the_projector(self, database, shelf, at):
        shelf.record(events(6))
        database["events"].delete_one({"_id": at})

        with pytest.raises(Hole):
            shelf.projector.step()
        assert shelf.views.live().position == 0


class TestRebuilding:
    def test_what_grew_is_what_is_built_now_byte_for_byte(self, shelf):
        for at in range(6):
            shelf.record(stories(2, first=at))
            shelf.show_all()

        assert compare(shelf.numbered, shelf.views) == []

    def test_a_document_that_was_altered_is_found(self, shelf):
        shelf.record(stories(3))
        shelf.show_all()
        shelf.views.collection("requests").update_one(
            {"_id": "request/1"}, {"$set": {"state": "forged"}}
        )

        assert compare(shelf.numbered, shelf.views) == [Difference("requests", "request/1")]

    def test_a_document_that_was_removed_or_put_in_is_found(self, shelf):
        shelf.record(stories(2))
        shelf.show_all()
        requests = shelf.views.collection("requests")
        requests.delete_one({"_id": "request/1"})
        requests.insert_one({"_id": "request/9"})

        assert {each.entity for each in compare(shelf.numbered, shelf.views)} >= {"request/9"}

    def test_comparing_leaves_nothing_behind(self, database, shelf):
        shelf.record(stories(1))
        shelf.show_all()
        before = set(database.list_collection_names())
        compare(shelf.numbered, shelf.views)

        assert set(database.list_collection_names()) == before

    def test_a_rebuilt_view_is_live_and_the_old_one_stays_until_the_next_rebuild(
        self, database, shelf
    ):
        shelf.record(stories(3))
        shelf.show_all()
        built = rebuild(shelf.numbered, shelf.views)

        assert shelf.views.live() == built == Generation(2, 12)
        assert "view_requests_1" in database.list_collection_names()
        rebuild(shelf.numbered, shelf.views)
        assert "view_requests_1" not in database.list_collection_names()

    def test_whoever_reads_while_it_is_swapped_reads_on(self, shelf):
        shelf.record(stories(3))
        shelf.show_all()
        reader = shelf.views.collection("requests")
        rebuild(shelf.numbered, shelf.views)
        assert reader.count_documents({}) == 3
        assert shelf.is_right()

    def test_a_rebuild_mends_what_was_altered(self, shelf):
        shelf.record(stories(3))
        shelf.show_all()
        shelf.views.collection("requests").delete_many({})
        rebuild(shelf.numbered, shelf.views)

        assert shelf.is_right()

    def test_after_a_swap_the_projector_goes_on_in_the_new_views(self, shelf):
        shelf.record(stories(1))
        shelf.show_all()
        rebuild(shelf.numbered, shelf.views)
        shelf.record(stories(1, first=1))
        shelf.show_all()
        shelf.show_all()

        assert shelf.views.live() == Generation(2, 8)
        assert shelf.is_right()

    def test_progress_counts_every_event(self, shelf):
        shelf.record(stories(3))
        seen = []
        rebuild(shelf.numbered, shelf.views, seen.append)

        assert sum(seen) == 12

    def test_many_entities_are_filled_in_batches(self, shelf):
        shelf.record([each for each in stories(1200) if each.name == "RequestReceived"])
        rebuild(shelf.numbered, shelf.views)

        assert shelf.views.collection("requests").count_documents({}) == 1200

    def test_documents_that_were_lost_while_filling_are_noticed(self, shelf):
        shelf.record(stories(3))

        class Forgetful(MongoViews):
            def fill(self, number, name, rows):
                super().fill(number, name, rows[:1])

        forgetful = Forgetful(shelf.views._client, shelf.views._database, REGISTER)
        with pytest.raises(Incomplete):
            build(shelf.numbered, forgetful)
        assert shelf.views.live().number == 1

    def test_what_was_built_is_brought_up_to_date(self, shelf):
        shelf.record(stories(2))
        built = build(shelf.numbered, shelf.views)
        shelf.record(stories(2, first=2))
        caught_up = catch_up(shelf.numbered, shelf.views, built, 16)

        assert caught_up == Generation(built.number, 16)
        assert documents(shelf.views, built.number) == folded(shelf.views, shelf.everything())

    def test_a_swap_never_shows_less(self, shelf):
        shelf.record(stories(1))
        built = build(shelf.numbered, shelf.views)
        shelf.record(stories(1, first=1))
        shelf.show_all()

        assert shelf.views.swap(built) is False
        assert shelf.views.live() == Generation(1, 8)

    def test_what_is_live_is_not_dropped(self, shelf):
        with pytest.raises(ValueError, match="live"):
            shelf.views.drop(1)

    def test_generation_numbers_are_never_used_again(self, shelf):
        assert len({shelf.views.next_number() for _ in range(5)} | {1}) == 6

    def test_views_are_rebuilt_while_events_keep_arriving(self, shelf):
        stop, positions = threading.Event(), []

        def live_on():
            at = 0
            while not stop.is_set():
                shelf.record(stories(1, first=at))
                shelf.projector.step()
                positions.append(shelf.views.live().position)
                at += 1

        person = threading.Thread(target=live_on)
        person.start()
        try:
            for _ in range(4):
                rebuild(shelf.numbered, shelf.views)
        finally:
            stop.set()
            person.join(30)
        shelf.show_all()
        shelf.show_all()

        assert positions == sorted(positions)
        assert shelf.views.live() == Generation(5, shelf.numbered.head())
        assert shelf.is_right()
        assert compare(shelf.numbered, shelf.views) == []


def test_indexes_serve_every_work_list(shelf):
    indexed = {
        tuple(key for key, _ in each["key"])
        for each in shelf.views.collection("requests").index_information().values()
    }

    assert {("state", "_id"), ("channel", "_id"), ("year", "serial"), ("number", "_id")} <= indexed
