"""Objections and their orders on logs in memory: nothing is ordered twice, and nothing is lost by a crash."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from types import SimpleNamespace

import pytest

from contracts.command import Actor
from contracts.errors import Rejected
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from services.escalation import decide
from services.escalation.found import found_by
from services.escalation.moves import moved
from services.escalation.redress import PrivacyCases, Redress
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
from tests.suites.facts import DATA
from tests.suites.found import FoundInMemory
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
            FoundInMemory(self.log),
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

    def file(self, redress=None, **changed):
        wishes = {"request": "1", "applicant_id": None, "grounds": ["35a"], **changed}
        return (redress or self.redress).file(self.command("FileObjection", **wishes))

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
    assert office.file(grounds=["35d"]).events[0].data["serial"] == 2


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

    assert found_by(office.log.stream(objection))["orders"]
    assert found_by(office.log.stream("request/1")) == {}
    assert FoundInMemory(office.log).ordering() == [objection]


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
        (
            office.redress.record_delivery,
            "RecordObjectionDelivery",
            {"happened_at": NOW.isoformat()},
        ),
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


class TestPending:
    def test_who_objects_again_on_the_same_ground_waits_for_the_answer_to_the_first(self, office):
        office.file()
        before = office.log.head()

        with pytest.raises(Rejected, match="objection_pending"):
            office.file(grounds=["35d", "35a"])
        assert office.log.head() == before

    def test_another_ground_is_another_objection(self, office):
        office.file()

        assert office.file(grounds=["35d"]).events[0].name == "ObjectionFiled"

    def test_another_request_is_another_matter(self, office):
        office.file()
        office.inbox.receive(event("RequestSubmitted", subject="request/2", clock=1))

        assert office.file(request="2", grounds=["35b"]).events[0].name == "ObjectionFiled"

    def test_what_was_answered_may_be_objected_to_again(self, office):
        office.grant(office.file(grounds=["35b"]).stream)

        assert office.file(grounds=["35b"]).events[0].name == "ObjectionFiled"


class TestRegimes:
    def correct(self, office, regime="election"):
        said = {"regime": regime, "reason": "Informasi pemilu", "corrected": True}
        version = len(office.log.stream("request/1")) + 1
        chosen = event("RegimeChosen", version=version, clock=90 + version, data=said)
        write = replace(
            commit(), command_id=chosen.id, expected=version - 1, events=lambda _: (chosen,)
        )
        office.log.append(write)

    def clock(self, office, objection):
        return office.redress.objections.known(objection).state.timed.clocks["objection_answer"]

    def test_an_objection_follows_the_regime_that_its_request_was_corrected_to(self, office):
        objection = office.file().stream
        ordinary = self.clock(office, objection)
        self.correct(office)

        assert office.redress.follow_regimes() == 1

        moved = next(each for each in office.log.stream(objection) if each.name == "DeadlineMoved")
        assert (moved.data["cause"], moved.data["because"]) == ("regime", "Informasi pemilu")
        assert (ordinary.days, moved.data["days"]) == (30, 3)
        assert moved.data["due_before"] == ordinary.due_on.isoformat()
        assert office.redress.objections.known(objection).state.regime == "election"

    def test_it_follows_once_however_often_somebody_looks(self, office):
        objection = office.file().stream
        self.correct(office)
        office.redress.follow_regimes()
        before = office.log.head()

        assert office.redress.follow_regimes() == office.another().carry_all() == 0
        assert office.log.head() == before
        timed = office.redress.requests.known(objection).state
        assert moved(timed, LAW, NOW.date()) == ()

    def test_it_follows_back_to_the_same_day(self, office):
        objection = office.file().stream
        ordinary = self.clock(office, objection)
        for regime in ("election", "ordinary"):
            self.correct(office, regime)
            office.redress.follow_regimes()

        assert replace(self.clock(office, objection), missed=False) == ordinary

    def test_what_was_filed_at_the_moment_of_the_correction_follows_when_the_timer_looks(
        self, office
    ):
        """It was decided on the regime that stood before: nobody found it when the request was corrected."""
        before = office.redress.contested.known("request/1").state
        self.correct(office)
        office.redress.follow_regimes()

        class Late:
            def known(self, _):
                return SimpleNamespace(state=before)

        objection = office.file(replace(office.redress, contested=Late())).stream
        assert self.clock(office, objection).days == 30

        assert office.another().carry_all() == 1
        assert self.clock(office, objection).days == 3

    def test_who_runs_on_it_already_does_not_move(self):
        said = {**DATA["RegimeChosen"], "regime": "election", "corrected": True}

        assert decide.follow_regime(said, RequestState(regime="election"), NOW, LAW) == ()


def test_what_was_taken_back_while_the_order_was_written_is_not_decided_anew():
    given_ = decide.Order("1", "9", "court", "Buka", NOW.date(), None)
    state = RequestState(phase="ended", gave_up=True)

    assert decide.order_decision(given_, "ordinary", state, NOW, LAW) == ()
