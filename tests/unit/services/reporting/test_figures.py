from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.words import CATEGORIES, CHANNELS, GROUNDS
from eventlog.rulebook import first_rules
from services.reporting.figures import of_day, of_period

DAY = date(2026, 8, 12)
LINE = {
    "number": "0001",
    "channel": "walk_in",
    "category": "individual",
    "received_on": "2026-08-03",
    "near_duplicate": False,
    "incomplete": False,
    "outcome": None,
    "grounds": (),
    "escalated": False,
    "extended": False,
    "due_on": "2026-08-28",
    "missed": False,
    "working_days_used": None,
    "late": None,
    "ended": None,
    "closed_on": None,
    "open": True,
    "days": ("2026-08-03",),
    "steps": {},
}
ENDED = {"open": False, "ended": "closed", "outcome": "granted", "closed_on": "2026-08-12"}


def line(**changed):
    return {**LINE, **changed}


def day(*lines):
    return of_day(lines, DAY, first_rules())


def month(*lines):
    return of_period(lines, "2026-08", first_rules())


class TestADay:
    def test_without_requests_everything_is_0(self):
        figures = day()
        desk = figures.pop("desk_minutes")

        assert set(figures.values()) == {0}
        assert {each["measured"] for each in desk.values()} == {0}

    @pytest.mark.parametrize(
        ("figure", "counted"),
        [
            ("received", {"received_on": "2026-08-12"}),
            ("moved", {"days": ("2026-08-03", "2026-08-12")}),
            ("closed", ENDED),
            ("incomplete", {"number": None}),
            ("escalated", {"escalated": True}),
            ("due_today", {"due_on": "2026-08-12"}),
            ("overdue", {"due_on": "2026-08-11"}),
        ],
    )
    def test_each_figure_counts_what_it_says(self, figure, counted):
        assert day(line(**counted), line())[figure] == 1

    def test_what_is_due_today_is_not_overdue(self):
        assert day(line(due_on="2026-08-12"))["overdue"] == 0

    def test_without_a_due_date_nothing_is_overdue(self):
        assert day(line(due_on=None))["overdue"] == 0

    @pytest.mark.parametrize("figure", ["open", "incomplete", "escalated", "due_today", "overdue"])
    def test_what_has_ended_does_not_wait(self, figure):
        over = line(**ENDED, number=None, escalated=True, due_on="2026-08-11")

        assert day(over)[figure] == 0


class TestAMonth:
    def test_without_requests_everything_is_0_or_empty(self):
        figures = month()

        assert (figures["received"], figures["ended"], figures["by_channel"]) == (0, 0, {})

    def test_received_and_ended_are_counted_apart(self):
        of_july = line(**ENDED, received_on="2026-07-31")

        figures = month(of_july, line(), line(received_on="2026-09-01"))

        assert (figures["received"], figures["ended"]) == (1, 1)

    def test_channels_and_categories_are_counted_of_what_was_received(self):
        figures = month(line(), line(channel="email"), line(channel="email", category="group"))

        assert figures["by_channel"] == {"email": 2, "walk_in": 1}
        assert figures["by_category"] == {"group": 1, "individual": 2}

    @pytest.mark.parametrize(
        ("figure", "field"),
        [
            ("incomplete", "incomplete"),
            ("near_duplicates", "near_duplicate"),
            ("escalated", "escalated"),
            ("extended", "extended"),
        ],
    )
    def test_marks_are_counted_of_what_was_received(self, figure, field):
        of_july = line(received_on="2026-07-31", **{field: True})

        assert month(line(**{field: True}), line(), of_july)[figure] == 1

    def test_outcomes_are_counted_of_what_ended(self):
        withdrawn = line(**{**ENDED, "outcome": None, "ended": "withdrawn"})

        assert month(line(**ENDED), withdrawn)["by_outcome"] == {"granted": 1, "withdrawn": 1}

    def test_each_ground_counts(self):
        refused = line(**{**ENDED, "outcome": "refused", "grounds": ("17h", "17j")})

        assert month(refused, refused)["by_ground"] == {"17h": 2, "17j": 2}

    def test_late_answers_are_counted_of_what_ended(self):
        assert (
            month(line(**ENDED, late=True), line(**ENDED, late=False), line(late=True))["late"] == 1
        )

    def test_working_days_are_spread_without_fractions(self):
        lines = [line(**ENDED, working_days_used=used) for used in (1, 2, 4, 10)]

        assert month(*lines)["working_days"] == {
            "answered": 4,
            "least": 1,
            "median": 3,
            "most": 10,
            "mean_hundredths": 425,
        }

    def test_what_was_never_answered_took_no_days(self):
        assert month(line(**ENDED))["working_days"]["answered"] == 0


lines = st.lists(
    st.builds(
        line,
        received_on=st.sampled_from(("2026-07-31", "2026-08-01", "2026-08-12", "2026-09-01")),
        closed_on=st.sampled_from((None, "2026-08-12", "2026-08-31", "2026-09-01")),
        channel=st.sampled_from(CHANNELS),
        category=st.sampled_from(CATEGORIES),
        outcome=st.just("granted"),
        grounds=st.lists(st.sampled_from(GROUNDS), max_size=3, unique=True),
        working_days_used=st.none() | st.integers(0, 60),
        open=st.booleans(),
    ),
    max_size=15,
)


@given(lines)
def test_channels_and_categories_add_up_to_what_was_received(several):
    figures = of_period(several, "2026-08", first_rules())

    assert sum(figures["by_channel"].values()) == figures["received"]
    assert sum(figures["by_category"].values()) == figures["received"]


@given(lines)
def test_outcomes_add_up_to_what_ended(several):
    figures = of_period(several, "2026-08", first_rules())

    assert sum(figures["by_outcome"].values()) == figures["ended"]


@given(lines, st.randoms(use_true_random=False))
def test_figures_do_not_depend_on_the_order_of_lines(several, chance):
    shuffled = list(several)
    chance.shuffle(shuffled)

    assert of_period(shuffled, "2026-08", first_rules()) == of_period(
        several, "2026-08", first_rules()
    )
    assert of_day(shuffled, DAY, first_rules()) == of_day(several, DAY, first_rules())


@given(lines)
def test_figures_are_whole_numbers_so_that_an_event_can_hold_them(several):
    spread = of_period(several, "2026-08", first_rules())["working_days"]

    assert all(value is None or isinstance(value, int) for value in spread.values())


@given(lines)
def test_a_year_says_how_its_months_went_and_a_month_does_not(several):
    year = of_period(several, "2026", first_rules())

    assert sum(year["by_month"]["received"].values()) == year["received"]
    assert sum(year["by_month"]["ended"].values()) == year["ended"]
    assert set(year["by_month"]["received"]) <= {f"2026-{month:02}" for month in range(1, 13)}
    assert "by_month" not in of_period(several, "2026-08", first_rules())
