"""What the office owes begins with the end of its period, is reminded of once a stage, and ends when it was done."""

from datetime import UTC, date, datetime
from itertools import count

import pytest

from eventlog.handle import Handler
from eventlog.memory import MemoryInbox
from eventlog.mongo.log import MongoLog
from eventlog.mongo.own_view import OwnView
from services.escalation import decide, timekeeping
from services.escalation.agenda import Agenda, Kind, clocks
from services.escalation.duties import PREFIX, Duties
from services.escalation.state import DutyState, evolve_duty
from telemetry import metrics
from tests.suites.events import commit, event
from tests.suites.law import now as law

AUGUST = "duty/monthly_report/2026-08"
FIRST, NOVEMBER = "duty/periodic_information/2026-08-12", "duty/periodic_information/2026-11-02"
PERIODIC = {"list": "public", "availability": "periodic"}


def noon(month, day, year=2026):
    return datetime(year, month, day, 5, tzinfo=UTC)


class Office:
    """Escalation's log from the office's first day, 2026-08-12, and two processes that look at its duties."""

    def __init__(self, database, *, opened=True):
        self.time, self.inbox = noon(8, 12), MemoryInbox()
        self.log = MongoLog(database)
        self.log.prepare()
        if opened:
            self.log.append(commit("calendar/office"))
        ids = count(1)
        handler = Handler(
            "escalation",
            self.log,
            self.inbox,
            DutyState(),
            evolve_duty,
            lambda: self.time,
            lambda: f"{database.name} {next(ids)}",
        )
        kinds = (Kind(PREFIX, handler, timekeeping.reminders, decide.move_duty),)
        views = [OwnView(database, "clocks", self.log, clocks(kinds)) for _ in range(2)]
        self.duties = [Duties(handler, view, law) for view in views]
        self.agendas = [Agenda(view, kinds, law) for view in views]

    def look(self, at, process=0):
        self.time = at
        self.duties[process].look(at)
        self.agendas[process].look(at)

    def hear(self, name, subject, at, **data):
        self.time = at
        heard = event(name, subject=subject, time=at.isoformat(), data=data)
        self.inbox.receive(heard)
        self.duties[0].hear(heard)

    def issue(self, period, at):
        self.hear("ReportIssued", f"report/{period}", at, period=period)

    def publish(self, at, **changed):
        self.hear("ListEntryPublished", f"list-entry/{at}", at, **{**PERIODIC, **changed})

    def said(self, duty):
        return [each.name for each in self.log.stream(duty)]

    def stands(self, on):
        found = self.duties[0].listed(on)
        return {f"{each['duty']}/{each['period']}": each["state"] for each in found}


@pytest.fixture
def office(database):
    return Office(database)


def test_a_fresh_office_owes_nothing_of_the_years_before_it(office):
    office.look(noon(8, 12))

    assert office.duties[0].listed(date(2026, 8, 12))
    assert office.said(FIRST) == ["DeadlineSet"]
    assert office.log.head() == 2
    assert office.stands(date(2026, 8, 12)) == {
        "monthly_report/2026-08": "upcoming",
        "periodic_information/2026-08-12": "owed",
        "annual_report/2026": "upcoming",
    }


def test_before_its_first_event_there_is_no_office(database):
    office = Office(database, opened=False)

    office.look(noon(8, 12))

    assert office.duties[0].listed(date(2026, 8, 12)) == []


def test_a_month_is_owed_from_its_end_however_many_look(office):
    for process in (0, 1, 0, 1):
        office.look(noon(9, 2), process)

    assert office.said(AUGUST) == ["DeadlineSet"]


def test_it_is_reminded_of_once_a_stage_also_after_an_outage(office):
    for day in (28, 30):
        office.look(noon(9, day))
    for process in (0, 1, 0):
        office.look(noon(12, 1), process)

    assert office.said(AUGUST) == [
        "DeadlineSet",
        "DeadlineApproached",
        "DeadlineApproached",
        "DeadlineMissed",
    ]
    assert office.said("duty/monthly_report/2026-09")[-1] == "DeadlineMissed"
    assert office.said("duty/monthly_report/2026-11") == ["DeadlineSet"]


def test_what_is_overdue_is_measured(office):
    """Before the agenda has said so, and after."""
    office.time = noon(12, 1)
    office.duties[0].look(office.time)
    assert metrics.OVERDUE_DUTIES._value.get() == 3  # August to October

    office.look(noon(12, 1))
    office.look(noon(12, 1))
    assert metrics.OVERDUE_DUTIES._value.get() == 3

    office.issue("2026-08", noon(12, 2))
    office.look(noon(12, 2))
    assert metrics.OVERDUE_DUTIES._value.get() == 2


def test_a_report_that_was_issued_is_owed_no_longer(office):
    office.look(noon(9, 2))
    office.issue("2026-08", noon(9, 3))
    office.look(noon(12, 1))

    assert office.said(AUGUST) == ["DeadlineSet", "ClockStopped"]
    assert office.stands(date(2026, 9, 3))["monthly_report/2026-08"] == "done"
    assert office.stands(date(2026, 9, 2))["monthly_report/2026-08"] == "owed"


def test_a_report_that_was_issued_while_nobody_looked_was_not_missed(office):
    office.issue("2026-08", noon(9, 3))
    office.issue("2026-08", noon(10, 20))
    office.look(noon(12, 1))

    stopped = office.log.stream(AUGUST)[-1]
    assert office.said(AUGUST) == ["DeadlineSet", "ClockStopped"]
    assert (stopped.data["stopped_on"], stopped.data["late"]) == ("2026-09-03", False)


def test_the_year_is_owed_until_its_own_report(office):
    office.look(noon(1, 2, 2027))
    office.issue("2026-12", noon(1, 5, 2027))
    office.issue("2026", noon(4, 1, 2027))

    stopped = office.log.stream("duty/annual_report/2026")[-1]
    assert (stopped.name, stopped.data["late"]) == ("ClockStopped", True)


def test_publishing_periodic_information_begins_the_next_six_months(office):
    office.look(noon(8, 12))
    office.publish(noon(11, 2))

    assert office.said(FIRST) == ["DeadlineSet", "ClockStopped"]
    assert office.log.stream(NOVEMBER)[0].data["due_on"] == "2027-05-02"


def test_what_is_heard_in_another_order_comes_to_the_same(office):
    office.publish(noon(11, 2))
    office.publish(noon(10, 1))
    office.publish(noon(10, 1))
    office.look(noon(11, 3))

    middle = office.log.stream("duty/periodic_information/2026-10-01")
    assert [each.name for each in middle] == ["DeadlineSet", "ClockStopped"]
    assert middle[-1].data["stopped_on"] == "2026-11-02"
    assert office.log.stream(FIRST)[-1].data["stopped_on"] == "2026-10-01"
    assert office.said(NOVEMBER) == ["DeadlineSet"]


@pytest.mark.parametrize(
    "entry", [{"availability": "any_time"}, {"availability": None}, {"list": "exempt"}]
)
def test_what_else_is_published_is_nothing_periodic(office, entry):
    office.look(noon(8, 12))
    office.publish(noon(11, 2), **entry)

    assert office.said(FIRST) == ["DeadlineSet"]
