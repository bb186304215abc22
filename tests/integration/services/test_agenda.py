"""The agenda: what the passing of time makes true is said once, however late and by however many."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from eventlog.handle import Handler
from eventlog.memory import MemoryInbox
from eventlog.mongo.log import MongoLog
from eventlog.mongo.own_view import OwnView
from services.escalation import moves, timekeeping
from services.escalation.agenda import Agenda, Kind, clocks
from services.escalation.state import RequestState, evolve
from tests.suites.events import commit, event
from tests.suites.law import LAW

RECEIVED = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)  # due on Friday 2026-08-28
NEAR = datetime(2026, 8, 26, 3, 0, tzinfo=UTC)
LATE = datetime(2026, 8, 31, 3, 0, tzinfo=UTC)
APPROACHED = ["DeadlineApproached"] * 2  # soon, and today
MISSED = ["DeadlineMissed", "DeadlineSet"]  # from silence the applicant may object


class Desk:
    """Escalation's log with its agenda, and a time that a test moves."""

    def __init__(self, database):
        self.time = RECEIVED
        self.log = MongoLog(database)
        self.log.prepare()
        ids = count(1)
        self.handler = Handler(
            "escalation",
            self.log,
            MemoryInbox(),
            RequestState(),
            evolve,
            lambda: self.time,
            lambda: f"{database.name} {next(ids)}",
        )
        self.agendas = [self._agenda(database), self._agenda(database)]

    def _agenda(self, database):
        kinds = (Kind("request/", self.handler, timekeeping.reminders, moves.moved),)
        view = OwnView(database, "clocks", self.log, clocks(kinds))
        view.prepare("due_on")
        return Agenda(view, kinds, lambda: LAW)

    def start(self, request="request/1", name="answer"):
        self._record(
            request,
            lambda _, now: timekeeping.started(name, now.date(), now.date(), LAW),
        )

    def stop(self, request="request/1"):
        self._record(
            request,
            lambda state, now: timekeeping.stopped(
                state, "answer", "InformationDelivered", now.date(), LAW
            ),
        )

    def _record(self, request, decide):
        self.handler.conclude(request, f"{request} {self.log.head()}", decide)

    def look(self, now, agenda=0):
        self.time = now
        return self.agendas[agenda].look(now)

    def said(self, request="request/1"):
        return [each.name for each in self.log.stream(request)]


@pytest.fixture
def desk(database):
    return Desk(database)


def test_before_it_is_near_nothing_is_said(desk):
    desk.start()

    assert desk.look(NEAR - timedelta(days=1)) == 0
    assert desk.said() == ["DeadlineSet"]


def test_a_due_date_that_is_near_is_said(desk):
    desk.start()

    assert desk.look(NEAR) == 1
    assert desk.said() == ["DeadlineSet", "DeadlineApproached"]


def test_it_is_said_once_however_often_one_looks(desk):
    desk.start()
    looked = [desk.look(NEAR + timedelta(hours=hours)) for hours in range(5)]

    assert looked == [1, 0, 0, 0, 0]


def test_a_due_date_that_has_passed_is_said(desk):
    desk.start()
    desk.look(NEAR)

    assert desk.look(LATE) == 1
    assert desk.said() == ["DeadlineSet", *APPROACHED, *MISSED]


def test_on_the_due_date_itself_nothing_is_missed(desk):
    desk.start()
    desk.look(datetime(2026, 8, 28, 16, 59, tzinfo=UTC))

    assert "DeadlineMissed" not in desk.said()


def test_after_an_outage_each_reminder_that_was_owed_is_said_once(desk):
    desk.start()
    desk.look(RECEIVED)
    for hours in range(5):  # nobody looked for days, then everybody does
        desk.look(LATE + timedelta(hours=hours), hours % 2)

    assert desk.said() == ["DeadlineSet", *APPROACHED, *MISSED]


def test_once_missed_there_is_nothing_more_to_say(desk):
    desk.start()
    desk.look(LATE)

    assert desk.look(LATE + timedelta(days=1)) == 0


def test_a_clock_that_has_stopped_says_nothing(desk):
    desk.start()
    desk.stop()

    assert desk.look(LATE) == 0


def test_two_processes_that_look_at_once_say_it_once(desk):
    for at in range(20):
        desk.start(f"request/{at}")
    with ThreadPoolExecutor(4) as people:
        said = sum(people.map(lambda at: desk.look(NEAR, at % 2), range(4)))

    assert said == 20
    assert all(
        desk.said(f"request/{at}") == ["DeadlineSet", "DeadlineApproached"] for at in range(20)
    )


def test_an_extended_clock_approaches_its_new_date(desk):
    desk.start()
    desk.look(NEAR)
    desk.log.append(
        commit_of(event("DeadlineExtended", version=3, data={"due_on": "2026-09-08"}), expected=2)
    )

    assert desk.look(NEAR) == 0
    assert desk.look(datetime(2026, 9, 4, 3, 0, tzinfo=UTC)) == 1


def test_missing_papers_are_reminded_of_as_well(desk):
    desk.start(name="completion")  # due on 2026-08-18

    desk.look(datetime(2026, 8, 19, 3, 0, tzinfo=UTC))
    assert desk.said() == ["DeadlineSet", *APPROACHED, "DeadlineMissed"]


def test_after_three_days_without_a_scheduler_each_owed_reminder_is_said_once(desk):
    """It stopped on Friday night and starts on Monday night: one came near meanwhile, and one passed."""
    began = {"past": RECEIVED, "near": RECEIVED + timedelta(days=6), "far": NEAR}
    for name, desk.time in began.items():
        desk.start(f"request/{name}")
    stopped = datetime(2026, 8, 28, 15, 0, tzinfo=UTC)
    desk.look(stopped)
    before = {name: desk.said(f"request/{name}") for name in began}

    for agenda in (0, 1, 0, 1):
        desk.look(stopped + timedelta(days=3), agenda)

    said = {name: desk.said(f"request/{name}")[len(before[name]) :] for name in before}
    assert said == {"past": MISSED, "near": ["DeadlineApproached"], "far": []}


def commit_of(told, expected):
    made = commit(told.stream, expected)
    return type(made)(
        made.stream, expected, made.command_id, made.fingerprint, lambda _: (told,), ""
    )
