"""Orders to escalation about the calendar, the rules and cases of personal data."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, day, figures, moment, prose, several, text, truth

# Events that carry it take 200 characters, and some say more behind it ("dihitung sejak dibuka kembali").
LONGEST_BASIS = 160


class HolidayPart(Schema):
    """One day of a declaration."""

    date = day()
    kind = choice(words.DAY_KINDS)
    day_name = text(200)
    estimated = truth(optional=True)


class DeclareHolidays(Schema):
    """Declare days on which the office does not work, by one decree."""

    days = several(HolidayPart, 400)
    decree = text(300)
    source = text(300)


class RevokeHoliday(Schema):
    """Say that the office works on a declared day after all."""

    date = day()
    decree = text(300)
    reason = prose()


class EnactRule(Schema):
    """Put a rule in force for a time; with `replaces`, in place of what its key has in those days."""

    kind = choice(words.RULE_KINDS)
    key = text(100)
    value = figures()
    legal_basis = text(LONGEST_BASIS)
    valid_from = day()
    valid_to = day(optional=True)
    replaces = truth(optional=True)


class EndRule(Schema):
    """Let a rule end on a day."""

    kind = choice(words.RULE_KINDS)
    key = text(100)
    valid_from = day()
    valid_to = day()
    reason = prose()


class OpenPrivacyCase(Schema):
    """Enter that somebody asks about their data, or that data were disclosed."""

    kind = choice(words.PRIVACY_CASES)
    opened_at = moment()
    applicant_id = text(64, optional=True)
    note = prose(optional=True)


class SettlePrivacyCase(Schema):
    """Enter that the case was answered."""

    settled_at = moment()
    note = prose(optional=True)
