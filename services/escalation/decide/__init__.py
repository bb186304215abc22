"""What escalation decides, a module a subject."""

from services.escalation.decide.law import (
    declare_holidays,
    enact_rule,
    end_rule,
    revoke_holiday,
)
from services.escalation.decide.requests import (
    decide,
    escalate,
    extend,
    give_disposition,
    notify,
    record_test,
)

__all__ = [
    "decide",
    "declare_holidays",
    "enact_rule",
    "end_rule",
    "escalate",
    "extend",
    "give_disposition",
    "notify",
    "record_test",
    "revoke_holiday",
]
