"""Objections and their orders on logs in memory: nothing is ordered twice, and nothing is lost by a crash."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest

from contracts.command import Actor
from contracts.errors import Rejected
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from services.escalation.redress import PrivacyCases, Redress, orders_of
from services.escalation.state import (
    Contested,
    ObjectionState,
    PrivacyState,
    RequestState,
    evolve,
    evolve_contested,
    evolve_objection,
    evolve_privacy,
)
from tests.suites.events import commit, event
from tests.suites.law import LAW
from tests.suites.orders import order

NOW = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)
GRANT = {"result": "granted", "order": "Berikan", "execute_on": "2026-10-09", "opened": None}


class Crash(Exception):
    """The process ended here."""


class Office:
    """Escalation's log with a request that was refused."""

    def __init__(self):
        self.log, self.inbox = MemoryLog(), MemoryInbox()
        self.ids, self.orders = count(1), count(1)
        self.inbox.receive(event("RequestSubmitted", clock=1))
        self.inbox.receive(event("Closed", clock=9))
        refused = event("ApplicantNotified", version=1, clock=5, data={"outcome": "refused"})
        self.log.append(replace(commit(), events=lambda _: (refused,)))
        self.redress = self.another()
        self.cases = PrivacyCases(self._handler(PrivacyState(), evolve_privacy), lambda: LAW)

    def another(self, requests=None):
        """As another process has it."""
        return Redress(
            self._handler(ObjectionState(), evolve_objection),
            self._handler(Contested(), evolve_contested),
            requests or self._handler(RequestState(), evolve),
            lambda: LAW,
        )

    def _handler(self, initial, fold):
        return Handler(
            "escalation",
            self.log,
            self.inbox,
            initial,
            fold,
            lambda: NOW,
            lambda: f"{next(self.ids)}",
        )

    def command(self, name, subject="", **changed):
        given = order(name, subject=subject, id_=f"order {next(self.orders)}", **changed)
        return replace(given, actor=Actor("atasan", given.actor.role))

    def file(self, **changed):
        wishes = {"request": "1", "applicant_id": None, "grounds": ["35a"], **changed}
        return self.redress.file(self.command("FileObjection", **wishes))

    def grant(self, objection, redress=None):
        return (redress or self.redress).answer(self.command("AnswerObjection", objection, **GRANT))

    def ordered(self):
        return [each for each in self.log.stream("request/1") if each.name == "DecisionOrdered"]


@pytest.fixture
def office():
    return Office()


def test_an_objection_that_is_ordered_twice_is_filed_once(office):
    command = office.command("FileObjection", request="1", applicant_id=None, grounds=["35a"])
    first, again = office.redress.file(command), office.redress.file(command)

    assert (first.stream, first.repeated, again.repeated) == (again.stream, False, True)
    assert office.file().events[0].data["serial"] == 2


def test_what_is_granted_is_ordered_of_the_request_at_once(office):
    objection = office.file().stream
    office.grant(objection)

    (ordered,) = office.ordered()
    assert (ordered.data["objection"], ordered.data["order"]) == (objection[10:], "Berikan")


def test_it_is_ordered_once_however_often_somebody_looks(office):
    objection = office.file().stream
    office.grant(objection)

    assert office.redress.carry(objection) == 0
    assert office.another().carry(objection) == 0
    assert len(office.ordered()) == 1


def test_an_order_that_a_crash_left_behind_is_carried_by_whoever_looks_next(office):
    class Crashing:
        def conclude(self, *_):
            raise Crash

    objection = office.file().stream
    with pytest.raises(Crash):
        office.grant(objection, office.another(Crashing()))
    assert office.ordered() == []

    assert office.another().carry(objection) == 1
    assert len(office.ordered()) == 1


def test_the_timer_finds_what_holds_an_order(office):
    objection = office.file().stream
    office.grant(objection)

    assert orders_of(office.log.stream(objection)) == {"orders": True}
    assert orders_of(office.log.stream("request/1")) == {}


def test_who_took_the_request_back_wants_no_other_decision(office):
    objection = office.file().stream
    office.inbox.receive(event("RequestWithdrawn", version=2, clock=9))
    office.grant(objection)

    assert office.ordered() == []


def test_an_objection_without_a_request_orders_nothing_of_one(office):
    objection = office.file(request=None, applicant_id="person", grounds=["35b"]).stream
    office.grant(objection)

    assert office.ordered() == []


def test_every_step_to_the_court_is_followed(office):
    objection = office.file().stream
    day = "2026-10-01"
    upheld = {"result": "upheld", "order": None, "execute_on": None, "opened": None}
    steps = [
        (office.redress.answer, "AnswerObjection", upheld),
        (office.redress.react, "RecordReaction", {"reaction": "goes_to_commission"}),
        (office.redress.open_dispute, "OpenDispute", {"filed_on": day}),
        (office.redress.settle_dispute, "SettleDispute", {"settled_on": day}),
        (office.redress.open_court_case, "OpenCourtCase", {"filed_on": day}),
        (office.redress.record_ruling, "RecordRuling", {"ruled_on": day, "order": "Buka"}),
    ]
    for follow, name, changed in steps:
        follow(office.command(name, objection, **changed))

    assert [each.data["ordered_by"] for each in office.ordered()] == ["commission", "court"]


def test_a_question_tells_which_grounds_are_open_and_until_when(office):
    assert office.redress.grounds("1", NOW) == {
        "grounds_open": ["35a", "35b", "35d", "35e", "35f"],
        "window_ends_on": "2026-09-25",
    }
    assert office.redress.grounds("unknown", NOW) == {"grounds_open": [], "window_ends_on": None}


def test_a_case_of_personal_data_is_opened_once_and_settled(office):
    command = office.command("OpenPrivacyCase", opened_at="2026-10-01T09:00:00+07:00")
    case = office.cases.open(command)
    assert office.cases.open(command).repeated

    at = {"settled_at": "2026-10-01T10:00:00+07:00"}
    office.cases.settle(office.command("SettlePrivacyCase", case.stream, **at))
    with pytest.raises(Rejected, match="already_done"):
        office.cases.settle(office.command("SettlePrivacyCase", case.stream, **at))
