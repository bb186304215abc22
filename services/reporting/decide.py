"""What reporting decides: that a day was supervised, and a report issued and acknowledged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import local_day
from eventlog.handle import Decision
from services.reporting.state import ReportState

Figures = Mapping[str, Any]


def supervise(
    command: Command, _: ReportState, now: datetime, day: date, figures: Figures
) -> Decision:
    """Freeze the day's figures as the officer saw them. A day may be looked at again (SOP 7)."""
    if day > local_day(now):
        raise Rejected("date_in_future", "A day that has not come cannot be supervised.")
    facts = {
        "date": day.isoformat(),
        "figures": dict(figures),
        "remark": command.data.get("remark"),
    }
    return (Fact("DaySupervised", facts),)


def issue(
    command: Command, state: ReportState, now: datetime, period: str, figures: Figures
) -> Decision:
    """Freeze the figures of a month or a year and issue them, when it is over (SOP 8; UU 14/2008 art. 12)."""
    if period >= local_day(now).isoformat()[: len(period)]:
        raise Rejected("period_not_over", "The period is not over yet.")
    if state.issued and not state.acknowledged:
        raise Rejected("already_done", "The report was issued and waits to be acknowledged.")
    facts = {"period": period, "figures": dict(figures), "remark": command.data.get("remark")}
    return (Fact("ReportIssued", facts),)


def acknowledge(command: Command, state: ReportState, _: datetime, period: str) -> Decision:
    """The head of division takes note."""
    if not state.issued:
        raise Rejected("report_not_issued", "The report has not been issued.")
    if state.acknowledged:
        raise Rejected("already_done", "The report was acknowledged before.")
    return (Fact("ReportAcknowledged", {"period": period, "remark": command.data.get("remark")}),)
