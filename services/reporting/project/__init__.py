"""Reporting's own views: one line a request with what reports count, and what became of each report."""

from __future__ import annotations

from eventlog.project import View
from services.reporting.project.lines import line
from services.reporting.project.reports import report

VIEWS = (
    View(
        "lines",
        "request/",
        line,
        indexes=(
            (("received_on", 1),),
            (("closed_on", 1),),
            (("open", 1), ("due_on", 1)),
            (("days", 1),),
        ),
    ),
    View("days", "day/", report),
    View("reports", "report/", report),
)
