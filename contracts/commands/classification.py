"""Orders to classification."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, choices, day, prose, text, truth


class ClassifyInformation(Schema):
    """Say that the information is available at once, or needs coordination."""

    outcome = choice(("available", "coordinate"))
    held = truth()
    held_form = choices(words.COPY_FORMATS)
    list_entry = text(64, optional=True)


class FlagExemption(Schema):
    """Say that the information is or may be exempt, on which grounds and by which entry of the exempt list."""

    grounds = choices(words.GROUNDS)
    list_entry = text(64, optional=True)
    consequence = prose(optional=True)


class PublishListEntry(Schema):
    """Put an entry on the list of public or of exempt information."""

    list = choice(words.LISTS)
    title = text(500)
    unit = text(200, optional=True)
    decree = text(200, optional=True)
    decided_on = day(optional=True)
    grounds = choices(words.GROUNDS)
    forms = choices(words.COPY_FORMATS)
    location = text(500, optional=True)
    valid_to = day(optional=True)
    availability = choice(words.AVAILABILITIES, optional=True)
    responsible = text(200, optional=True)
    made_on = day(optional=True)
    made_at = text(200, optional=True)
    retention = text(200, optional=True)
    statute = text(300, optional=True)
    consequence = prose(optional=True)
    public_interest = prose(optional=True)


class RevokeListEntry(Schema):
    """Take an entry off its list from now on."""

    reason = prose()
