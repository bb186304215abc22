"""What escalation decides, a module a subject."""

from services.escalation.decide.calendar import declare_holidays, revoke_holiday
from services.escalation.decide.disputes import (
    open_court_case,
    open_dispute,
    record_ruling,
    settle_dispute,
)
from services.escalation.decide.duties import begin_duty, do_duty, move_duty
from services.escalation.decide.grounds import grounds_open, window_ends_on
from services.escalation.decide.objections import (
    answer_objection,
    file_objection,
    record_delivery,
    record_reaction,
)
from services.escalation.decide.orders import Order, order_decision, order_in
from services.escalation.decide.privacy import open_privacy_case, settle_privacy_case
from services.escalation.decide.requests import (
    correct_regime,
    decide,
    escalate,
    extend,
    follow_regime,
    give_disposition,
    notify,
    record_test,
)
from services.escalation.decide.rules import enact_rule, end_rule

__all__ = [
    "Order",
    "answer_objection",
    "begin_duty",
    "correct_regime",
    "decide",
    "declare_holidays",
    "do_duty",
    "enact_rule",
    "end_rule",
    "escalate",
    "extend",
    "file_objection",
    "follow_regime",
    "give_disposition",
    "grounds_open",
    "move_duty",
    "notify",
    "open_court_case",
    "open_dispute",
    "open_privacy_case",
    "order_decision",
    "order_in",
    "record_delivery",
    "record_reaction",
    "record_ruling",
    "record_test",
    "revoke_holiday",
    "settle_dispute",
    "settle_privacy_case",
    "window_ends_on",
]
