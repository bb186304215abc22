from datetime import UTC, datetime
from itertools import count

import pytest

from contracts.catalogue import EVENTS, violations
from contracts.envelope import Event, Fact
from eventlog.record import Circumstances, InvalidFact, latest_clock, record, versions
from tests.suites.events import event
from tests.suites.facts import DATA, fact

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)


def given(service="intake"):
    ids = count(1)
    return Circumstances(
        service,
        "request/1",
        NOW,
        "desk:ani",
        "order 1",
        "request/1",
        "trace",
        lambda: f"id {next(ids)}",
    )


def test_facts_become_events_one_step_each():
    made = record([fact("RequestReceived"), fact("RequestSubmitted")], given(), version=4, clock=9)

    assert [(each.streamversion, each.requestclock, each.id) for each in made] == [
        (5, 10, "id 1"),
        (6, 11, "id 2"),
    ]


def test_the_envelope_says_who_what_when_and_why():
    (made,) = record([fact("RequestWithdrawn")], given(), 0, 0)

    assert made == Event(
        id="id 1",
        source="/terbuka/intake",
        type="id.terbuka.intake.RequestWithdrawn.v1",
        subject="request/1",
        time="2026-08-12T03:00:00+00:00",
        stream="request/1",
        streamversion=1,
        requestclock=1,
        correlationid="request/1",
        causationid="order 1",
        actor="desk:ani",
        traceparent="trace",
        data={"reason": "Sudah didapat"},
    )


def test_of_no_facts_no_events_are_made():
    assert record([], given(), 0, 0) == ()


def test_data_that_do_not_fit_the_catalogue_are_refused():
    with pytest.raises(InvalidFact, match="reason"):
        record([Fact("RequestWithdrawn", {})], given(), 0, 0)


def test_data_nobody_asked_for_are_refused():
    with pytest.raises(InvalidFact, match="phone"):
        record([fact("RequestWithdrawn", phone="0812")], given(), 0, 0)


def test_a_service_records_its_own_facts_only():
    with pytest.raises(InvalidFact, match="register may not record RequestWithdrawn"):
        record([fact("RequestWithdrawn")], given("register"), 0, 0)


def test_a_name_nobody_records_is_refused():
    with pytest.raises(KeyError):
        record([Fact("RequestForgotten")], given(), 0, 0)


def test_one_wrong_fact_keeps_all_from_being_recorded():
    with pytest.raises(InvalidFact):
        record([fact("RequestReceived"), Fact("RequestSubmitted", {})], given(), 0, 0)


@pytest.mark.parametrize("contract", EVENTS.values(), ids=lambda contract: contract.name)
def test_every_kind_of_fact_can_be_recorded(contract):
    (made,) = record([fact(contract.name)], given(contract.service), 0, 0)

    assert made.type == contract.type


def test_the_ordinary_facts_are_all_there_are():
    assert set(DATA) == {contract.name for contract in EVENTS.values()}
    assert all(violations(type_, DATA[each.name]) == {} for type_, each in EVENTS.items())


def test_the_latest_clock_is_the_highest():
    assert latest_clock([event(clock=3), event(clock=7), event(clock=5)]) == 7


def test_before_any_event_the_clock_is_0():
    assert latest_clock([]) == 0


def test_versions_are_how_far_each_service_is_known():
    known = [event(version=2), event(version=1), event("Closed", version=4)]

    assert versions(known) == {"intake": 2, "register": 4}
