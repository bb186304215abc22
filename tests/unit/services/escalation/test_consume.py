"""What escalation does with others' facts, and that the order in which they come does not matter."""

from datetime import UTC, datetime

import pytest
from hypothesis import given as tried_with
from hypothesis import strategies as st

from contracts.envelope import Fact
from eventlog.consume import Listener
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from services.escalation.consume import reactions
from services.escalation.state import RequestState, evolve
from tests.suites.events import SUBJECT, event
from tests.suites.facts import COMPLETED_AT, fact
from tests.suites.law import LAW
from tests.suites.office import Office, steps, taken
from tests.suites.orders import given, names

REOPENING_BASIS = "UU 14/2008 pasal 22 ayat (7), dihitung sejak dibuka kembali"
NOW = datetime(2026, 8, 14, 4, 0, tzinfo=UTC)
REACTIONS = reactions(lambda: LAW)
NOTIFIED_ON = "2026-08-12T03:00:00+00:00"
COMPLETION = {"clock": "completion", "days": 3, "due_on": "2026-08-18"}
WAITING = ("IncompletenessNotified", ("DeadlineSet", COMPLETION))
ORDINARY = {
    "regime": "ordinary",
    "topic": "other",
    "reason": "Diterima di luar masa tahapan.",
    "legal_basis": "UU 14/2008 pasal 22 ayat (7)",
    "corrected": False,
}
CHOSEN = Fact("RegimeChosen", ORDINARY)
ANSWERING = ("RequestSubmitted", "DeadlineSet", ("RegimeChosen", ORDINARY))
FROM_COMPLETION = {
    "start_on": "2026-08-14",
    "due_on": "2026-09-01",
    "note": "Dihitung sejak permohonan lengkap: ketidaklengkapan diberitahukan tepat waktu.",
}


def papers_set(**changed):
    """The clock of the applicant's has no target."""
    told = fact("DeadlineSet", **changed)
    return Fact(told.name, {key: told.data[key] for key in told.data if key != "target_on"})


def window(start_on, due_on):
    basis = "UU 14/2008 pasal 36 ayat (1)"
    return papers_set(
        clock="objection_window", start_on=start_on, days=30, due_on=due_on, legal_basis=basis
    )


STOPS = ["InformationDelivered", "RequestLapsed", "RequestWithdrawn", "Closed"]


def heard(name, *facts, now=NOW, time=NOTIFIED_ON, **changed):
    """What is said on hearing an event that is the newest of what is known."""
    state = given(RequestState(), evolve, *facts, (name, changed))
    return REACTIONS[name](event(name, time=time, data=changed), state, now)


class TestMissingPapers:
    def test_the_clock_for_papers_starts_with_the_notice(self):
        assert heard("IncompletenessNotified") == (
            papers_set(**COMPLETION, legal_basis="Perki 1/2021; praktik e-PPID KPU"),
        )

    def test_the_clock_for_papers_starts_once(self):
        assert heard("IncompletenessNotified", *WAITING) == ()

    def test_the_clock_for_papers_does_not_start_when_the_request_is_complete(self):
        assert heard("IncompletenessNotified", "RequestSubmitted") == ()

    def test_a_notice_heard_very_late_is_missed_at_once(self):
        said = heard("IncompletenessNotified", now=datetime(2026, 8, 19, tzinfo=UTC))

        assert said[1:] == (fact("DeadlineMissed", clock="completion", due_on="2026-08-18"),)


class TestAnswering:
    def test_the_clock_runs_from_receipt(self):
        assert heard("RequestSubmitted") == (fact("DeadlineSet"), CHOSEN)

    def test_the_clock_runs_from_completion_when_papers_were_missing(self):
        said = heard("RequestSubmitted", *WAITING, completed_at=COMPLETED_AT, time=COMPLETED_AT)

        assert said == (
            fact(
                "ClockStopped",
                clock="completion",
                because="RequestSubmitted",
                stopped_on="2026-08-14",
                working_days_used=2,
                due_on="2026-08-18",
            ),
            fact("DeadlineSet", **FROM_COMPLETION),
            CHOSEN,
        )

    def test_the_clock_runs_from_completion_even_when_the_notice_was_not_heard_of(self):
        assert heard("RequestSubmitted", completed_at=COMPLETED_AT) == (
            fact("DeadlineSet", **FROM_COMPLETION),
            CHOSEN,
        )

    def test_the_clock_starts_once(self):
        assert heard("RequestSubmitted", *ANSWERING) == ()

    def test_entered_after_its_due_date_it_is_missed_at_once(self):
        said = heard("RequestSubmitted", now=datetime(2026, 8, 29, tzinfo=UTC))

        assert said == (
            fact("DeadlineSet"),
            fact("DeadlineMissed"),
            window("2026-08-28", "2026-10-09"),
            CHOSEN,
        )

    def test_entered_on_its_due_date_it_is_not_missed(self):
        assert heard("RequestSubmitted", now=datetime(2026, 8, 28, tzinfo=UTC)) == (
            fact("DeadlineSet"),
            CHOSEN,
        )

    def test_who_was_answered_before_gets_a_clock_that_ends_at_once(self):
        state = given(RequestState(), evolve, "RequestSubmitted", "InformationDelivered")
        said = REACTIONS["RequestSubmitted"](event("RequestSubmitted"), state, NOW)

        assert said == (
            fact("DeadlineSet"),
            fact("ClockStopped", stopped_on="2026-08-12", working_days_used=0),
            CHOSEN,
        )


class TestStopping:
    @pytest.mark.parametrize("name", STOPS)
    def test_the_clock_stops_with_what_ends_it(self, name):
        assert heard(name, *ANSWERING)[0] == fact(
            "ClockStopped", because=name, stopped_on="2026-08-12", working_days_used=0
        )

    @pytest.mark.parametrize("name", STOPS)
    def test_only_who_got_something_may_object(self, name):
        said = heard(name, *ANSWERING)[1:]

        assert said == ((window("2026-08-12", "2026-09-25"),) if name == STOPS[0] else ())

    def test_the_clock_stops_on_the_day_of_the_fact_not_of_its_delivery(self):
        state = given(RequestState(), evolve, *ANSWERING, "InformationDelivered")
        said = REACTIONS["InformationDelivered"](
            event("InformationDelivered"), state, datetime(2026, 9, 30, tzinfo=UTC)
        )

        assert (said[0].data["stopped_on"], said[0].data["late"]) == ("2026-08-12", False)

    @pytest.mark.parametrize("name", STOPS)
    def test_where_no_clock_runs_nothing_is_said(self, name):
        assert "ClockStopped" not in names(heard(name, "RequestSubmitted"))

    @pytest.mark.parametrize("name", STOPS)
    def test_a_clock_is_stopped_once(self, name):
        assert "ClockStopped" not in names(heard(name, *ANSWERING, "ClockStopped"))

    def test_the_clock_for_papers_stops_too(self):
        said = heard("RequestWithdrawn", *WAITING)

        assert [each.data["clock"] for each in said] == ["completion"]

    def test_what_was_answered_before_it_was_reopened_stops_nothing(self):
        state = given(RequestState(), evolve, "Closed", "Reopened", "DeadlineSet")
        said = REACTIONS["Closed"](event("Closed"), state, NOW)

        assert said == ()


class TestReopening:
    def test_a_reopened_request_is_answered_like_a_new_one(self):
        assert heard("Reopened", *ANSWERING, "ClockStopped", "Closed") == (
            fact("DeadlineSet", legal_basis=REOPENING_BASIS),
        )

    def test_a_clock_that_runs_from_that_day_runs_on(self):
        assert heard("Reopened", *ANSWERING) == ()

    def test_a_clock_from_before_is_set_anew(self):
        said = heard("Reopened", *ANSWERING, time=COMPLETED_AT)

        assert names(said) == ["DeadlineSet"]
        assert said[0].data["start_on"] == "2026-08-14"


@tried_with(steps(), st.randoms(use_true_random=False), st.data())
def test_clocks_end_up_the_same_in_whatever_order_facts_arrive(history, chance, data):
    office = taken(Office(), [step for step in history if "Escalate" not in step])
    office.settle()
    facts = office.inboxes["escalation"].about(SUBJECT)
    shuffled = data.draw(st.permutations(facts))
    again = [chance.choice(facts) for _ in facts[:3]]

    assert clocks_after(facts) == clocks_after([*shuffled, *again])


def test_a_reopening_that_is_heard_of_before_the_receipt_counts_from_its_own_day():
    orders = (
        ("ReceiveRequest", 0),
        ("ClassifyInformation", 1),
        ("HandOverInformation", 0),
        ("CloseRequest", 0),
    )
    history = [step for name, way in orders for step in (("order", name, 1, way), ("settle",))]
    office = taken(Office(), [*history, ("days", 1), ("order", "ReopenRequest", 1, 0), ("settle",)])
    facts = office.inboxes["escalation"].about(SUBJECT)
    late = [each for each in facts if each.name == "RequestSubmitted"]

    assert "Reopened" in names(facts)
    assert clocks_after([*(each for each in facts if each not in late), *late]) == clocks_after(
        facts
    )


def clocks_after(facts):
    """Which clocks run in the end, and until when."""
    inbox, ids = MemoryInbox(), iter(range(10_000))
    handler = Handler(
        "escalation",
        MemoryLog(),
        inbox,
        RequestState(),
        evolve,
        lambda: NOW,
        lambda: str(next(ids)),
    )
    listener = Listener("escalation.inbox", inbox, handler, REACTIONS)
    for each in facts:
        listener.hear(each)
    clocks = handler.known(SUBJECT).state.clocks
    return {name: clock.due_on for name, clock in clocks.items() if not clock.stopped}
