"""What escalation records of the law it counts by: the calendar, the rules, and cases of personal data."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, day, figures, moment, prose, several, text, truth, whole


class HolidayDeclared(Schema):
    """A day on which the office does not work, with the decree that says so."""

    date = day()
    kind = choice(words.DAY_KINDS)
    day_name = text(200, meaning="what the day is called")
    decree = text(300)
    source = text(300)
    estimated = truth(meaning="a later decree may still move it")


class HolidayRevoked(Schema):
    """The office works that day after all."""

    date = day()
    decree = text(300)
    reason = prose()


class ClocksRecomputed(Schema):
    """Every open clock was counted again after the calendar or a rule had changed."""

    looked_at = whole()
    moved = whole()


class GivesWayPart(Schema):
    """A period of the same key that a new rule cuts short, parts in two or takes the place of."""

    valid_from = day(meaning="which period")
    until = day(
        optional=True, meaning="its last day now; null where nothing is left before the new rule"
    )
    resumes_on = day(
        optional=True, meaning="when it goes on after the new rule; null where it does not"
    )


class RuleEnacted(Schema):
    """A number of days, a list of papers or another setting is in force for a time."""

    kind = choice(words.RULE_KINDS)
    key = text(100)
    value = figures()
    legal_basis = text(300)
    valid_from = day()
    valid_to = day(optional=True)
    gives_way = several(GivesWayPart, 1000, optional=True, meaning="what it replaces")


class RuleEnded(Schema):
    """A rule that was in force ends on a day."""

    kind = choice(words.RULE_KINDS)
    key = text(100)
    valid_from = day(meaning="which period of the rule")
    valid_to = day(meaning="its last day")
    reason = prose()


class PrivacyCaseOpened(Schema):
    """Somebody wants to know, correct or restrict their data, or data were disclosed (UU 27/2022): 3 x 24 hours run."""

    kind = choice(words.PRIVACY_CASES)
    opened_at = moment()
    due_at = moment()
    applicant_id = text(64, optional=True)
    note = prose(optional=True)
    legal_basis = text(200)


class PrivacyCaseSettled(Schema):
    """The case was answered."""

    settled_at = moment()
    late = truth()
    note = prose(optional=True)
