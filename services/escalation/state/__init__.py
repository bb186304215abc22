"""What escalation knows, a module a subject."""

from services.escalation.state.clocks import Clock, Clocks, evolve_clocks, no_clocks
from services.escalation.state.contested import Contested, evolve_contested
from services.escalation.state.duties import DutyState, evolve_duty
from services.escalation.state.entries import EntryState, evolve_entry, relied_on
from services.escalation.state.law import Standing, evolve_standing
from services.escalation.state.objections import (
    ANSWERED,
    DISPUTED,
    FILED,
    IN_COURT,
    RULED,
    SETTLED,
    UNFILED,
    ObjectionState,
    evolve_objection,
)
from services.escalation.state.privacy import PrivacyState, evolve_privacy
from services.escalation.state.requests import (
    ENDED,
    OPEN,
    UNKNOWN,
    RequestState,
    evolve,
)

__all__ = [
    "ANSWERED",
    "DISPUTED",
    "ENDED",
    "FILED",
    "IN_COURT",
    "OPEN",
    "RULED",
    "SETTLED",
    "UNFILED",
    "UNKNOWN",
    "Clock",
    "Clocks",
    "Contested",
    "DutyState",
    "EntryState",
    "ObjectionState",
    "PrivacyState",
    "RequestState",
    "Standing",
    "evolve",
    "evolve_clocks",
    "evolve_contested",
    "evolve_duty",
    "evolve_entry",
    "evolve_objection",
    "evolve_privacy",
    "evolve_standing",
    "no_clocks",
    "relied_on",
]
