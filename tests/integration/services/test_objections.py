"""Objections on a real database: their numbers under many hands, and whose data they hold."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from eventlog.handle import Handler
from eventlog.memory import MemoryInbox
from eventlog.mongo.inbox import MongoInbox
from eventlog.mongo.log import MongoLog
from eventlog.mongo.own_view import OwnView
from eventlog.store import new_id
from services.escalation.found import FoundInView, found_by
from services.escalation.redress import Redress
from services.escalation.state import (
    Contested,
    ObjectionState,
    RequestState,
    evolve,
    evolve_contested,
    evolve_objection,
)
from services.intake.holds import Holds
from tests.suites.events import commit, event
from tests.suites.facts import DATA
from tests.suites.found import FoundInMemory
from tests.suites.law import LAW
from tests.suites.orders import order

NOW = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)
OWNER = DATA["ObjectionFiled"]["applicant_id"]
SUBJECT = "objection/9"
FILINGS, COUNTERS = 60, 4


def counter(database):
    """One process that takes objections in."""
    log, inbox = MongoLog(database), MemoryInbox()
    log.prepare()
    kinds = (
        (ObjectionState(), evolve_objection),
        (Contested(), evolve_contested),
        (RequestState(), evolve),
    )
    handlers = [
        Handler("escalation", log, inbox, initial, fold, lambda: NOW, new_id)
        for initial, fold in kinds
    ]
    return Redress(*handlers, lambda: LAW, found_in(database, log))


def found_in(database, log):
    """What is looked up in the agenda's view."""
    found = FoundInView(OwnView(database, "clocks", log, found_by))
    found.prepare()
    return found


def filing():
    wishes = {"request": None, "applicant_id": "person", "grounds": ["35b"]}
    return order("FileObjection", subject="", id_=str(uuid4()), **wishes)


def test_many_counters_at_once_leave_no_gap_in_the_numbers_and_give_none_twice(database):
    counters = [counter(database) for _ in range(COUNTERS)]
    with ThreadPoolExecutor(FILINGS) as pool:
        done = list(pool.map(lambda at: counters[at % COUNTERS].file(filing()), range(FILINGS)))

    facts = [each.events[0].data for each in done]
    assert sorted(each["serial"] for each in facts) == list(range(1, FILINGS + 1))
    assert len({each["number"] for each in facts}) == FILINGS


def holds_of(database):
    inbox = MongoInbox(database)
    inbox.prepare()
    holds = Holds(database, inbox)
    holds.prepare()

    def hear(name, version, **data):
        told = event(name, version=version, subject=SUBJECT, data=data)
        inbox.receive(told)
        holds.note(told)

    return holds, hear


def test_an_open_objection_holds_the_data_of_whoever_objected(database):
    holds, hear = holds_of(database)
    hear("ObjectionFiled", 1)

    assert (holds.held(OWNER), holds.held("somebody else")) == (True, False)
    hear("ObjectorReacted", 3, reaction="accepts")
    assert not holds.held(OWNER)


def test_it_holds_whatever_is_heard_first(database):
    holds, hear = holds_of(database)
    hear("DisputeSettled", 5)
    assert not holds.held(OWNER)
    hear("CourtCaseOpened", 6)
    hear("ObjectionFiled", 1)

    assert holds.held(OWNER)


def test_what_knows_less_does_not_replace_what_knows_more(database):
    holds, hear = holds_of(database)
    hear("ObjectionFiled", 1)
    hear("ObjectorReacted", 3, reaction="accepts")
    database["holds"].update_one({"_id": SUBJECT}, {"$set": {"known": 99}})
    hear("DisputeOpened", 4)

    assert not holds.held(OWNER)


def test_what_is_no_objection_holds_nobody(database):
    holds, _ = holds_of(database)
    holds.note(event("Closed"))

    assert database["holds"].count_documents({}) == 0


def written(log, name, subject, version=1, **data):
    fact = event(name, subject=subject, version=version, data=data)
    log.append(replace(commit(subject, version - 1), events=lambda _: (fact,)))
    return fact


def test_what_is_looked_up_is_found_as_in_memory(database):
    log = MongoLog(database)
    log.prepare()
    about = {"request": "1", "grounds": ["35a", "35d"]}
    written(log, "ObjectionFiled", "objection/1", **about)
    written(log, "ObjectionFiled", "objection/2", **about)
    written(log, "ObjectionAnswered", "objection/2", 2)
    written(log, "ObjectionFiled", "objection/3", **{**about, "request": "2"})
    written(log, "RegimeChosen", "request/2", regime="ordinary", corrected=False)
    corrected = written(log, "RegimeChosen", "request/1", regime="election", corrected=True)
    found, expected = found_in(database, log), FoundInMemory(log)

    assert found.pending("1", but="") == expected.pending("1", but="") == {"35a", "35d"}
    assert found.pending("1", but="objection/1") == frozenset()
    assert found.ordering() == expected.ordering() == ["objection/2"]
    assert found.corrections() == expected.corrections()
    assert [(each.objection, each.id) for each in found.corrections()] == [
        ("objection/1", corrected.id), ("objection/2", corrected.id),
    ]  # fmt: skip


def test_what_follows_its_request_is_not_found_again(database):
    log = MongoLog(database)
    log.prepare()
    written(log, "ObjectionFiled", "objection/1", request="1", regime="ordinary")
    written(log, "RegimeChosen", "request/1", regime="election", corrected=True)
    found = found_in(database, log)
    assert len(found.corrections()) == 1

    written(log, "RegimeChosen", "objection/1", 2, regime="election", corrected=True)
    assert found.corrections() == []
