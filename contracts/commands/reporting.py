"""Orders to reporting."""

from marshmallow import Schema

from contracts.fields import prose


class SuperviseDay(Schema):
    """Record that the officer looked at a day's work."""

    remark = prose(optional=True)


class IssueReport(Schema):
    """Issue the report of a month or a year that is over."""

    remark = prose(optional=True)


class AcknowledgeReport(Schema):
    """Take note of an issued report."""

    remark = prose(optional=True)
