"""The register's views: requests, the numbers of a year, objections, the two lists, cases of personal data."""

from __future__ import annotations

from eventlog.mongo.views import MongoViews
from eventlog.project import View
from services.register.project.entries import entry
from services.register.project.measure import measure_requests
from services.register.project.numbers import numbers
from services.register.project.objections import objection
from services.register.project.privacy import privacy_case
from services.register.project.requests import request

VIEWS = (
    View(
        "requests",
        "request/",
        request,
        indexes=(
            (("state", 1), ("_id", 1)),
            (("state", 1), ("due_on", 1), ("_id", 1)),
            (("open", 1), ("due_on", 1), ("_id", 1)),
            (("channel", 1), ("_id", 1)),
            (("year", 1), ("serial", 1)),
            (("unit", 1), ("_id", 1)),
            (("assignee", 1), ("_id", 1)),
            (("number", 1), ("_id", 1)),
        ),
    ),
    View("numbers", "numbers/", numbers),
    View(
        "entries",
        "list-entry/",
        entry,
        indexes=((("list", 1), ("_id", 1)),),
        searched=("title",),
    ),
    View(
        "objections",
        "objection/",
        objection,
        indexes=(
            (("request", 1),),
            (("state", 1), ("_id", 1)),
            (("open", 1), ("due_on", 1), ("_id", 1)),
            (("year", 1), ("serial", 1)),
        ),
    ),
    View(
        "privacy",
        "privacy/",
        privacy_case,
        indexes=((("state", 1), ("due", 1), ("_id", 1)),),
    ),
)


def measure(views: MongoViews) -> None:
    """Set the gauges that show how much is open and how much is late."""
    measure_requests(views.collection("requests"))
