"""What is concluded about many subjects is what would be concluded about each."""

from datetime import UTC, datetime
from itertools import count

import pytest

from eventlog.conclude import TOGETHER, conclude_many
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from eventlog.record import InvalidFact
from tests.suites.events import commit, event
from tests.suites.facts import fact

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)


class Desk:
    """A handler on a log; a state is what happened, in order."""

    def __init__(self):
        self.log, self.inbox, ids = MemoryLog(), MemoryInbox(), count(1)
        self.handler = Handler(
            "intake", self.log, self.inbox, (), lambda state, each: (*state, each.name),
            lambda: NOW, lambda: f"event {next(ids)}",
        )  # fmt: skip

    def conclude(self, subjects, decide):
        return list(
            conclude_many(self.handler, subjects, lambda subject: f"late:{subject}", decide)
        )


@pytest.fixture
def desk():
    return Desk()


def withdraw(state, now):
    assert now == NOW
    return () if "RequestWithdrawn" in state else (fact("RequestWithdrawn"),)


def test_what_follows_for_each_subject_is_recorded_once(desk):
    subjects = [f"request/{at}" for at in range(TOGETHER + 5)]

    assert [done.stream for done in desk.conclude(subjects, withdraw)] == subjects
    assert desk.conclude(subjects, withdraw) == []
    assert desk.log.head() == len(subjects)


def test_each_sees_what_was_heard_of_it(desk):
    desk.inbox.receive(event("Closed", subject="request/1"))
    seen = []
    desk.conclude(["request/1", "request/2"], lambda state, _: seen.append(state))

    assert seen == [("Closed",), ()]


def test_the_cause_is_the_conclusion_itself(desk):
    (done,) = desk.conclude(["request/1"], withdraw)

    assert (done.events[0].causationid, done.events[0].actor) == ("late:request/1", "system:intake")


def test_a_subject_that_moved_on_is_decided_anew_alone(desk):
    decided = []

    def decide(state, now):
        decided.append(state)
        if len(decided) == 1:  # somebody is faster
            desk.log.append(commit("request/1"))
        return withdraw(state, now)

    done = desk.conclude(["request/1", "request/2"], decide)

    assert [each.stream for each in done] == ["request/2"]
    assert decided == [(), (), ("RequestWithdrawn",)]


def test_a_fault_rises_and_the_others_are_written(desk):
    def decide(state, now):
        return (fact("Closed"),) if not state else withdraw(state, now)

    desk.log.append(commit("request/2", command_id="first"))
    with pytest.raises(InvalidFact):
        desk.conclude(["request/1"], decide)
    assert desk.log.head() == 1
