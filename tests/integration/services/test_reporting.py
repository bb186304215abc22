"""Reporting's questions and orders, on real views."""

from datetime import UTC, date, datetime
from itertools import count

import pytest

from contracts.errors import Rejected
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from eventlog.rulebook import first_rules
from eventlog.visible import Visible
from services.reporting.project import VIEWS
from services.reporting.query import Query
from services.reporting.state import ReportState, evolve
from services.reporting.tools import ReportingTools
from tests.suites.events import event
from tests.suites.orders import order
from tests.suites.shelf import Shelf

NOW = datetime(2026, 9, 2, 3, 0, tzinfo=UTC)
DAY = date(2026, 8, 12)


@pytest.fixture
def shelf(client, database):
    return Shelf(client, database, VIEWS)


@pytest.fixture
def tools(shelf):
    ids = count(1)
    handler = Handler(
        "reporting",
        MemoryLog(),
        MemoryInbox(),
        ReportState(),
        evolve,
        lambda: NOW,
        lambda: f"event {next(ids)}",
    )
    days, reports = (Visible(shelf.views, name, lambda _: None) for name in ("days", "reports"))
    return ReportingTools(handler, Query(shelf.views, first_rules), days, reports)


def received(number, on="2026-08-12", **more):
    subject = f"request/{number}"
    moment = f"{on}T09:10:00+07:00"
    return event(
        "RequestReceived", subject=subject, time=moment, data={"received_at": moment, **more}
    )


def after(number, name, on, version=2, **data):
    return event(
        name,
        subject=f"request/{number}",
        version=version,
        time=f"{on}T09:10:00+07:00",
        data=data,
    )


def refusal(attempt, *arguments):
    with pytest.raises(Rejected) as refused:
        attempt(*arguments)
    return refused.value.code


class TestADay:
    def test_it_counts_what_came_and_what_is_open(self, shelf, tools):
        shelf.tell(received(1), received(2, on="2026-08-11"), received(3))
        shown = tools.query.day(DAY)

        assert (shown["figures"]["received"], shown["figures"]["open"]) == (2, 3)

    def test_what_had_ended_before_is_not_looked_at(self, shelf, tools):
        shelf.tell(received(1, on="2026-08-10"), after(1, "RequestWithdrawn", "2026-08-11"))

        assert tools.query.day(DAY)["lines"] == []

    def test_what_ended_that_day_is(self, shelf, tools):
        shelf.tell(received(1, on="2026-08-10"), after(1, "RequestWithdrawn", "2026-08-12"))

        assert tools.query.day(DAY)["figures"]["closed"] == 1

    def test_what_is_due_first_stands_first(self, shelf, tools):
        shelf.tell(
            received(1),
            after(1, "DeadlineSet", "2026-08-12", due_on="2026-08-28"),
            received(2),
            received(3),
            after(3, "DeadlineSet", "2026-08-12", due_on="2026-08-20"),
        )

        assert [line["_id"] for line in tools.query.day(DAY)["lines"]] == [
            "request/3",
            "request/1",
            "request/2",
        ]

    def test_its_supervision_is_shown_as_it_was_frozen(self, shelf, tools):
        shelf.tell(received(1))
        done = tools.supervise(order("SuperviseDay", subject="day/2026-08-12", remark="Baik"))
        shelf.tell(*done.events, received(2))
        shown = tools.query.day(DAY)

        assert shown["figures"]["received"] == 2
        assert shown["supervision"]["figures"]["received"] == 1
        assert shown["supervision"]["steps"][0]["remark"] == "Baik"

    def test_a_day_nobody_looked_at_has_no_supervision(self, tools):
        assert tools.query.day(DAY)["supervision"] is None

    @pytest.mark.parametrize("text", ["day/2026-13-01", "day/20260812", "day/2026-W33-3", "day/x"])
    def test_what_is_no_day_is_not_found(self, tools, text):
        assert refusal(tools.supervise, order("SuperviseDay", subject=text)) == "not_found"


class TestAMonth:
    def test_it_counts_what_was_received_in_it(self, shelf, tools):
        shelf.tell(
            received(1, on="2026-08-01"), received(2, on="2026-08-31"), received(3, on="2026-09-01")
        )

        assert tools.query.period("2026-08")["figures"]["received"] == 2

    def test_it_counts_what_ended_in_it_whenever_that_was_received(self, shelf, tools):
        shelf.tell(
            received(1, on="2026-07-20"), after(1, "Closed", "2026-08-03", outcome="granted")
        )
        figures = tools.query.period("2026-08")["figures"]

        assert (figures["received"], figures["ended"]) == (0, 1)
        assert figures["by_outcome"] == {"granted": 1}

    def test_a_report_is_issued_with_the_figures_of_its_time(self, shelf, tools):
        shelf.tell(received(1))
        done = tools.issue(order("IssueReport", subject="report/2026-08"))
        shelf.tell(*done.events, received(2))
        shown = tools.query.period("2026-08")

        assert shown["figures"]["received"] == 2
        assert shown["report"]["figures"]["received"] == 1

    def test_an_issued_report_is_acknowledged(self, shelf, tools):
        issued = tools.issue(order("IssueReport", id_="1", subject="report/2026-08"))
        noted = tools.acknowledge(order("AcknowledgeReport", id_="2", subject="report/2026-08"))
        shelf.tell(*issued.events, *noted.events)
        shown = tools.query.period("2026-08")["report"]

        assert [step["step"] for step in shown["steps"]] == ["ReportIssued", "ReportAcknowledged"]
        assert tools.reports.until("report/2026-08", {"reporting": 2}, 1) is not None

    def test_a_month_without_a_report_has_none(self, tools):
        assert tools.query.period("2026-08")["report"] is None

    @pytest.mark.parametrize("text", ["report/2026-13", "report/x", "report/2026-8"])
    def test_what_is_no_month_is_not_found(self, tools, text):
        assert refusal(tools.issue, order("IssueReport", subject=text)) == "not_found"


class TestAYear:
    def test_it_counts_what_was_received_in_it(self, shelf, tools):
        shelf.tell(
            received(1, on="2025-12-31"), received(2, on="2026-01-01"), received(3, on="2026-12-31")
        )

        assert tools.query.period("2026")["figures"]["received"] == 2


def test_steps_of_the_desk_count_on_the_day_they_ended(shelf, tools):
    """Also of a request that was received before the month and is open after it."""
    shelf.tell(
        received(1, on="2026-07-31"),
        after(1, "RequestSubmitted", "2026-07-31"),
        after(1, "InformationClassified", "2026-08-03", version=3, outcome="available"),
    )

    shown = tools.query.period("2026-08")["figures"]["desk_minutes"]
    assert (shown["form"]["measured"], shown["answer"]["beyond"]) == (0, 1)
    assert tools.query.day(DAY)["figures"]["desk_minutes"]["answer"]["measured"] == 0
