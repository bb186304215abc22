"""What reporting records: the officer's daily look and the monthly report's way to the head of division."""

from marshmallow import Schema

from contracts.fields import day, figures, prose, text


class DaySupervised(Schema):
    """The officer looked at the day's work (SOP 7). The figures are frozen as they were seen."""

    date = day()
    figures = figures()
    remark = prose(optional=True)


class ReportIssued(Schema):
    """The officer issued the monthly report (SOP 8). The figures are frozen as they were issued."""

    period = text(7, meaning="year and month, 2026-08")
    figures = figures()
    remark = prose(optional=True)


class ReportAcknowledged(Schema):
    """The head of division took note of the report (SOP 8)."""

    period = text(7)
    remark = prose(optional=True)
