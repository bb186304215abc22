"""Orders to escalation."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, choices, day, prose, several, text, whole


class EscalateRequest(Schema):
    """Turn to the PPID officer, because the request cannot be answered at once."""

    memo_number = text(100, optional=True)
    note = prose(optional=True)


class GiveDisposition(Schema):
    """Tell a unit what to do."""

    unit = text(200)
    instruction = prose()
    internal_due_on = day(optional=True)


class ExtendDeadline(Schema):
    """Give the one extension, with its written reason."""

    reason = choice(words.EXTENSION_REASONS)
    explanation = prose()


class RecordConsequenceTest(Schema):
    """Put the consequence test to minutes."""

    minutes_number = text(100)
    grounds = choices(words.GROUNDS)
    statute = text(300, optional=True)
    consequence = prose()
    public_interest = prose()
    result = choice(words.TEST_RESULTS)
    approver = text(100)
    exempt_until = day(optional=True)


class DecideRequest(Schema):
    """Decide what the applicant gets."""

    outcome = choice(words.DECISIONS)
    grounds = choices(words.GROUNDS)
    statute = text(300, optional=True)
    consequence = prose(optional=True)
    blackened = several(text(500), 50)
    referral = text(300, optional=True)
    available_within = whole(0, 365, optional=True)
    reasons = prose(optional=True)
    public_interest = prose(optional=True)
    exempt_until = day(optional=True)


class NotifyApplicant(Schema):
    """Send the written notification."""

    letter_number = text(100)
    medium = choice(words.MEDIA)
    form = choice(words.COPY_FORMATS, optional=True)
    cost = whole(0, optional=True)
    provided_within = whole(0, 365, optional=True)
    material = text(500, optional=True, meaning="what is given")
    payment = text(200, optional=True, meaning="how the cost is paid")


class CorrectRegime(Schema):
    """Say that the request runs on another clock, and why."""

    regime = choice(words.REGIMES)
    reason = text(500)
