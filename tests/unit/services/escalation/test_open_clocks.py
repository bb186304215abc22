"""Whatever is declared, revoked, enacted, extended, corrected and reminded of, in any order: open clocks end up counted by the law of the day."""

from hypothesis import given, strategies

from services.escalation import starts
from services.escalation.starts import Start
from services.escalation.timekeeping import ANSWER, COMPLETION, counted, length_of, target
from tests.suites.office import Office, steps, taken, way

NAMES = (
    "ReceiveRequest", "CompleteRequest", "ClassifyInformation", "EscalateRequest", "ExtendDeadline", "CorrectRegime",
    "NotifyApplicant", "CloseRequest", "ReopenRequest", "FileObjection", "AnswerObjection", "OpenDispute", "SettleDispute",
    "DeclareHolidays", "RevokeHoliday", "EnactRule", "EndRule",
)  # fmt: skip
LAW_ORDERS = ("DeclareHolidays", "RevokeHoliday", "EnactRule", "EndRule")
MOVED = {"DeadlineMoved"}
RECEIVED = "ReceiveRequest:0 ClassifyInformation:0 EscalateRequest:0"
# What waits while the law changes: papers, an answer, an extended one, an objection, a time to go on.
WAITING = (
    "ReceiveRequest:1",
    RECEIVED,
    f"{RECEIVED} ExtendDeadline:0",
    f"{RECEIVED} DecideRequest:0 NotifyApplicant:0 CloseRequest:0",
    f"{RECEIVED} RecordConsequenceTest:0 DecideRequest:1 NotifyApplicant:0 FileObjection:0",
    f"{RECEIVED} RecordConsequenceTest:0 DecideRequest:1 NotifyApplicant:0 FileObjection:0 AnswerObjection:0",
)
LAW_CHANGES = strategies.sampled_from(LAW_ORDERS).flatmap(
    lambda name: strategies.integers(0, 6).map(lambda variant: way(f"{name}:{variant}", 1))
)


@strategies.composite
def histories(draw):
    """Something waits, the law changes, and then anything happens."""
    waiting = way(draw(strategies.sampled_from(WAITING)), 1)
    days = [("days", draw(strategies.integers(1, 12)))]
    changes = draw(strategies.lists(LAW_CHANGES, max_size=4))
    return [*waiting, *days, *(step for each in changes for step in each), *draw(steps(10, NAMES))]


def settled(history):
    """An office after a history, when everybody has heard everything and open clocks were counted again."""
    office = taken(Office(), history)
    office.settle()
    office.recount()
    office.settle()
    return office


def open_clocks(office):
    return [
        (subject, name, state)
        for subject, state in office.timed().items()
        for name in state.clocks
        if state.running(name)
    ]


def afresh(name, state, law):
    """When a clock falls due, counted from nothing but how its subject came in, its regime and what it was given."""
    known = state.clocks[name]
    regime = known.regime if name == COMPLETION else state.regime or known.regime
    first = name == ANSWER and known.from_receipt
    begin = starts.of_answer(state.arrival, law) if first else Start(known.start_on, known.start_on)
    length = law.rules.days(length_of(name, regime), begin.on).value
    # an answer after a reopening or an order has the days that it was given then
    days = known.days if name == ANSWER and not first else length["count"]
    all_days = days + known.extension
    due_on = counted(begin.on, all_days, length["unit"], law)
    return due_on, target(begin.received_on, all_days, law) if known.target_on else None


@given(histories())
def test_every_open_clock_is_counted_by_the_law_as_it_stands(history):
    office = settled(history)
    law = office.law()

    for subject, name, state in open_clocks(office):
        known = state.clocks[name]
        assert (known.due_on, known.target_on) == afresh(name, state, law), (subject, name)


@given(histories())
def test_counting_again_moves_nothing(history):
    assert settled(history).recount() == []


@given(histories())
def test_what_moved_is_said_from_where_it_was_to_where_it_is(history):
    """Told one after the other, the dates of a clock make one chain."""
    due = {}
    for event in settled(history).logged("escalation"):
        clock = (event.stream, event.data.get("clock"))
        if event.name in ("DeadlineMoved", "DeadlineExtended"):
            assert event.data["due_before"] == due[clock]
        if event.name in ("DeadlineSet", "DeadlineMoved", "DeadlineExtended"):
            due[clock] = event.data["due_on"]


def extended_request():
    office = Office()
    for name in ("ReceiveRequest", "ClassifyInformation", "EscalateRequest", "ExtendDeadline"):
        assert office.order(name) == ""
        office.settle()
    return office


def due_on(office):
    return office.state("escalation").clocks[ANSWER].due_on.isoformat()


def test_a_day_declared_and_revoked_leaves_the_date_as_it_was():
    office, off = extended_request(), [{"date": "2026-08-19", "kind": "local", "day_name": "Libur"}]
    before = due_on(office)

    assert office.order("DeclareHolidays", "calendar/office", days=off) == ""
    assert {each.name for each in office.recount()} == MOVED
    assert due_on(office) > before
    assert office.order("RevokeHoliday", "calendar/office", date="2026-08-19") == ""
    assert {each.name for each in office.recount()} == MOVED
    assert due_on(office) == before


def test_a_recount_after_each_order_and_one_after_all_come_to_the_same():
    ways = [[("order", name, 1, 0), *then] for name in LAW_ORDERS for then in ([], [("recount",)])]
    at_once, one_by_one = ([step for way in ways[first::2] for step in way] for first in (0, 1))
    offices = [taken(extended_request(), history) for history in (at_once, one_by_one)]
    for office in offices:
        office.recount()

    assert due_on(offices[0]) == due_on(offices[1])


def test_a_time_to_object_moves_also_where_a_new_answer_moves_beside_it():
    """Once it was left where it was, as if it had opened with the silence of the answer that moves."""
    first = way("ReceiveRequest:1", 1)
    told = way(
        "ReceiveRequest:0 ClassifyInformation:1 HandOverInformation:0 CloseRequest:0 ReopenRequest:0",
        2,
    )
    law = way("EnactRule:0 CorrectRegime:0 DeclareHolidays:2 CorrectRegime:1", 1)
    office = settled([*first, ("days", 15), *told, *law])

    for subject, name, state in open_clocks(office):
        known = state.clocks[name]
        assert (known.due_on, known.target_on) == afresh(name, state, office.law()), (subject, name)
    windows = [subject for subject, name, _ in open_clocks(office) if name == "objection_window"]
    assert "request/2" in windows
