from datetime import UTC, date, datetime

import pytest

from services.reporting import decide
from services.reporting.state import ReportState, evolve
from services.reporting.tools import day_of, period_of
from tests.suites.facts import fact
from tests.suites.orders import given, order, refusal

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 8, 31, 17, 0, tzinfo=UTC)  # in Jakarta
BEFORE_MIDNIGHT = datetime(2026, 8, 31, 16, 59, tzinfo=UTC)
FIGURES = {"received": 1, "by_channel": {"walk_in": 1}}


def report(*facts):
    return given(ReportState(), evolve, *facts)


def supervise(state, day=date(2026, 8, 12), now=NOW, **changed):
    return decide.supervise(order("SuperviseDay", **changed), state, now, day, FIGURES)


def issue(state, period="2026-08", now=NOW, **changed):
    return decide.issue(order("IssueReport", **changed), state, now, period, FIGURES)


def acknowledge(state, **changed):
    return decide.acknowledge(order("AcknowledgeReport", **changed), state, NOW, "2026-08")


class TestSupervising:
    def test_the_figures_are_frozen_as_they_were_seen(self):
        assert supervise(report()) == (fact("DaySupervised"),)

    def test_a_day_may_be_looked_at_again(self):
        assert supervise(report("DaySupervised"), remark="Lagi") == (
            fact("DaySupervised", remark="Lagi"),
        )

    def test_today_may_be_looked_at(self):
        assert supervise(report(), date(2026, 9, 1))[0].data["date"] == "2026-09-01"

    def test_tomorrow_cannot_be_supervised(self):
        assert refusal(supervise, report(), date(2026, 9, 2)) == "date_in_future"

    def test_a_day_begins_at_midnight_in_jakarta(self):
        assert supervise(report(), date(2026, 9, 1), MIDNIGHT)
        assert refusal(supervise, report(), date(2026, 9, 1), BEFORE_MIDNIGHT) == "date_in_future"

    def test_looks_are_counted(self):
        assert report("DaySupervised", "DaySupervised").supervised == 2


class TestIssuing:
    def test_the_figures_are_frozen_as_they_were_issued(self):
        assert issue(report()) == (fact("ReportIssued"),)

    @pytest.mark.parametrize(("period", "now"), [("2026", "2026-12-31"), ("2027", "2026-12-31")])
    def test_a_year_that_runs_has_no_report(self, period, now):
        at = datetime.fromisoformat(f"{now}T12:00:00+07:00")

        assert refusal(issue, report(), period, at) == "period_not_over"

    def test_a_year_that_is_over_has(self):
        at = datetime.fromisoformat("2027-01-01T00:00:00+07:00")

        assert issue(report(), "2026", at)[0].data["period"] == "2026"

    def test_a_remark_is_kept(self):
        assert issue(report(), remark="Lengkap") == (fact("ReportIssued", remark="Lengkap"),)

    def test_an_acknowledged_report_may_be_issued_again(self):
        assert issue(report("ReportIssued", "ReportAcknowledged")) == (fact("ReportIssued"),)

    def test_a_report_that_waits_is_not_issued_again(self):
        assert refusal(issue, report("ReportIssued")) == "already_done"

    @pytest.mark.parametrize("period", ["2026-09", "2026-10", "2027-01"])
    def test_a_month_that_is_not_over_has_no_report(self, period):
        assert refusal(issue, report(), period) == "period_not_over"

    def test_a_month_is_over_at_midnight_in_jakarta(self):
        assert issue(report(), now=MIDNIGHT)
        assert refusal(issue, report(), "2026-08", BEFORE_MIDNIGHT) == "period_not_over"


class TestAcknowledging:
    def test_an_issued_report_is_taken_note_of(self):
        assert acknowledge(report("ReportIssued")) == (fact("ReportAcknowledged"),)

    def test_a_report_issued_again_is_taken_note_of_again(self):
        state = report("ReportIssued", "ReportAcknowledged", "ReportIssued")

        assert acknowledge(state, remark="Ya") == (fact("ReportAcknowledged", remark="Ya"),)

    def test_what_was_not_issued_is_not_taken_note_of(self):
        assert refusal(acknowledge, report()) == "report_not_issued"

    def test_a_report_is_taken_note_of_once(self):
        state = report("ReportIssued", "ReportAcknowledged")

        assert refusal(acknowledge, state) == "already_done"


class TestSubjects:
    def test_a_day_is_read_from_its_subject(self):
        assert day_of("day/2026-08-12") == date(2026, 8, 12)

    @pytest.mark.parametrize("text", ["day/2026-02-30", "day/", "day/20260812", "day/2026-W33-3"])
    def test_what_is_no_day_is_not_found(self, text):
        assert refusal(day_of, text) == "not_found"

    def test_a_month_is_read_from_its_subject(self):
        assert period_of("report/2026-08") == "2026-08"

    @pytest.mark.parametrize(
        "text", ["report/2026-13", "report/", "report/2026-8", "report/2026-08-01", "report/2026W3"]
    )
    def test_what_is_no_month_is_not_found(self, text):
        assert refusal(period_of, text) == "not_found"


def test_other_facts_do_not_change_a_report():
    assert report("Closed") == ReportState()


@pytest.mark.parametrize("period", ["2026-08", "2026"])
def test_a_report_is_of_a_month_or_a_year(period):
    assert period_of(f"report/{period}") == period


@pytest.mark.parametrize("period", ["26", "2026-13", "0000", "2026-8", "2026W33", "x", ""])
def test_nothing_else_has_a_report(period):
    assert refusal(period_of, f"report/{period}") == "not_found"
