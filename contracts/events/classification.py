"""What classification records: what kind of information is asked for, and the two lists that say so."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, choices, day, part, prose, text, truth


class ListBasis(Schema):
    """A frozen copy of the entry that was relied on: entries are revoked later, reasons are not."""

    entry = text(64)
    title = text(500)
    decree = text(200, optional=True)
    grounds = choices(words.GROUNDS)
    valid_to = day(optional=True)
    statute = text(300, optional=True)
    consequence = text(10_000, optional=True, restricted=True)


class InformationClassified(Schema):
    """The desk found the information available at once, or in need of coordination (SOP 2, 4)."""

    outcome = choice(("available", "coordinate"))
    held = truth(meaning="whether this office holds the information")
    held_form = choices(words.COPY_FORMATS)
    list_entry = text(64, optional=True, meaning="entry of the public list that was matched")


class ExemptionFlagged(Schema):
    """The information is, or may be, exempt (SOP 3). Only with `basis` may the desk tell the applicant at once."""

    grounds = choices(words.GROUNDS)
    consequence = prose(optional=True, meaning="what would follow from opening it")
    basis = part(ListBasis, optional=True, meaning="the decided, valid entry of the exempt list")


class ListEntryPublished(Schema):
    """An entry stands on the list of public (DIP) or of exempt information (DIK)."""

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
    responsible = text(200, optional=True, meaning="office that made or issued it")
    made_on = day(optional=True)
    made_at = text(200, optional=True, meaning="place")
    retention = text(200, optional=True)
    statute = text(300, optional=True, meaning="statute and article, for ground 17j")
    consequence = prose(optional=True)
    public_interest = prose(optional=True)
    opened_by = text(64, optional=True, meaning="the objection that opened it")


class ListEntryRevoked(Schema):
    """The entry no longer counts from now on; decisions that relied on it keep their copy."""

    list = choice(words.LISTS)
    reason = prose()
