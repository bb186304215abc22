"""What the register records itself: hand-over and the end of a request."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, moment, prose, text


class InformationDelivered(Schema):
    """The information was handed over or sent (SOP 2, 5)."""

    medium = choice(words.MEDIA)
    form = choice(words.COPY_FORMATS, optional=True)
    receipt_number = text(100, optional=True)
    received_by = choice(("applicant", "proxy", "carrier"))


class DeliveryRecorded(Schema):
    """Something was sent to the applicant, arrived, failed or came back. It decides nothing."""

    item = choice(words.SENDABLE, meaning="which paper, or the information itself")
    medium = choice(words.MEDIA)
    state = choice(words.DELIVERY_STATES)
    happened_at = moment(meaning="when it was sent, arrived or came back")
    proof = text(100, optional=True, meaning="tracking or receipt number")
    attachment = text(64, optional=True, meaning="a file of the request that proves it")
    remark = prose(optional=True)


class Closed(Schema):
    """The line of the register is complete (SOP 6)."""

    outcome = choice(words.CLOSINGS)
    remark = prose(optional=True)


class RequestAssigned(Schema):
    """Somebody works on the request from now on, or nobody does."""

    assignee = text(100, optional=True)
    note = prose(optional=True)


class Reopened(Schema):
    """A closed request was taken up again, with its reason."""

    reason = prose()
