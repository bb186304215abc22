import pytest

from contracts.catalogue import SERVICES, names_of
from contracts.topology import (
    SUBSCRIPTIONS,
    bindings,
    definitions,
    hearers,
    queue_arguments,
    subscription,
    unheard,
)
from services.escalation.consume import reactions
from services.intake.consume import REACTIONS
from tests.suites.law import LAW


def test_no_queue_listens_for_what_nobody_records():
    assert unheard() == ()


def test_every_queue_has_a_name_of_its_own():
    assert len({each.queue for each in SUBSCRIPTIONS}) == len(SUBSCRIPTIONS)


@pytest.mark.parametrize("queue", ["register.log", "reporting.log"])
def test_numbered_logs_hear_everything_one_consumer_at_a_time(queue):
    heard = set(bindings(subscription(queue)))

    assert heard == {(f"{service}.events", "#") for service in SERVICES}
    assert queue_arguments(subscription(queue))["x-single-active-consumer"] is True


@pytest.mark.parametrize("each", SUBSCRIPTIONS, ids=lambda each: each.queue)
def test_no_queue_can_lose_a_message(each):
    arguments = queue_arguments(each)

    assert arguments["x-queue-type"] == "quorum"
    assert arguments["x-overflow"] == "reject-publish"
    assert arguments["x-dead-letter-strategy"] == "at-least-once"


@pytest.mark.parametrize("each", SUBSCRIPTIONS, ids=lambda each: each.queue)
def test_dead_messages_of_a_queue_have_a_place(each):
    parked = [
        binding["routing_key"]
        for binding in definitions()["bindings"]
        if binding["destination"] == each.parking
    ]

    assert parked == [queue_arguments(each)["x-dead-letter-routing-key"]]


@pytest.mark.parametrize(
    ("service", "reacting"),
    [("intake", REACTIONS), ("escalation", reactions(lambda: LAW))],
)
def test_a_service_hears_all_that_it_reacts_to(service, reacting):
    heard = {name for names in subscription(f"{service}.inbox").hears.values() for name in names}

    assert set(reacting) <= heard


def test_an_unknown_queue_is_not_found():
    with pytest.raises(KeyError):
        subscription("nobody.inbox")


def test_who_hears_an_event_is_known():
    assert hearers("register", "Closed") == ("intake", "classification", "escalation")
    assert hearers("reporting", "DaySupervised") == ()


def test_every_service_records_something():
    assert all(names_of(service) for service in SERVICES)
