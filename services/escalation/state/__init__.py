"""What escalation knows, a module a subject."""

from services.escalation.state.law import Standing, evolve_standing
from services.escalation.state.requests import (
    ENDED,
    OPEN,
    UNKNOWN,
    Clock,
    RequestState,
    evolve,
)

__all__ = [
    "ENDED",
    "OPEN",
    "UNKNOWN",
    "Clock",
    "RequestState",
    "Standing",
    "evolve",
    "evolve_standing",
]
