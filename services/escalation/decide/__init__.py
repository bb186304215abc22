"""What escalation decides, a module a subject."""

from services.escalation.decide.requests import (
    decide,
    escalate,
    extend,
    give_disposition,
    notify,
    record_test,
)

__all__ = ["decide", "escalate", "extend", "give_disposition", "notify", "record_test"]
