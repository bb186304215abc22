"""Orders to the register."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, moment, prose, text


class HandOverInformation(Schema):
    """Hand the information over, or send it."""

    medium = choice(words.MEDIA)
    form = choice(words.COPY_FORMATS, optional=True)
    receipt_number = text(100, optional=True)
    received_by = choice(("applicant", "proxy", "carrier"))


class RecordDelivery(Schema):
    """Record that something was sent to the applicant, or what became of it; also after the request was closed."""

    item = choice(words.SENDABLE, meaning="which paper, or the information itself")
    medium = choice(words.MEDIA)
    state = choice(words.DELIVERY_STATES)
    happened_at = moment(meaning="when it was sent, arrived or came back")
    proof = text(100, optional=True, meaning="tracking or receipt number")
    attachment = text(64, optional=True, meaning="a file of the request that proves it")
    remark = prose(optional=True)


class CloseRequest(Schema):
    """Complete the line of the register."""

    remark = prose(optional=True)


class AssignRequest(Schema):
    """Say who works on a request: an account, one's own to claim it, none to give it back; with a note for whoever takes over."""

    assignee = text(100, optional=True, meaning="an account; nobody if left out")
    note = prose(optional=True)


class ReopenRequest(Schema):
    """Take a closed request up again."""

    reason = prose()
