"""Paper forms: reserved in blocks, used or void once, and never lost."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from contracts.errors import Rejected
from eventlog.handle import Claimed, Numbered
from eventlog.memory import MemoryLog
from services.intake import decide
from services.intake.state import NumbersState, RequestState, evolve, evolve_numbers
from tests.suites.counter import YEAR, Desk, ledger
from tests.suites.facts import APPLICANT, fact
from tests.suites.orders import given, names, order, refusal
from tests.suites.practice import PRACTICE

NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
BLOCK = ("NumbersReserved", {"first": 21, "last": 30})
VOID = ("NumberVoided", {"serial": 25})


def numbers(*facts):
    return given(NumbersState(), evolve_numbers, *facts)


def receive(serial, *facts, **changed):
    command = order("ReceiveRequest", paper_serial=serial, **changed)
    return decide.receive(command, NOW, decide.Arrival(APPLICANT), PRACTICE, numbers(*facts))


def void(serial, *facts, now=NOW, year=2026):
    return decide.void(
        order("VoidNumber", serial=serial, year=year), numbers(*facts), now, PRACTICE
    )


class TestReserving:
    def test_a_block_is_taken_from_the_series_of_its_year(self):
        decision = decide.reserve(order("ReserveNumbers", count=10), NumbersState(), NOW)

        assert (decision.series, decision.count) == ("register/2026", 10)

    def test_a_block_says_its_first_and_its_last(self):
        command = order("ReserveNumbers", count=10)
        (reserved,) = decide.reserve(command, NumbersState(), NOW).facts(21)

        assert reserved == fact(
            "NumbersReserved", **{name: command.data[name] for name in ("holder", "reason")},
            year=2026, first=21, last=30,
        )  # fmt: skip

    @pytest.mark.parametrize("year", [2025, 2026, 2027])
    def test_a_block_may_be_of_last_year_this_year_or_the_next(self, year):
        decision = decide.reserve(order("ReserveNumbers", year=year), NumbersState(), NOW)

        assert isinstance(decision, Numbered)

    @pytest.mark.parametrize("year", [2024, 2028, 2062])
    def test_a_block_of_a_far_year_is_a_slip_of_the_pen(self, year):
        command = order("ReserveNumbers", year=year)

        assert refusal(decide.reserve, command, NumbersState(), NOW) == "invalid_fields"

    def test_the_year_is_that_of_jakarta(self):
        new_year = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
        command = order("ReserveNumbers", year=2028)

        assert isinstance(decide.reserve(command, NumbersState(), new_year), Numbered)


class TestDecliningAPaperForm:
    def test_a_form_of_somebody_who_may_not_apply_is_used_up_under_its_number(self):
        decision = receive(25, BLOCK, indonesian=False)

        assert (decision.series, decision.number) == ("paper/2026", 25)
        assert names(decision.facts) == ["RequestReceived", "RequestDeclined"]
        assert decision.facts[0].data["number"] == "0025/PPID-KPU-DKI/VIII/2026"


class TestVoiding:
    def test_a_reserved_serial_is_void_under_its_number(self):
        decision = void(25, BLOCK)

        assert (decision.series, decision.number) == ("paper/2026", 25)
        assert decision.facts[0].data["number"] == "0025/PPID-KPU-DKI/VIII/2026"

    @pytest.mark.parametrize(
        ("now", "month"),
        [(datetime(2027, 1, 5, tzinfo=UTC), "XII"), (datetime(2025, 11, 5, tzinfo=UTC), "I")],
    )
    def test_the_number_of_a_void_form_is_one_of_its_year(self, now, month):
        assert void(25, BLOCK, now=now).facts[0].data["number"] == f"0025/PPID-KPU-DKI/{month}/2026"

    @pytest.mark.parametrize("serial", [20, 31])
    def test_what_is_not_reserved_cannot_be_void(self, serial):
        assert refusal(void, serial, BLOCK) == "number_not_reserved"

    def test_what_is_void_is_not_voided_again(self):
        assert refusal(void, 25, BLOCK, VOID) == "number_used_already"


class TestPaperForms:
    def test_a_form_brings_its_number(self):
        decision = receive(21, BLOCK)

        assert isinstance(decision, Claimed)
        assert (decision.series, decision.number) == ("paper/2026", 21)
        assert names(decision.facts) == ["RequestReceived", "RequestSubmitted"]
        assert [each.data["number"] for each in decision.facts] == [
            "0021/PPID-KPU-DKI/VIII/2026"
        ] * 2
        assert decision.facts[1].data["serial"] == 21

    def test_a_form_that_lacks_papers_keeps_its_number(self):
        decision = receive(21, BLOCK, documents=[])

        assert names(decision.facts) == ["RequestReceived", "IncompletenessNotified"]
        assert decision.facts[0].data["number"] == "0021/PPID-KPU-DKI/VIII/2026"

    def test_a_form_is_numbered_with_its_own_serial_when_it_is_completed(self):
        facts = [(each.name, dict(each.data)) for each in receive(21, BLOCK, documents=[]).facts]
        state = given(RequestState(), evolve, *facts)

        decision = decide.complete(order("CompleteRequest"), state, NOW, PRACTICE)

        assert names(decision) == ["DocumentsReceived", "RequestSubmitted"]
        assert (decision[1].data["serial"], decision[1].data["number"]) == (
            21,
            "0021/PPID-KPU-DKI/VIII/2026",
        )

    @pytest.mark.parametrize("serial", [20, 31])
    def test_a_serial_that_was_not_reserved_is_refused(self, serial):
        assert refusal(receive, serial, BLOCK) == "number_not_reserved"

    def test_a_void_serial_is_refused(self):
        assert refusal(receive, 25, BLOCK, VOID) == "number_used_already"


class TestCounters:
    @pytest.fixture
    def desk(self):
        return Desk(MemoryLog())

    def test_a_block_stands_between_the_numbers_before_and_after_it(self, desk):
        before = desk.receive().events[1].data["serial"]
        block = desk.reserve(10)
        after = desk.receive().events[1].data["serial"]

        assert (before, block, after) == (1, (2, 11), 12)

    def test_a_serial_is_used_once(self, desk):
        first, _ = desk.reserve(3)
        desk.receive(paper_serial=first)

        assert refusal(lambda: desk.receive(paper_serial=first)) == "number_used_already"
        assert refusal(desk.void, first) == "number_used_already"

    def test_a_void_serial_is_never_used(self, desk):
        first, _ = desk.reserve(3)
        desk.void(first)

        assert refusal(lambda: desk.receive(paper_serial=first)) == "number_used_already"
        assert refusal(desk.void, first) == "number_used_already"

    def test_an_incomplete_form_holds_its_serial(self, desk):
        first, _ = desk.reserve(3)
        done = desk.receive(paper_serial=first, documents=[])

        assert refusal(lambda: desk.receive(paper_serial=first)) == "number_used_already"
        assert desk.complete(done.stream).events[-1].data["serial"] == first

    def test_the_same_order_gets_its_serial_again(self, desk):
        first, _ = desk.reserve(3)
        done = desk.receive("once", paper_serial=first)

        assert desk.receive("once", paper_serial=first) == done.again()

    def test_the_same_voiding_is_done_once(self, desk):
        first, _ = desk.reserve(3)
        done = desk.void(first, id_="once")

        assert desk.void(first, id_="once") == done.again()

    def test_a_serial_belongs_to_its_year(self, desk):
        desk.reserve(3, 2025)

        assert refusal(lambda: desk.receive(paper_serial=1)) == "number_not_reserved"
        late = desk.receive(paper_serial=1, received_at="2025-12-31T23:59:00+07:00")
        assert late.events[1].data["number"] == "0001/PPID-KPU-DKI/XII/2025"

    def test_who_looks_too_late_is_refused_by_the_log(self, desk):
        """Two counters have both seen the serial free."""
        first, _ = desk.reserve(3)
        other = Desk(desk.log, "other")
        slow = other.paper.known(other.order("ReceiveRequest", "request/x", paper_serial=first))
        desk.receive(paper_serial=first)

        with pytest.raises(Rejected) as refused, desk.paper.claiming(first):
            other._requests.create(
                other.order("ReceiveRequest", "request/x", paper_serial=first),
                lambda given_, now: decide.receive(
                    given_, now, decide.Arrival(APPLICANT), PRACTICE, slow
                ),
            )
        assert refused.value.code == "number_used_already"


serials = st.integers(1, 12)
steps = st.one_of(
    st.tuples(st.just("receive"), st.booleans()),
    st.tuples(st.just("reserve"), st.integers(1, 4)),
    st.tuples(st.just("paper"), serials, st.booleans()),
    st.tuples(st.just("void"), serials),
    st.tuples(st.just("complete"), st.integers(0, 9)),
)


def take(desk, waiting, kind, *details):
    if kind == "receive":
        papers = {} if details[0] else {"documents": []}
        done = desk.receive(**papers)
        waiting += [] if details[0] else [done.stream]
    elif kind == "reserve":
        desk.reserve(details[0])
    elif kind == "void":
        desk.void(details[0])
    elif kind == "paper":
        papers = {} if details[1] else {"documents": []}
        done = desk.receive(paper_serial=details[0], **papers)
        waiting += [] if details[1] else [done.stream]
    elif waiting:
        desk.complete(waiting.pop(details[0] % len(waiting)))


@given_any(st.lists(st.tuples(st.integers(0, 1), steps), max_size=40))
def test_whatever_counters_do_each_serial_is_used_or_void_or_open_and_none_is_lost(history):
    log = MemoryLog()
    desks = [Desk(log, "a"), Desk(log, "b")]
    waiting = []
    for at, step in history:
        with suppress(Rejected):
            take(desks[at], waiting, *step)

    book = ledger(log, YEAR)
    ended = [*book.used, *book.void]
    assert book.duplicates == []
    assert book.strays == []
    assert book.gaps == []
    assert sorted((*ended, *book.open)) == list(range(1, book.last + 1))
