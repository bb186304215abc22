"""The lines that reports count, and the steps of a report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.envelope import causal_order
from services.register.project.requests import request
from services.reporting.project import VIEWS
from services.reporting.project.lines import line
from services.reporting.project.reports import report
from tests.suites.events import event
from tests.suites.office import histories

EVENING = "2026-08-12T17:30:00+00:00"  # the 13th in Jakarta


def lined(*facts):
    pairs = [each if isinstance(each, tuple) else (each, {}) for each in facts]
    return line([event(name, version=at, data=data) for at, (name, data) in enumerate(pairs, 1)])


class TestLines:
    def test_before_receipt_there_is_no_line(self):
        assert lined("DeadlineSet") is None

    def test_a_received_request_is_open_and_has_no_number(self):
        seen = lined("RequestReceived")

        assert (seen["open"], seen["number"], seen["received_on"]) == (True, None, "2026-08-12")

    def test_the_day_of_receipt_is_that_of_jakarta(self):
        assert lined(("RequestReceived", {"received_at": EVENING}))["received_on"] == "2026-08-13"

    def test_no_line_holds_what_people_wrote(self):
        seen = lined("RequestReceived", "ApplicantNotified", "Closed")

        assert {"information", "purpose", "applicant_id", "remark"}.isdisjoint(seen)

    @pytest.mark.parametrize(
        ("facts", "changed"),
        [
            ((("RequestReceived", {"similar_to": ["request/0"]}),), {"near_duplicate": True}),
            (("RequestReceived", "IncompletenessNotified"), {"incomplete": True}),
            (
                ("RequestReceived", "RequestSubmitted"),
                {"number": "0001/PPID-KPU-DKI/VIII/2026"},
            ),
            (("RequestReceived", "Escalated"), {"escalated": True}),
            (("RequestReceived", "DeadlineSet"), {"due_on": "2026-08-28", "extended": False}),
            (
                ("RequestReceived", "DeadlineExtended"),
                {"due_on": "2026-09-08", "extended": True},
            ),
            (("RequestReceived", "DeadlineMissed"), {"missed": True}),
            (
                ("RequestReceived", "DeadlineMissed", ("DeadlineMoved", {"due_on": "2026-08-31"})),
                {"due_on": "2026-08-31", "missed": False},
            ),
            (
                ("RequestReceived", ("DeadlineSet", {"clock": "objection_window"})),
                {"due_on": None},
            ),
            (
                ("RequestReceived", ("DeadlineMissed", {"clock": "completion"})),
                {"missed": False},
            ),
            (("RequestReceived", "ClockStopped"), {"working_days_used": 5, "late": False}),
            (
                ("RequestReceived", ("ClockStopped", {"clock": "completion"})),
                {"working_days_used": None, "late": None},
            ),
            (
                ("RequestReceived", ("ApplicantNotified", {"grounds": ["17h"]})),
                {"grounds": ["17h"], "open": True},
            ),
            (
                ("RequestReceived", "Closed"),
                {
                    "outcome": "granted",
                    "ended": "closed",
                    "closed_on": "2026-08-12",
                    "open": False,
                },
            ),
            (("RequestReceived", "RequestWithdrawn"), {"ended": "withdrawn", "outcome": None}),
            (("RequestReceived", "RequestLapsed"), {"ended": "lapsed", "open": False}),
            (
                ("RequestReceived", "RequestDeclined"),
                {"ended": "declined", "number": None, "open": False},
            ),
            (
                ("RequestReceived", "Closed", "Reopened"),
                {"ended": None, "closed_on": None, "outcome": None, "open": True},
            ),
            (("RequestReceived", "DispositionGiven"), {"open": True}),
        ],
    )
    def test_the_line_follows_the_facts(self, facts, changed):
        seen = lined(*facts)

        assert {name: seen[name] for name in changed} == changed

    def test_every_day_on_which_something_happened_is_noted_once(self):
        events = [
            event("RequestReceived"),
            event("RequestSubmitted", version=2, time=EVENING),
            event("DeadlineSet", version=3, time=EVENING),
        ]

        assert line(events)["days"] == ["2026-08-12", "2026-08-13"]


class TestReports:
    def test_all_steps_are_shown_in_order(self):
        steps = report([event("ReportIssued"), event("ReportAcknowledged", version=2)])["steps"]

        assert [(each["step"], each["by"]) for each in steps] == [
            ("ReportIssued", "desk:ani"),
            ("ReportAcknowledged", "desk:ani"),
        ]

    def test_the_newest_figures_are_shown(self):
        issued = [
            event("ReportIssued", data={"figures": {"received": 1}}),
            event("ReportIssued", version=2, data={"figures": {"received": 2}}),
            event("ReportAcknowledged", version=3),
        ]

        assert report(issued)["figures"] == {"received": 2}

    def test_without_figures_none_are_shown(self):
        assert report([event("ReportAcknowledged")])["figures"] is None


@given(histories(), st.randoms(use_true_random=False))
def test_a_view_does_not_depend_on_the_order_in_which_events_are_told(events, chance):
    shuffled = list(events)
    chance.shuffle(shuffled)

    for view in VIEWS:
        for subject in {each.subject for each in events if view.shows(each.subject)}:
            about = [each for each in events if each.subject == subject]
            mixed = [each for each in shuffled if each.subject == subject]
            assert view.fold(causal_order(mixed)) == view.fold(causal_order(about))


@given(histories())
def test_register_and_reports_agree_on_what_is_open(events):
    about = causal_order(each for each in events if each.subject == "request/1")
    shown, counted = request(about), line(about)

    assert (shown and shown["open"]) == (counted and counted["open"])
