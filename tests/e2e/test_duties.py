"""What the office owes by itself is to be seen by those who answer for it, and a fresh office has missed nothing."""

from datetime import UTC, datetime

import pytest

from contracts.local import local_day
from tests.e2e.desk import wait


def today():
    return local_day(datetime.now(UTC))


def rows(desk, **query):
    return {(each["duty"], each["period"]): each for each in desk.see("/duties", **query)["items"]}


@pytest.fixture(scope="module")
def first(officer):
    """The day from which the office owes periodic information: that of its first event."""

    def known():
        return [period for duty, period in rows(officer) if duty == "periodic_information"]

    wait(known, "the office has begun")
    return known()[0]


@pytest.mark.usefixtures("first")
def test_a_fresh_office_has_missed_nothing(officer):
    assert {each["state"] for each in rows(officer).values()} <= {"owed", "upcoming"}
    notices = officer.see("/notices", limit=200)["items"]
    assert [each for each in notices if each["about"] == "duty"] == []


def test_it_owes_the_reports_of_the_time_that_runs_and_periodic_information(officer, first):
    found = rows(officer)

    assert found["annual_report", f"{today():%Y}"]["due_on"] == f"{today().year + 1}-03-31"
    assert found["monthly_report", f"{today():%Y-%m}"]["state"] == "upcoming"
    assert found["periodic_information", first]["state"] == "owed"
    assert {"id", "en"} == set(found["periodic_information", first]["name"])


@pytest.mark.usefixtures("first")
def test_what_will_be_overdue_can_be_seen_beforehand(head):
    later = rows(head, on=f"{today().year + 1}-04-01")

    assert later["annual_report", f"{today():%Y}"]["state"] == "overdue"
    assert later["monthly_report", f"{today():%Y-%m}"]["overdue"]


def test_a_day_that_is_none_is_refused(officer):
    answer = officer.get("/duties", on="2026-13-01")

    assert (answer.status_code, answer.json()["code"]) == (400, "filter_invalid")


class TestTheYearlyReport:
    def test_the_officer_issues_and_the_head_takes_note(self, officer, head):
        issued = officer.post("/reports/annual/2024/issue", {"remark": "Terlampir"})
        noted = head.post("/reports/annual/2024/acknowledgement", {})

        assert (issued.status_code, noted.status_code) == (201, 201)
        shown = head.see("/reports/annual/2024")
        assert [step["step"] for step in shown["report"]["steps"]] == [
            "ReportIssued",
            "ReportAcknowledged",
        ]
        assert set(shown["figures"]["desk_minutes"]) == {"form", "answer", "exempt"}

    def test_a_year_that_is_not_over_has_none(self, officer):
        answer = officer.post(f"/reports/annual/{today().year}/issue", {})

        assert (answer.status_code, answer.json()["code"]) == (422, "period_not_over")

    @pytest.mark.parametrize("year", ["26", "2026-08", "20260", "x"])
    def test_a_year_is_written_in_one_way_only(self, officer, year):
        answer = officer.post(f"/reports/annual/{year}/issue", {})

        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_an_answer_at_the_desk_is_measured(desk, officer):
    taken = desk.receive(channel="walk_in", received_at=datetime.now(UTC).isoformat())
    desk.step(taken["id"], "classification", {"outcome": "available", "held_form": ["softcopy"]})

    def measured():
        figures = officer.see(f"/reports/daily/{today()}")["figures"]["desk_minutes"]
        return figures["form"]["within"] and figures["answer"]["within"]

    wait(measured, "the steps are measured")
