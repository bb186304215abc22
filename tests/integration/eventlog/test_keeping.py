"""What keeps a job to one holder, a position from going back, and small views and reasons in step."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from threading import Event as Signal
from time import sleep

import pytest

from deploy.local.waiting import wait_until
from eventlog.mongo import own_view
from eventlog.mongo.checkpoint import Checkpoint, Fenced
from eventlog.mongo.lease import Lease
from eventlog.mongo.log import MongoLog
from eventlog.mongo.own_view import OwnList, OwnView
from eventlog.mongo.views import MongoViews
from eventlog.parking import BY_BROKER, Reasons
from eventlog.project import View
from eventlog.visible import Visible
from tests.suites.events import commit

SHORT = 0.6  # seconds; long enough that holding it twice in a row takes less


@pytest.fixture
def lease(database):
    return lambda holder, seconds=30: Lease(database, "relay", holder, seconds)


class TestLease:
    def test_the_first_to_come_holds_it(self, lease):
        assert lease("one").hold() == 1

    def test_another_does_not_hold_it_meanwhile(self, lease):
        lease("one").hold()

        assert lease("two").hold() == 0

    def test_the_holder_keeps_it_under_the_same_token(self, lease):
        one = lease("one")

        assert [one.hold() for _ in range(3)] == [1, 1, 1]

    def test_a_holder_that_begins_anew_keeps_its_token(self, lease):
        lease("one").hold()

        assert lease("one").hold() == 1

    def test_released_it_is_taken_at_once_under_the_next_token(self, lease):
        one = lease("one")
        one.hold()
        one.release()

        assert lease("two").hold() == 2

    def test_even_the_same_holder_gets_another_token_after_releasing_it(self, lease):
        one = lease("one")
        one.hold()
        one.release()

        assert one.hold() == 2

    def test_who_does_not_hold_it_releases_nothing(self, lease):
        lease("one").hold()
        lease("two").release()

        assert lease("two").hold() == 0

    def test_it_lapses_when_its_holder_sleeps(self, lease):
        lease("one", SHORT).hold()
        wait_until(lambda: lease("two", SHORT).hold() == 2, "the lease lapses", 10)

    def test_it_does_not_lapse_while_its_holder_works(self, lease):
        one, two, stop = lease("one", SHORT), [], Signal()
        one.hold()

        def work():
            while not stop.wait(0.02):
                one.hold()

        with ThreadPoolExecutor(1) as people:
            people.submit(work)
            try:
                for _ in range(40):
                    two.append(lease("two", SHORT).hold())
                    stop.wait(0.04)
            finally:
                stop.set()

        assert set(two) == {0}

    def test_a_holder_that_slept_sees_that_it_lost_it(self, lease):
        one = lease("one", SHORT)
        one.hold()
        wait_until(lambda: lease("two").hold(), "the lease lapses", 10)

        assert one.hold() == 0

    def test_of_many_at_once_one_gets_it(self, lease):
        with ThreadPoolExecutor(8) as people:
            tokens = list(people.map(lambda name: lease(str(name)).hold(), range(24)))

        assert sorted(tokens) == [0] * 23 + [1]

    def test_each_job_has_a_lease_of_its_own(self, database, lease):
        lease("one").hold()

        assert Lease(database, "other", "two").hold() == 1


class TestCheckpoint:
    @pytest.fixture
    def checkpoint(self, database):
        return Checkpoint(database, "relay")

    def test_it_begins_at_0(self, checkpoint):
        assert checkpoint.position() == 0

    def test_it_moves_forward(self, checkpoint):
        checkpoint.advance(5, 1)
        checkpoint.advance(9, 1)

        assert checkpoint.position() == 9

    def test_the_same_position_again_does_no_harm(self, checkpoint):
        checkpoint.advance(5, 1)
        checkpoint.advance(5, 1)

        assert checkpoint.position() == 5

    def test_it_never_moves_back(self, checkpoint):
        checkpoint.advance(5, 1)

        with pytest.raises(Fenced):
            checkpoint.advance(4, 1)
        assert checkpoint.position() == 5

    def test_who_has_lost_the_job_writes_nothing(self, checkpoint):
        checkpoint.advance(5, 1)
        checkpoint.advance(6, 2)

        with pytest.raises(Fenced):
            checkpoint.advance(7, 1)
        assert checkpoint.position() == 6

    def test_a_later_holder_is_not_put_back_by_its_token_alone(self, checkpoint):
        checkpoint.advance(5, 1)

        with pytest.raises(Fenced):
            checkpoint.advance(3, 2)

    def test_each_job_has_its_own(self, database, checkpoint):
        checkpoint.advance(5, 1)

        assert Checkpoint(database, "other").position() == 0

    def test_of_many_at_once_the_furthest_stands(self, checkpoint):
        def advance(position):
            try:
                checkpoint.advance(position, 0)
            except Fenced:
                return

        with ThreadPoolExecutor(8) as people:
            list(people.map(advance, [7, 3, 30, 12, 1, 29, 30, 8] * 4))

        assert checkpoint.position() == 30


class TestOwnView:
    @pytest.fixture
    def log(self, database):
        log = MongoLog(database)
        log.prepare()
        return log

    @pytest.fixture
    def view(self, database, log):
        view = OwnView(database, "agenda", log, lambda events: {"names": len(events)})
        view.prepare("names")
        return view

    def shown(self, view):
        return {each["_id"]: (each["version"], each["names"]) for each in view.documents.find()}

    def test_it_shows_each_stream_of_the_log(self, view, log):
        log.append(commit("request/1", count=2))
        log.append(commit("request/2"))
        view.catch_up()

        assert self.shown(view) == {"request/1": (2, 2), "request/2": (1, 1)}

    def test_a_stream_that_goes_on_is_shown_anew(self, view, log):
        log.append(commit("request/1"))
        view.catch_up()
        log.append(commit("request/1", 1))
        view.catch_up()

        assert self.shown(view) == {"request/1": (2, 2)}

    def test_a_long_log_is_read_in_batches(self, view, log, monkeypatch):
        monkeypatch.setattr(own_view, "BATCH", 3)
        for at in range(10):
            log.append(commit(f"request/{at}"))
        view.catch_up()

        assert len(self.shown(view)) == 10

    def test_a_document_is_never_replaced_by_an_earlier_version(self, view, log):
        log.append(commit("request/1"))
        view.documents.insert_one({"_id": "request/1", "version": 7, "names": 7})
        view.catch_up()

        assert self.shown(view) == {"request/1": (7, 7)}

    def test_who_is_behind_another_process_does_no_harm(self, database, view, log):
        log.append(commit("request/1"))
        Checkpoint(database, "own_agenda").advance(1, 0)
        view._note(0)

        assert Checkpoint(database, "own_agenda").position() == 1

    def test_several_at_once_show_everything(self, database, view, log):
        others = [
            OwnView(database, "agenda", log, lambda events: {"names": len(events)})
            for _ in range(4)
        ]
        for at in range(30):
            log.append(commit(f"request/{at % 5}", at // 5))
        with ThreadPoolExecutor(4) as people:
            list(people.map(OwnView.catch_up, others))

        assert self.shown(view) == {f"request/{at}": (6, 6) for at in range(5)}

    def test_after_a_crash_half_way_it_is_brought_up_to_date(self, database, view, log):
        faults = iter([KeyboardInterrupt()])

        def fold(events):
            for fault in faults:
                raise fault
            return {"names": len(events)}

        crashing = OwnView(database, "agenda", log, fold)
        log.append(commit("request/1"))
        with pytest.raises(KeyboardInterrupt):
            crashing.catch_up()
        crashing.catch_up()

        assert self.shown(view) == {"request/1": (1, 1)}


class TestOwnList:
    def test_it_shows_each_event_that_is_told_of(self, database):
        log = MongoLog(database)
        log.prepare()
        listed = OwnList(
            database,
            "told",
            log,
            lambda events: [
                (each.id, {"of": len(events)}) for each in events if each.streamversion != 2
            ],
        )
        log.append(commit("request/1", count=2))
        listed.catch_up()
        first = log.stream("request/1")[0].id
        assert [each["_id"] for each in listed.documents.find()] == [first]

        log.append(commit("request/1", 2))
        listed.catch_up()
        assert [(each["stream"], each["of"]) for each in listed.documents.find()] == [
            ("request/1", 3)
        ] * 2


class TestReasons:
    @pytest.fixture
    def reasons(self, database):
        minutes = count(1)
        return Reasons(database, lambda: datetime(2026, 8, 12, 3, next(minutes), tzinfo=UTC))

    def test_a_reason_is_kept(self, reasons):
        reasons.note("intake.inbox", "event 1", "not JSON")

        assert reasons.of("intake.inbox", "event 1") == "not JSON"

    def test_the_last_reason_stands(self, reasons):
        reasons.note("intake.inbox", "event 1", "not JSON")
        reasons.note("intake.inbox", "event 1", "unknown type")

        assert reasons.of("intake.inbox", "event 1") == "unknown type"

    def test_each_queue_has_its_own(self, reasons):
        reasons.note("intake.inbox", "event 1", "not JSON")

        assert reasons.of("register.inbox", "event 1") == BY_BROKER

    def test_where_nobody_said_why_the_broker_gave_up(self, reasons):
        assert reasons.of("intake.inbox", "event 1") == BY_BROKER

    def test_what_was_done_leaves_a_trace(self, reasons):
        reasons.note("intake.inbox", "event 1", "not JSON")
        reasons.trace("intake.inbox", "event 1", "retried", "ani")
        reasons.trace("intake.inbox", "event 1", "dropped", "budi")

        assert [(each["action"], each["who"], each["reason"]) for each in reasons.traces()] == [
            ("retried", "ani", "not JSON"),
            ("dropped", "budi", "not JSON"),
        ]


class TestVisible:
    """Waiting until a view shows what was written."""

    @pytest.fixture
    def views(self, client, database):
        views = MongoViews(client, database, (View("requests", "request/", lambda _: {}),))
        views.prepare()
        return views

    def show(self, views, subject, **versions):
        views.put(1, {"requests": [{"_id": subject, "versions": versions}]})

    def test_what_is_shown_already_is_told(self, views):
        self.show(views, "request/1", intake=2, register=1)
        shown = Visible(views, "requests", sleep).until("request/1", {"intake": 2}, 10)

        assert shown["_id"] == "request/1"

    def test_what_never_shows_is_not_waited_for_for_ever(self, views):
        self.show(views, "request/1", intake=1)
        visible = Visible(views, "requests", sleep)

        assert visible.until("request/1", {"intake": 2}, 0.05) is None
        assert visible.until("request/2", {"intake": 1}, 0.05) is None

    def test_it_is_told_as_soon_as_it_shows(self, views):
        visible = Visible(views, "requests", sleep)
        with ThreadPoolExecutor(1) as people:
            waiting = people.submit(visible.until, "request/1", {"intake": 1}, 20)
            wait_until(lambda: visible._waiting, "it waits", 10)
            self.show(views, "request/1", intake=1)

            assert waiting.result(10)["versions"] == {"intake": 1}

    def test_many_who_wait_are_each_told_their_own(self, views):
        visible = Visible(views, "requests", sleep)
        with ThreadPoolExecutor(12) as people:
            waiting = [
                people.submit(visible.until, f"request/{at}", {"intake": 1}, 20) for at in range(40)
            ]
            for at in reversed(range(40)):
                self.show(views, f"request/{at}", intake=1)

            assert [each.result(30)["_id"] for each in waiting] == [
                f"request/{at}" for at in range(40)
            ]

    def test_a_database_that_fails_is_told_to_who_looked(self, views):
        class Failing(MongoViews):
            def collection(self, *_):
                raise OSError("away")

        failing = Failing(views._client, views._database, views.views)
        with pytest.raises(OSError, match="away"):
            Visible(failing, "requests", sleep).until("request/1", {"intake": 1}, 1)
