"""What the register records itself: hand-over and the end of a request."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, prose, text


class InformationDelivered(Schema):
    """The information was handed over or sent (SOP 2, 5)."""

    medium = choice(words.MEDIA)
    form = choice(words.COPY_FORMATS, optional=True)
    receipt_number = text(100, optional=True)
    received_by = choice(("applicant", "proxy", "carrier"))


class Closed(Schema):
    """The line of the register is complete (SOP 6)."""

    outcome = choice(words.CLOSINGS)
    remark = prose(optional=True)


class Reopened(Schema):
    """A closed request was taken up again, with its reason."""

    reason = prose()
