"""Everybody who hears an event can take it in as it was released: services, reactions and views."""

from datetime import UTC, datetime
from functools import reduce

import pytest

from contracts.catalogue import violations
from contracts.envelope import causal_order
from contracts.topology import SUBSCRIPTIONS
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from eventlog.numbered import Recorded
from eventlog.replay import hears
from services.classification import state as classification
from services.escalation import agenda, moves, project, timekeeping
from services.escalation import consume as escalation_reactions
from services.escalation import state as escalation
from services.intake import consume as intake_reactions
from services.intake import state as intake
from services.register import project as register_views
from services.register import state as register
from services.reporting import project as reporting_views
from services.reporting import state as reporting
from tests.contract.samples import released
from tests.suites.law import LAW

NOW = datetime(2026, 9, 1, 3, tzinfo=UTC)
EVERYTHING = released()
EACH = pytest.mark.parametrize("event", EVERYTHING, ids=lambda event: event.name)
VIEWS = register_views.VIEWS + reporting_views.VIEWS
FOLDS = {
    "intake": [
        (intake.evolve, intake.RequestState()),
        (intake.evolve_applicant, intake.ApplicantState()),
    ],
    "classification": [
        (classification.evolve, classification.RequestState()),
        (classification.evolve_entry, classification.EntryState()),
    ],
    "escalation": [(escalation.evolve, escalation.RequestState())],
    "register": [(register.evolve, register.RequestState())],
    "reporting": [(reporting.evolve, reporting.ReportState())],
}
REACTIONS = {
    "intake": intake_reactions.REACTIONS,
    "escalation": escalation_reactions.reactions(lambda: LAW),
}


def heard_by(service):
    """What a service knows of: its own, and what its inbox hears."""
    inboxes = [
        each for each in SUBSCRIPTIONS if each.service == service and each.queue.endswith(".inbox")
    ]
    return [
        event
        for event in EVERYTHING
        if event.service == service or any(hears(inbox, event) for inbox in inboxes)
    ]


@pytest.mark.parametrize("service", FOLDS)
def test_a_service_folds_all_it_hears(service):
    for evolve, initial in FOLDS[service]:
        assert reduce(evolve, causal_order(heard_by(service)), initial) != initial


@pytest.mark.parametrize("service", REACTIONS)
def test_a_reaction_says_only_what_its_contract_allows(service):
    evolve, initial = FOLDS[service][0]
    for event in heard_by(service):
        reaction = REACTIONS[service].get(event.name)
        if reaction:
            facts = reaction(event, evolve(initial, event), NOW)
            for fact in facts:
                assert violations(f"id.terbuka.{service}.{fact.name}.v1", fact.data) == {}


def test_nobody_reacts_to_what_never_reaches_him():
    for service, reactions in REACTIONS.items():
        assert set(reactions) <= {event.name for event in heard_by(service)}


@EACH
def test_views_take_in_an_event_that_came_before_its_causes(event):
    for view in VIEWS:
        if view.shows(event.subject):
            view.document(event.subject, [Recorded(1, event)])


@EACH
def test_views_take_in_an_event_behind_the_receipt(event):
    first = next(each for each in EVERYTHING if each.name == "RequestReceived")
    for view in VIEWS:
        if event.subject == first.subject and view.shows(event.subject):
            shown = view.document(event.subject, [Recorded(1, first), Recorded(2, event)])
            assert shown["position"] == 2


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_shows_the_whole_story(view):
    recorded = [Recorded(at, event) for at, event in enumerate(EVERYTHING, start=1)]
    subjects = {event.subject for event in EVERYTHING if view.shows(event.subject)}
    assert subjects
    for subject in subjects:
        mine = [each for each in recorded if each.event.subject == subject]
        assert view.document(subject, mine)["_id"] == subject


def test_the_agenda_reads_escalations_own_events():
    own = causal_order(event for event in EVERYTHING if event.service == "escalation")
    ids = iter(range(1000))
    handler = Handler(
        "escalation",
        MemoryLog(),
        MemoryInbox(),
        escalation.RequestState(),
        escalation.evolve,
        lambda: NOW,
        lambda: str(next(ids)),
    )
    kinds = (agenda.Kind("request/", handler, timekeeping.reminders, moves.moved),)
    about = [event for event in own if event.stream.startswith("request/")]

    assert agenda.clocks(kinds)(about) == {"open": False}
    assert agenda.clocks(kinds)([each for each in own if each not in about]) == {"open": False}


def test_what_escalation_has_to_tell_is_read_from_its_own_events():
    own = causal_order(event for event in EVERYTHING if event.service == "escalation")

    assert {shown["name"] for _, shown in project.notices(own)} == project.TOLD
