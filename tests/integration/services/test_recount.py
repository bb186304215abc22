"""After a late declaration every open clock is counted again, once, whoever stops or counts at the same time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from contracts.rules import SUBJECT as RULES
from eventlog.mongo.inbox import MongoInbox
from eventlog.mongo.log import MongoLog
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.parking import Reasons
from eventlog.store import Store, utc_now
from services.escalation import decide
from services.escalation.calendar import SUBJECT, decreed_years
from services.escalation.tools import build
from telemetry import metrics
from tests.suites.events import commit, event
from tests.suites.orders import order, refusal

NOW = datetime(2026, 8, 18, 3, 0, tzinfo=UTC)
CLOCK = {"start_on": "2026-08-12", "due_on": "2026-08-28"}
LATE_DAY = {"date": "2026-08-24", "kind": "local", "day_name": "Banjir"}


class Office:
    """Escalation's tools on a real database, as two processes have them."""

    def __init__(self, client, database):
        self.store = Store(
            client,
            database,
            MongoLog(database),
            MongoInbox(database),
            MongoNumberedLog(database),
            Reasons(database, utc_now),
        )
        self.store.prepare()
        self.tools, self.others = build({}, self.store), build({}, self.store)
        self.orders = 0

    def write(self, request, name, **data):
        version = self.store.log.version(request)
        told = event(name, subject=request, version=version + 1, data=data)
        self.store.log.append(replace(commit(request, version), events=lambda _: (told,)))

    def open(self, *requests):
        for request in requests:
            self.write(request, "DeadlineSet", **CLOCK)

    def order(self, decision, name, **data):
        self.orders += 1
        command = order(name, subject=SUBJECT, id_=f"order {self.orders}", **data)
        return self.tools.calendar.obey(command, decision)

    def declare(self, **changed):
        return self.order(
            decide.declare_holidays, "DeclareHolidays", days=[{**LATE_DAY, **changed}]
        )

    def revoke(self):
        return self.order(decide.revoke_holiday, "RevokeHoliday", date=LATE_DAY["date"])

    def names(self, stream):
        return [each.name for each in self.store.log.stream(stream)]

    def moves(self, request):
        return [
            (each.data["due_before"], each.data["due_on"])
            for each in self.store.log.stream(request)
            if each.name == "DeadlineMoved"
        ]


@pytest.fixture
def office(client, database):
    office = Office(client, database)
    office.tools.recount.look(NOW - timedelta(days=1))
    return office


def test_the_calendar_is_seeded_once_however_many_start_at_once(client, database):
    office = Office(client, database)
    with ThreadPoolExecutor(4) as people:
        list(people.map(lambda _: build({}, office.store), range(4)))

    seeds = [done for done in office.store.log.read(0, 1000) if done.stream == SUBJECT]
    assert len(seeds) == len(list(decreed_years()))
    assert {each.actor for done in seeds for each in done.events} == {"system:escalation"}


def test_a_day_declared_late_moves_every_open_request(office):
    office.open("request/1", "request/2")
    office.declare()

    counted = office.tools.recount.look(NOW)

    assert (counted.looked_at, counted.moved) == (2, 2)
    assert office.moves("request/1") == office.moves("request/2") == [("2026-08-28", "2026-08-31")]
    moved = office.store.log.stream("request/1")[-1].data
    assert moved["because"] == "2026-08-24 Banjir (Keppres 13/2026)"
    last = office.store.log.stream(SUBJECT)[-1]
    assert (last.name, last.data) == ("ClocksRecomputed", {"looked_at": 2, "moved": 2})


def test_what_has_moved_does_not_move_again(office):
    office.open("request/1")
    office.declare()
    office.tools.recount.look(NOW)
    head = office.store.log.head()

    assert office.tools.recount.look(NOW) is None
    assert office.tools.recount.count(NOW).moved == 0
    assert office.store.log.head() == head


def test_revoking_restores(office):
    office.open("request/1")
    office.declare()
    office.tools.recount.look(NOW)
    office.revoke()
    office.tools.recount.look(NOW)

    assert office.moves("request/1")[-1] == ("2026-08-31", "2026-08-28")


def test_a_clock_that_has_stopped_does_not_move(office):
    office.open("request/1")
    office.write("request/1", "ClockStopped")
    office.declare()

    assert office.tools.recount.look(NOW).looked_at == 0


def test_who_stops_half_way_goes_on_later(office, monkeypatch):
    office.open(*(f"request/{at:03d}" for at in range(250)))
    office.declare()
    calls = count(1)

    def killed():
        if next(calls) == 100:
            raise KeyboardInterrupt
        return True

    monkeypatch.setattr(office.tools.recount, "_alone", killed)
    with pytest.raises(KeyboardInterrupt):
        office.tools.recount.look(NOW)
    assert office.names(SUBJECT)[-1] == "HolidayDeclared"

    office.tools.recount.look(NOW)

    assert office.names(SUBJECT)[-1] == "ClocksRecomputed"
    assert all(len(office.moves(f"request/{at:03d}")) == 1 for at in range(250))


def test_several_at_once_move_each_once(office):
    office.open(*(f"request/{at:03d}" for at in range(60)))
    office.declare()
    recounts = [office.tools.recount, office.others.recount]
    with ThreadPoolExecutor(2) as people:
        list(people.map(lambda recount: recount.count(NOW), recounts))

    assert all(len(office.moves(f"request/{at:03d}")) == 1 for at in range(60))


def test_of_two_processes_one_counts(office):
    office.open("request/1")
    office.declare()

    assert office.tools.recount.look(NOW) is not None
    assert office.others.recount.look(NOW + timedelta(hours=30)) is None


def test_who_decided_by_the_old_law_a_moment_too_late_is_caught(office):
    office.declare()
    office.tools.recount.look(NOW)
    office.open("request/1")

    assert office.tools.recount.look(NOW + timedelta(seconds=5)) is None
    assert office.tools.recount.look(NOW + timedelta(seconds=61)).moved == 1


def test_a_preview_says_what_would_move_and_writes_nothing(office):
    office.open("request/1")
    head = office.store.log.head()
    command = order("DeclareHolidays", subject=SUBJECT, days=[LATE_DAY])

    shown = office.tools.preview(command, NOW)

    assert (shown["would_move"], shown["moves"][0]["_id"]) == (1, "request/1")
    assert shown["moves"][0]["due_on"] == "2026-08-31"
    assert office.store.log.head() == head


def test_a_preview_of_a_rule_says_what_would_move_and_writes_nothing(office):
    office.open("request/1", "request/2")
    head = office.store.log.head()
    value = {"count": 12, "unit": "working_days"}
    rule = {"kind": "days", "key": "ordinary.answer", "value": value, "valid_from": "2026-08-01"}
    command = order("EnactRule", subject=RULES, **rule, valid_to=None, replaces=True)

    shown = office.tools.preview(command, NOW)

    moves = [(each["_id"], each["due_before"], each["due_on"]) for each in shown["moves"]]
    assert shown["would_move"] == 2
    assert sorted(moves) == [
        ("request/1", "2026-08-28", "2026-09-01"),
        ("request/2", "2026-08-28", "2026-09-01"),
    ]
    assert office.store.log.head() == head


def test_a_preview_is_refused_as_the_order_would_be(office):
    command = order("EndRule", subject=RULES, key="ordinary.answer", valid_from="2010-04-30")

    assert refusal(office.tools.preview, command, NOW) == "rule_needed"


def test_what_follows_from_a_move_is_no_move_of_its_own(office):
    office.write("request/1", "DeadlineSet", start_on="2026-08-12", due_on="2026-08-28")
    value = {"count": 1, "unit": "working_days"}
    rule = {"kind": "days", "key": "ordinary.answer", "value": value, "valid_from": "2026-08-01"}
    command = order("EnactRule", subject=RULES, **rule, valid_to=None, replaces=True)

    shown = office.tools.preview(command, NOW)

    assert [each["clock"] for each in shown["moves"]] == ["answer"]
    assert shown["would_move"] == 1


def test_owners_are_told_and_only_of_what_is_open(office):
    office.open("request/1", "request/2", "request/3")
    office.write("request/2", "Escalated")
    office.declare()
    office.tools.recount.look(NOW)
    office.write("request/3", "ClockStopped")
    told = office.tools.query.told

    assert [each["stream"] for each in told("desk", "", 50)] == ["request/1"]
    assert [each["stream"] for each in told("ppid_officer", "", 50)] == ["request/2"]
    newest = told("", "", 1)
    assert [each["stream"] for each in told("", newest[0]["_id"], 50)] == ["request/1"]
    assert len(office.tools.query.moves("", "", 50)) == 3
    assert office.tools.query.moves("2030-01-01T00:00:00+00:00", "", 50) == []


def test_what_came_of_a_change_can_be_waited_for(office):
    version = office.declare().version

    assert office.tools.query.counted(SUBJECT, version, 0) is None
    office.tools.recount.look(NOW)
    assert office.tools.query.counted(SUBJECT, version, 0)["looked_at"] == 0


def test_what_is_owed_and_how_far_the_calendar_goes_is_measured(office):
    office.declare()
    assert office.others.recount.look(NOW) is None  # it is not theirs to count
    since = metrics.RECOUNT_OWED_SINCE._value.get()
    office.tools.recount.look(NOW + timedelta(seconds=9))
    office.others.recount.look(NOW + timedelta(seconds=10))

    assert (since, metrics.RECOUNT_OWED_SINCE._value.get()) == (NOW.timestamp(), 0)
    assert metrics.RECOUNT_LAST._value.get() == NOW.timestamp() + 9
    decreed = metrics.CALENDAR_DECREED_DAYS._value.get()
    assert decreed == (date(2027, 12, 31) - date(2026, 8, 18)).days
