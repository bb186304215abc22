"""What reporting records: the officer's daily look, and the way of the monthly and yearly reports to the head of division."""

from marshmallow import Schema

from contracts.fields import day, figures, prose, text


class DaySupervised(Schema):
    """The officer looked at the day's work (SOP 7). The figures are frozen as they were seen."""

    date = day()
    figures = figures()
    remark = prose(optional=True)


class ReportIssued(Schema):
    """The officer issued the report of a month (SOP 8) or a year (UU 14/2008 art. 12). The figures are frozen as they were issued."""

    period = text(7, meaning="a month, 2026-08, or a year, 2026")
    figures = figures()
    remark = prose(optional=True)


class ReportAcknowledged(Schema):
    """The head of division took note of the report (SOP 8)."""

    period = text(7)
    remark = prose(optional=True)
