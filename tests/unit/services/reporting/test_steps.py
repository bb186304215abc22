"""D19: the minutes that the desk takes for its steps, each with the limit of its day."""

from datetime import date

import pytest

from eventlog.rulebook import first_rules
from services.reporting.steps import measured, steps
from tests.suites.events import event

DAY = "2026-08-12"
RULES = first_rules()


def at(time, name, day=DAY, **data):
    return (name, f"{day}T{time}+07:00", data)


def taken(*facts):
    """The steps of a request received on DAY at 09:00 by whoever stood there."""
    return steps(
        [
            event(name, version=number, time=time, data=data)
            for number, (name, time, data) in enumerate(facts, 1)
        ]
    )


def received(**changed):
    said = {"received_at": f"{DAY}T09:00:00+07:00", "channel": "walk_in", **changed}
    return at("09:02:00", "RequestReceived", **said)


REGISTERED = at("09:08:30", "RequestSubmitted")
AVAILABLE = at("09:20:00", "InformationClassified", outcome="available")
ENTRY = {"entry": "1", "title": "Rekam medis", "grounds": ["17h"]}
LISTED = at("09:10:00", "ExemptionFlagged", basis=ENTRY)
UNLISTED = at("09:10:00", "ExemptionFlagged", basis=None)
COORDINATE = at("09:10:00", "InformationClassified", outcome="coordinate")


class TestTheForm:
    def test_it_takes_from_arrival_to_the_register(self):
        """A minute that has begun counts."""
        assert taken(received(), REGISTERED) == {"form": {"on": DAY, "minutes": 9}}

    @pytest.mark.parametrize(
        "changed", [{"channel": "email"}, {"channel": "letter"}, {"paper_serial": 7}]
    )
    def test_it_is_measured_of_those_who_stood_there(self, changed):
        assert "form" not in taken(received(**changed), REGISTERED)

    def test_not_of_papers_that_came_on_another_day(self):
        assert "form" not in taken(received(), at("09:00:00", "RequestSubmitted", "2026-08-13"))

    def test_the_day_is_that_of_jakarta(self):
        early = received(received_at=f"{DAY}T00:10:00+07:00")

        assert taken(early, at("00:15:00", "RequestSubmitted"))["form"]["minutes"] == 5

    def test_what_ended_before_it_began_is_not_measured(self):
        assert "form" not in taken(received(), at("08:59:59", "RequestSubmitted"))


class TestTheAnswer:
    def test_it_takes_from_the_register_to_what_is_available(self):
        assert taken(received(), REGISTERED, AVAILABLE)["answer"] == {"on": DAY, "minutes": 12}

    def test_or_to_the_hand_over_where_that_is_heard_of_first(self):
        given = at("09:18:30", "InformationDelivered")

        assert taken(received(), REGISTERED, given, AVAILABLE)["answer"]["minutes"] == 10

    @pytest.mark.parametrize("first", [COORDINATE, UNLISTED, LISTED, at("09:10:00", "Escalated")])
    def test_what_went_to_the_officer_is_no_step_of_the_desk(self, first):
        given = at("09:30:00", "InformationDelivered")

        assert "answer" not in taken(received(), REGISTERED, first, given)


class TestTheExemption:
    TOLD = at("09:14:00", "ApplicantNotified")

    def test_it_takes_from_the_list_to_the_applicant(self):
        assert taken(received(), REGISTERED, LISTED, self.TOLD)["exempt"]["minutes"] == 4

    @pytest.mark.parametrize(
        "facts", [(UNLISTED,), (LISTED, at("09:11:00", "Escalated")), (LISTED, COORDINATE)]
    )
    def test_only_of_what_stands_on_the_list(self, facts):
        assert "exempt" not in taken(received(), REGISTERED, *facts, self.TOLD)

    def test_the_first_time_counts(self):
        again = (
            at("10:00:00", "ExemptionFlagged", basis=ENTRY),
            at("11:00:00", "ApplicantNotified"),
        )

        assert taken(received(), LISTED, self.TOLD, *again)["exempt"]["minutes"] == 4


def lines(*minutes, name="form", on=DAY):
    return [{"steps": {name: {"on": on, "minutes": each}}} for each in minutes]


class TestFigures:
    @pytest.mark.parametrize(("name", "limit"), [("form", 10), ("answer", 15), ("exempt", 5)])
    def test_what_takes_as_long_as_the_limit_is_within_it(self, name, limit):
        found = measured(lines(limit, limit + 1, 1, name=name), DAY, RULES)[name]

        assert (found["within"], found["beyond"], found["limits"]) == (2, 1, [limit])

    @pytest.mark.parametrize(
        ("minutes", "middle"), [((), None), ((3,), 3), ((1, 4), 2), ((1, 2, 30), 2)]
    )
    def test_the_median_is_a_whole_number(self, minutes, middle):
        found = measured(lines(*minutes), DAY, RULES)["form"]

        assert (found["measured"], found["median"]) == (len(minutes), middle)

    def test_only_steps_of_the_period_count(self):
        other = lines(1, on="2026-09-01")

        assert measured(other + lines(1), "2026-08", RULES)["form"]["measured"] == 1
        assert measured(other + lines(1), "2026", RULES)["form"]["measured"] == 2

    def test_each_step_keeps_the_limit_of_its_day(self):
        first = RULES.get("days", "desk.form", date(2026, 8, 12))
        ended = RULES.ended("days", "desk.form", first.valid_from, date(2026, 8, 12))
        stricter = type(first)(
            "days", "desk.form", {"count": 5, "unit": "minutes"}, "SK", date(2026, 8, 13)
        )
        several = lines(8) + lines(8, on="2026-08-13")

        found = measured(several, "2026-08", ended.enacted(stricter))["form"]
        assert (found["within"], found["beyond"], found["limits"]) == (1, 1, [5, 10])

    def test_without_a_limit_nothing_is_within_or_beyond(self):
        found = measured(lines(8), DAY, type(RULES)())["form"]

        assert (found["measured"], found["within"], found["beyond"]) == (1, 0, 0)
