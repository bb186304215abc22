"""A rule with the longest texts it may be enacted with is told by every event that tells it: no clock fails to be set."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from marshmallow.validate import Length

from contracts.catalogue import EVENTS, violations
from contracts.commands.law import EnactRule
from contracts.rules import Rules, evolve_rules
from services.escalation import consume, decide
from services.escalation.law import Law
from services.escalation.moves import moved
from services.escalation.recount import LONGEST
from services.escalation.state import (
    Contested,
    DutyState,
    ObjectionState,
    RequestState,
    Standing,
    evolve,
    evolve_objection,
    evolve_standing,
)
from services.intake import decide as intake
from services.intake.practice import Practice
from tests.suites.events import event
from tests.suites.facts import APPLICANT
from tests.suites.law import with_rule
from tests.suites.orders import given, order

NOW = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)
TODAY = NOW.date()
COORDINATION = ("RequestSubmitted", "DeadlineSet", "Escalated")
FILED = ("ObjectionFiled", {"filed_at": "2026-08-10T09:00:00+07:00"})


def longest(schema, field):
    """How many characters a field takes."""
    checks = schema().declared_fields[field].validators
    return next(each.max for each in checks if isinstance(each, Length))


BASIS = "x" * longest(EnactRule, "legal_basis")


def with_longest_bases(law):
    return Law(
        Rules(tuple(replace(rule, legal_basis=BASIS) for rule in law.rules.periods)), law.calendar
    )


LAW = with_longest_bases(with_rule("regime", "election", {"topics": ["election"]}))
LATER = with_longest_bases(
    with_rule("days", "ordinary.answer", {"count": 20, "unit": "working_days"}, LAW)
)
PRACTICE = Practice(LAW.rules, "PPID-KPU-DKI")


def reacted(name, *before, **changed):
    """What a request's clock says to a fact of others."""
    state = request(*before, (name, changed))
    heard = event(name, version=len(before) + 1, data=changed)
    return consume.reactions(lambda: LAW)[name](heard, state, NOW)


def request(*facts):
    return given(RequestState(), evolve, *facts)


def objection(*facts):
    return given(ObjectionState(), evolve_objection, *facts)


def filed():
    command = order(
        "FileObjection", request=None, applicant_id=APPLICANT, grounds=["35b"],
        filed_at="2026-09-30T09:00:00+07:00",
    )  # fmt: skip
    return decide.file_objection(command, NOW, LAW, None).facts(1)


def answered():
    command = order("AnswerObjection", result="upheld", order=None, execute_on=None, opened=None)
    return decide.answer_objection(command, objection(FILED), NOW, LAW, Contested())


def settled():
    command = order("SettleDispute", result="rejected", order=None, opened=None)
    command = replace(command, data={**command.data, "settled_on": "2026-09-30"})
    known = objection(FILED, "ObjectionAnswered", ("DisputeOpened", {"filed_on": "2026-09-01"}))
    return decide.settle_dispute(command, known, NOW, LAW)


def extended():
    now = datetime(2026, 8, 13, 3, 0, tzinfo=UTC)
    return decide.extend(order("ExtendDeadline"), request(*COORDINATION), now, LAW)


def regime_corrected():
    command = order("CorrectRegime", regime="election")
    return decide.correct_regime(command, request(*COORDINATION), NOW, LAW)


def moved_by_a_rule():
    """With the longest words that a recount has for it."""
    enacted = {"legal_basis": BASIS, "kind": "documents", "key": "k" * longest(EnactRule, "key")}
    told = given(Standing(Rules()), evolve_standing(evolve_rules), ("RuleEnacted", enacted)).said
    assert BASIS in told[0]
    return moved(request(*COORDINATION), LATER, TODAY, "; ".join(told * 3)[:LONGEST])


def privacy_case():
    command = order("OpenPrivacyCase", opened_at="2026-09-30T09:00:00+07:00")
    return decide.open_privacy_case(command, NOW, LAW)


def duty_begun():
    return decide.begin_duty("monthly_report", DutyState(), date(2026, 8, 31), LAW)


def declined():
    command = order("ReceiveRequest", indonesian=False)
    return intake.receive(command, NOW, intake.Arrival(APPLICANT), PRACTICE)


def entered():
    command = order("EnterApplicant", indonesian=False)
    return intake.enter_applicant(command, NOW, intake.Arrival(APPLICANT), PRACTICE)


TOLD = {
    "the receipt of a complete request": lambda: reacted("RequestSubmitted"),
    "of one about an election": lambda: reacted("RequestSubmitted", topic="election"),
    "missing papers": lambda: reacted("IncompletenessNotified"),
    "a reopening": lambda: reacted("Reopened", *COORDINATION, "ClockStopped", "Closed"),
    "a hand-over": lambda: reacted("InformationDelivered", *COORDINATION),
    "an objection": filed,
    "its answer": answered,
    "an award": settled,
    "an extension": extended,
    "another regime": regime_corrected,
    "another rule": moved_by_a_rule,
    "a case of personal data": privacy_case,
    "a duty": duty_begun,
    "a request that is declined": declined,
    "a person who may not apply": entered,
}


@pytest.mark.parametrize("told", TOLD)
def test_the_longest_legal_basis_fits_wherever_it_is_told(told):
    facts = TOLD[told]()

    assert any(BASIS in str(fact.data.get("legal_basis")) for fact in facts)
    assert [wrong for fact in facts if (wrong := violations(_type(fact.name), fact.data))] == []


def test_everything_that_tells_a_legal_basis_was_tried():
    said = {fact.name for told in TOLD.values() for fact in told() if "legal_basis" in fact.data}
    telling = {each.name for each in EVENTS.values() if "legal_basis" in each.schema().fields}

    # RuleEnacted carries what was ordered, and takes more than may be ordered.
    assert telling - said == {"RuleEnacted"}


def _type(name):
    return next(each.type for each in EVENTS.values() if each.name == name)
