"""What the pages offer is what the services would follow, in every state and role."""

import pytest

from contracts import roles
from contracts.envelope import causal_order
from services.gateway.pages.offers import objection_offers, offers
from services.register.project.objections import objection
from services.register.project.requests import request
from tests.suites.permissions import OBJECTION, ORDERS, REQUEST, STATES, permissions, reached

# A request does not show that the entry it relies on was revoked since: the service says so when it is asked.
REVOKED = {
    "S4 exempt by an entry revoked since": {"NotifyApplicant"},
    "S7 refused by an entry revoked since": {"NotifyApplicant"},
}
# Offered in panels of their own: escalation says which grounds to object are open today, and files come at any time.
BESIDE = {"AssignRequest", "FileObjection", "KeepAttachment", "DropAttachment"}


def views(state):
    """A request and its objection as the register shows them."""
    events = reached(STATES[state]).events()
    folds = ((request, REQUEST), (objection, OBJECTION))
    return tuple(
        fold(causal_order(event for event in events if event.subject == subject))
        for fold, subject in folds
    )


def offered(shown, contested, role):
    about_objection = objection_offers(contested, role) if contested else ()
    return {*offers(shown, role), *about_objection}


@pytest.mark.parametrize("state", STATES)
def test_what_is_offered_is_what_would_be_followed(state):
    shown, contested = views(state)

    for role in roles.ROLES:
        followed = {ORDERS[title][0] for title, who in permissions()[state].items() if role in who}
        known = offered(shown, contested, role) - REVOKED.get(state, set())
        assert known == followed - BESIDE, role
