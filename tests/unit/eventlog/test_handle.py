from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest

from contracts.envelope import Fact
from contracts.errors import Rejected
from eventlog import handle
from eventlog.handle import Claimed, Handler, Numbered, reaction_id
from eventlog.log import Conflict, Taken
from eventlog.memory import MemoryInbox, MemoryLog
from eventlog.record import InvalidFact
from tests.suites.events import SUBJECT, event
from tests.suites.facts import fact
from tests.suites.orders import order

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
WITHDRAWN = (fact("RequestWithdrawn"),)


def names_known(state, event):
    """The simplest of states: what happened, in order."""
    return (*state, event.name)


class Desk:
    """A handler on memory, and what was decided on."""

    def __init__(self, log=None):
        self.log, self.inbox = log or MemoryLog(), MemoryInbox()
        self.decided_on = []
        self.slept = []
        ids = count(1)
        self.handler = Handler(
            "intake", self.log, self.inbox, (), names_known, lambda: NOW,
            lambda: f"event {next(ids)}", self._sleep,
        )  # fmt: skip
        self.arriving = []

    def _sleep(self, seconds):
        self.slept.append(seconds)
        if self.arriving:
            self.inbox.receive(self.arriving.pop(0))

    def decide(self, *facts):
        def decision(_, state, now):
            assert now == NOW
            self.decided_on.append(state)
            return facts

        return decision

    def obey(self, command=None, *facts):
        return self.handler.obey(
            command or order("WithdrawRequest"), self.decide(*facts or WITHDRAWN)
        )


@pytest.fixture
def desk():
    return Desk()


class Busy(MemoryLog):
    """Somebody else is faster, a number of times."""

    def __init__(self, times):
        super().__init__()
        self.times = times

    def append(self, commit):
        if self.times:
            self.times -= 1
            raise Conflict(commit.stream)
        return super().append(commit)


class TestObeying:
    def test_what_is_decided_is_recorded(self, desk):
        result = desk.obey()

        assert [each.name for each in desk.log.stream(SUBJECT)] == ["RequestWithdrawn"]
        assert result.events == desk.log.stream(SUBJECT)

    def test_the_events_say_who_ordered_and_which_order_it_was(self, desk):
        (made,) = desk.obey(replace(order("WithdrawRequest"), traceparent="trace")).events

        assert (made.actor, made.causationid, made.correlationid, made.traceparent) == (
            "desk:ani",
            "order",
            SUBJECT,
            "trace",
        )

    def test_an_order_may_belong_to_a_larger_matter(self, desk):
        (made,) = desk.obey(replace(order("WithdrawRequest"), correlationid="import 1")).events

        assert made.correlationid == "import 1"

    def test_own_and_heard_facts_are_decided_on_in_causal_order(self, desk):
        desk.obey(order("WithdrawRequest", id_="first"))
        desk.inbox.receive(event("Reopened", clock=3))
        desk.inbox.receive(event("Closed", clock=2))
        desk.obey(order("WithdrawRequest", id_="second"))

        assert desk.decided_on == [(), ("RequestWithdrawn", "Closed", "Reopened")]

    def test_clocks_go_on_behind_everything_seen(self, desk):
        desk.inbox.receive(event("Closed", clock=41))
        (made,) = desk.obey().events

        assert (made.requestclock, made.streamversion) == (42, 1)

    def test_a_refusal_writes_nothing(self, desk):
        def refuse(*_):
            raise Rejected("wrong_phase")

        with pytest.raises(Rejected):
            desk.handler.obey(order("WithdrawRequest"), refuse)
        assert desk.log.head() == 0

    def test_a_fact_that_may_not_be_recorded_writes_nothing(self, desk):
        with pytest.raises(InvalidFact):
            desk.obey(None, fact("RequestWithdrawn"), Fact("Closed", {}))
        assert desk.log.head() == 0

    def test_the_same_order_again_gets_the_first_result(self, desk):
        first = desk.obey()
        again = desk.obey()

        assert again == replace(first, repeated=True)
        assert len(desk.log.stream(SUBJECT)) == 1

    def test_a_repeated_order_is_not_decided_again(self, desk):
        desk.obey()
        desk.obey(None, Fact("Closed", {}))

        assert len(desk.decided_on) == 1

    def test_a_repeated_order_is_answered_even_when_it_is_stale_by_now(self, desk):
        first = desk.obey(order("WithdrawRequest", seen={"intake": 0}))

        assert desk.obey(order("WithdrawRequest", seen={"intake": 0})).events == first.events

    def test_a_key_is_not_used_for_two_orders(self, desk):
        desk.obey(order("WithdrawRequest", fingerprint="one"))

        with pytest.raises(Rejected) as refused:
            desk.obey(order("WithdrawRequest", fingerprint="other"))
        assert refused.value.code == "idempotency_key_reused"

    def test_who_meets_a_faster_writer_decides_again(self):
        desk = Desk(Busy(3))
        desk.obey()

        assert len(desk.decided_on) == 4
        assert len(desk.log.stream(SUBJECT)) == 1

    def test_who_is_always_too_slow_gives_up(self):
        desk = Desk(Busy(1000))

        with pytest.raises(Conflict):
            desk.obey()
        assert len(desk.decided_on) == handle.ATTEMPTS

    def test_many_at_once_each_see_those_before(self, desk):
        commands = [order("WithdrawRequest", id_=f"order {number}") for number in range(8)]
        with ThreadPoolExecutor(8) as people:
            list(people.map(desk.obey, commands))

        assert [each.streamversion for each in desk.log.stream(SUBJECT)] == list(range(1, 9))


class TestVersions:
    def test_who_read_everything_is_obeyed(self, desk):
        desk.obey(order("WithdrawRequest", id_="first"))
        desk.inbox.receive(event("Closed", version=2))

        assert desk.obey(order("WithdrawRequest", seen={"intake": 1, "register": 2}))

    def test_who_read_nothing_of_something_new_is_obeyed(self, desk):
        assert desk.obey(order("WithdrawRequest", seen={}))

    @pytest.mark.parametrize("seen", [{"intake": 0}, {"intake": 2}, {}, {"intake": -1}])
    def test_who_read_another_version_is_refused(self, desk, seen):
        desk.obey(order("WithdrawRequest", id_="first"))

        with pytest.raises(Rejected) as refused:
            desk.obey(order("WithdrawRequest", seen=seen))
        assert refused.value.code == "stale_version"
        assert desk.log.head() == 1

    def test_who_did_not_see_what_others_said_is_refused(self, desk):
        desk.inbox.receive(event("Closed"))

        with pytest.raises(Rejected) as refused:
            desk.obey(order("WithdrawRequest", seen={"intake": 0}))
        assert refused.value.code == "stale_version"

    def test_who_need_not_have_read_anything_is_obeyed(self, desk):
        desk.obey(order("WithdrawRequest", id_="first"))
        desk.inbox.receive(event("Closed"))

        assert desk.obey(order("WithdrawRequest", seen=None))

    def test_what_the_orderer_saw_is_waited_for(self, desk):
        desk.arriving = [event("Closed"), event("Reopened", version=2)]
        desk.obey(order("WithdrawRequest", seen={"register": 2}))

        assert desk.decided_on == [("Closed", "Reopened")]
        assert len(desk.slept) == 2

    def test_what_never_comes_is_not_waited_for_for_ever(self, desk, monkeypatch):
        monkeypatch.setattr(handle, "CATCH_UP_SECONDS", 0.0)

        with pytest.raises(Rejected) as refused:
            desk.obey(order("WithdrawRequest", seen={"register": 1}))
        assert refused.value.code == "service_unavailable"
        assert desk.log.head() == 0

    def test_what_is_known_says_how_far_each_service_is_known(self, desk):
        desk.obey()
        desk.inbox.receive(event("Closed", version=3, clock=9))
        known = desk.handler.known(SUBJECT)

        assert (known.own, known.clock, known.versions) == (1, 9, {"intake": 1, "register": 3})


class TestCreating:
    def create(self, desk, *facts, **changed):
        return desk.handler.create(
            order("WithdrawRequest", **changed), lambda _, __: facts or WITHDRAWN
        )

    @staticmethod
    def refuse(*_):
        raise Rejected("wrong_phase", "Things have changed.")

    def test_what_is_created_begins_its_stream(self, desk):
        assert self.create(desk).version == 1

    def test_what_was_created_before_is_answered(self, desk):
        first = self.create(desk)

        assert self.create(desk) == replace(first, repeated=True)

    def test_what_was_created_before_is_answered_even_where_it_would_be_refused_by_now(self, desk):
        first = self.create(desk)

        assert desk.handler.create(order("ReceiveRequest"), self.refuse) == replace(
            first, repeated=True
        )

    def test_what_is_refused_creates_nothing(self, desk):
        with pytest.raises(Rejected) as refused:
            desk.handler.create(order("ReceiveRequest"), self.refuse)
        assert refused.value.code == "wrong_phase"
        assert not desk.log.read(0, 9)

    def test_a_key_is_not_used_to_create_two_things(self, desk):
        self.create(desk, fingerprint="one")

        with pytest.raises(Rejected) as refused:
            self.create(desk, fingerprint="other")
        assert refused.value.code == "idempotency_key_reused"

    def test_a_series_gives_its_next_number(self, desk):
        def numbered(number):
            return (fact("RequestSubmitted", serial=number),)

        for at in range(3):
            desk.handler.create(
                order("ReceiveRequest", subject=f"request/{at}", id_=f"order {at}"),
                lambda _, __: Numbered("register/2026", numbered),
            )

        assert [done.events[0].data["serial"] for done in desk.log.read(0, 9)] == [1, 2, 3]

    def test_a_series_gives_several_numbers_at_once(self, desk):
        decision = Numbered(
            "register/2026", lambda first: (fact("RequestSubmitted", serial=first),), 5
        )
        firsts = [
            desk.handler.create(
                order("ReceiveRequest", subject=f"request/{at}", id_=f"order {at}"),
                lambda _, __: decision,
            )
            for at in range(2)
        ]

        assert [done.events[0].data["serial"] for done in firsts] == [1, 6]

    def test_a_number_is_used_up_once(self, desk):
        decision = Claimed("paper/2026", 7, (fact("RequestSubmitted", serial=7),))

        def claim(at):
            return desk.handler.create(
                order("ReceiveRequest", subject=f"request/{at}", id_=f"order {at}"),
                lambda _, __: decision,
            )

        assert claim(1).events[0].data["serial"] == 7
        with pytest.raises(Taken):
            claim(2)


class TestReacting:
    closed = event("Closed", id="closed", clock=5, correlationid="matter")

    def react(self, desk, heard=None, *facts):
        decide = desk.decide(*facts)
        return desk.handler.react(
            heard or self.closed, lambda _, state, now: decide(None, state, now)
        )

    def test_a_reaction_is_recorded(self, desk):
        desk.inbox.receive(self.closed)
        (made,) = self.react(desk, None, *WITHDRAWN).events

        assert (made.subject, made.requestclock) == (SUBJECT, 6)

    def test_a_reaction_is_the_systems_own_and_names_its_cause(self, desk):
        (made,) = self.react(desk, None, *WITHDRAWN).events

        assert (made.actor, made.causationid, made.correlationid) == (
            "system:intake",
            "closed",
            "matter",
        )

    def test_who_has_nothing_to_say_writes_nothing(self, desk):
        assert self.react(desk) is None
        assert desk.log.head() == 0

    def test_an_event_that_comes_again_is_reacted_to_once(self, desk):
        first = self.react(desk, None, *WITHDRAWN)

        assert self.react(desk, None, *WITHDRAWN) == replace(first, repeated=True)
        assert desk.log.head() == 1

    def test_an_event_delivered_to_many_workers_at_once_is_reacted_to_once(self, desk):
        with ThreadPoolExecutor(8) as workers:
            results = list(workers.map(lambda _: self.react(desk, None, *WITHDRAWN), range(24)))

        assert desk.log.head() == 1
        assert sum(not result.repeated for result in results) == 1

    def test_another_event_is_another_cause(self, desk):
        self.react(desk, None, *WITHDRAWN)
        self.react(desk, event("Closed", id="closed again"), *WITHDRAWN)

        assert desk.log.head() == 2

    def test_a_reaction_meets_a_faster_writer_and_decides_again(self):
        desk = Desk(Busy(2))
        self.react(desk, None, *WITHDRAWN)

        assert len(desk.decided_on) == 3

    def test_two_services_react_to_the_same_event_each_for_itself(self):
        assert reaction_id("intake", self.closed) != reaction_id("escalation", self.closed)


class TestConcluding:
    def conclude(self, desk, *facts, id_="missed:request/1"):
        decide = desk.decide(*facts)
        return desk.handler.conclude(SUBJECT, id_, lambda state, now: decide(None, state, now))

    def test_what_time_makes_true_is_recorded_with_its_id_as_cause(self, desk):
        (made,) = self.conclude(desk, *WITHDRAWN).events

        assert (made.causationid, made.correlationid, made.actor) == (
            "missed:request/1",
            SUBJECT,
            "system:intake",
        )

    def test_the_same_conclusion_is_drawn_once(self, desk):
        self.conclude(desk, *WITHDRAWN)

        assert self.conclude(desk, *WITHDRAWN).repeated
        assert desk.log.head() == 1

    def test_nothing_to_conclude_writes_nothing(self, desk):
        assert self.conclude(desk) is None
        assert desk.log.head() == 0


def test_an_order_without_a_result_is_a_bug():
    with pytest.raises(AssertionError):
        handle._same(None, order("WithdrawRequest"))
