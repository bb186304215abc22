"""Orders to the register."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, prose, text


class HandOverInformation(Schema):
    """Hand the information over, or send it."""

    medium = choice(words.MEDIA)
    form = choice(words.COPY_FORMATS, optional=True)
    receipt_number = text(100, optional=True)
    received_by = choice(("applicant", "proxy", "carrier"))


class CloseRequest(Schema):
    """Complete the line of the register."""

    remark = prose(optional=True)


class ReopenRequest(Schema):
    """Take a closed request up again."""

    reason = prose()
