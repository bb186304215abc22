"""Papers of requests and objections as the services really record them, in every state that one can be in."""

import pytest

from eventlog.rulebook import first_rules
from services.gateway.documents.content import content_of
from services.gateway.documents.drawing import html_of
from services.gateway.documents.kinds import KINDS, papers_in
from services.gateway.documents.sources import Sources
from services.gateway.documents.story import until
from tests.suites.lines import OfficeLines
from tests.suites.papers import PERSON, SECRET, STATUS_PAGE
from tests.suites.permissions import STATES, reached


def papers_at(state):
    """Every paper of a state, with what it is made from."""
    lines = OfficeLines(reached(STATES[state]))
    subjects = {event.subject for event in lines.office.events()}
    for subject in sorted(each for each in subjects if each.startswith(("request/", "objection/"))):
        for kind, story in papers_in(lines._events(subject)):
            about = f"request/{story.said('ObjectionFiled').get('request')}"
            request = (
                story if kind.about == "request" else until(lines._events(about), story.event.time)
            )
            yield kind, Sources(story, request, PERSON, first_rules(), "id", STATUS_PAGE, SECRET)


@pytest.mark.parametrize("state", STATES)
def test_every_paper_of_a_state_can_be_written(state):
    for kind, given in papers_at(state):
        assert "<body" in html_of(content_of(kind, given), given.on), kind.name


def test_between_them_the_states_have_every_paper_but_of_a_step_that_leads_to_no_other_state():
    found = {kind.name for state in STATES for kind, _ in papers_at(state)}

    assert found == set(KINDS) - {"disposition"}


@pytest.mark.parametrize("state", STATES)
def test_whoever_was_notified_is_told_until_when_to_object(state):
    told = [
        content_of(kind, given) for kind, given in papers_at(state) if kind.name == "notification"
    ]

    assert all(each["objection_until"] for each in told)
