"""Due dates against the table of the law's reference, and against a count that is written another way."""

from bisect import bisect_right
from datetime import date
from functools import reduce

import holidays
import pytest
from hypothesis import given as tried_with
from hypothesis import strategies as st

from services.escalation.calendar import Calendar, DayOff, evolve_calendar
from services.escalation.clock import due_date
from services.escalation.law import Law
from services.escalation.moves import moved
from services.escalation.state import RequestState, evolve
from services.escalation.timekeeping import started, target
from tests.suites.events import event
from tests.suites.law import LAW
from tests.suites.orders import given

# receipt: +3, +10, +14, +17, +30, and +10 where joint leave counts as work
TABLE = {
    "2026-03-10": "2026-03-13 2026-03-31 2026-04-07 2026-04-10 2026-04-29 2026-03-25",
    "2026-05-11": "2026-05-18 2026-05-29 2026-06-05 2026-06-10 2026-06-30 2026-05-26",
    "2026-08-12": "2026-08-18 2026-08-28 2026-09-03 2026-09-08 2026-09-25 2026-08-28",
    "2026-10-01": "2026-10-06 2026-10-15 2026-10-21 2026-10-26 2026-11-12 2026-10-15",
    "2026-12-14": "2026-12-17 2026-12-30 2027-01-07 2027-01-12 2027-01-29 2026-12-29",
    "2027-03-01": "2027-03-04 2027-03-23 2027-03-31 2027-04-05 2027-04-22 2027-03-18",
}
REGIMES = {"ordinary": (10, 7), "election": (3, 2)}
FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)
NOBODY_YET = date(2010, 5, 1)


def working_days(*categories):
    """Every working day of four years: a list, where the product walks a function day by day."""
    off = holidays.country_holidays("ID", years=range(2024, 2028), categories=categories)
    every = (date.fromordinal(at) for at in range(FIRST.toordinal(), LAST.toordinal() + 1))
    return [day for day in every if day.strftime("%a") not in ("Sat", "Sun") and day not in off]


LEGAL = working_days("public", "government")
STRICT = working_days("public")


def nth_after(days, day, count):
    at = bisect_right(days, day) + count - 1
    return days[at] if at < len(days) else None


@pytest.mark.parametrize("receipt", TABLE)
def test_due_dates_are_those_of_the_table(receipt):
    start = date.fromisoformat(receipt)
    dues = [due_date(start, days, LAW.legal(start)) for days in (3, 10, 14, 17, 30)]

    assert " ".join(map(str, [*dues, target(start, 10, LAW)])) == TABLE[receipt]


@pytest.mark.parametrize("regime", REGIMES)
def test_every_working_day_of_four_years_is_counted_as_another_count_has_it(regime):
    answer, extension = REGIMES[regime]
    for day in LEGAL:
        due = nth_after(LEGAL, day, answer + extension)
        if due is None:
            break
        set_ = started("answer", day, NOBODY_YET, LAW, regime=regime)[0].data
        assert set_["due_on"] == nth_after(LEGAL, day, answer).isoformat()
        assert set_["target_on"] == nth_after(STRICT, day, answer).isoformat()
        assert due_date(date.fromisoformat(set_["due_on"]), extension, LAW.legal(day)) == due


declared = st.lists(st.dates(date(2026, 8, 13), date(2026, 9, 30)), unique=True, max_size=12)


def with_days(law, days):
    """The law after days were declared, one after the other."""
    told = [event("HolidayDeclared", data={"date": day.isoformat()}) for day in days]
    return Law(law.rules, reduce(evolve_calendar, told, law.calendar))


def running():
    return given(RequestState(), evolve, "RequestSubmitted", "DeadlineSet")


def after(state, facts):
    return reduce(evolve, [event(each.name, data=each.data) for each in facts], state)


def due_by(law):
    today = date(2026, 8, 12)
    return after(running(), moved(running(), law, today)).clocks["answer"]


@tried_with(declared)
def test_counting_again_once_more_moves_nothing(days):
    law, today = with_days(LAW, days), date(2026, 8, 12)

    assert moved(after(running(), moved(running(), law, today)), law, today) == ()


@tried_with(declared, st.randoms(use_true_random=False))
def test_the_order_of_declarations_does_not_matter(days, chance):
    shuffled = chance.sample(days, len(days))

    assert due_by(with_days(LAW, days)) == due_by(with_days(LAW, shuffled))


@tried_with(declared)
def test_declaring_days_never_brings_a_date_forward_and_never_makes_it_a_day_off(days):
    law = with_days(LAW, days)

    assert due_by(law).due_on >= date(2026, 8, 28)
    assert law.calendar.works(due_by(law).due_on)


@tried_with(declared)
def test_declaring_and_revoking_restores(days):
    new = [day for day in days if day not in LAW.calendar.days]
    law, today = with_days(LAW, new), date(2026, 8, 12)
    told = [event("HolidayRevoked", data={"date": day.isoformat()}) for day in new]
    back = Law(law.rules, reduce(evolve_calendar, told, law.calendar))
    there = after(running(), moved(running(), law, today))

    assert back.calendar == LAW.calendar
    assert after(there, moved(there, back, today)).clocks == running().clocks


@tried_with(declared)
def test_an_extension_that_was_given_is_kept(days):
    state = given(RequestState(), evolve, "RequestSubmitted", "DeadlineSet", "DeadlineExtended")
    law, today = with_days(LAW, days), date(2026, 8, 12)
    seen = after(state, moved(state, law, today)).clocks["answer"]

    assert seen.due_on == due_date(due_by(law).due_on, 7, law.legal(today))


def test_a_stopped_clock_is_left_alone():
    state = given(RequestState(), evolve, "RequestSubmitted", "DeadlineSet", "ClockStopped")
    off = DayOff("local", "Banjir", "SK", "KPU")
    flooded = Law(LAW.rules, Calendar({date(2026, 8, 20): off}))

    assert moved(state, flooded, date(2026, 8, 20)) == ()


def test_a_date_that_was_missed_and_moves_ahead_is_missed_no_longer():
    missed = given(RequestState(), evolve, "RequestSubmitted", "DeadlineSet", "DeadlineMissed",
        ("DeadlineSet", {"clock": "objection_window", "start_on": "2026-08-28", "days": 30,
        "due_on": "2026-10-09", "target_on": None}))  # fmt: skip
    law = with_days(LAW, [date(2026, 8, 20), date(2026, 8, 21)])
    said = moved(missed, law, date(2026, 8, 31))

    assert [(each.name, each.data["clock"]) for each in said] == [
        ("DeadlineMoved", "answer"),
        ("ClockStopped", "objection_window"),
    ]
    assert not after(missed, said).clocks["answer"].missed
