"""The calendar: what is declared stands until it is revoked, and a year begins as the package has it."""

from datetime import date, timedelta
from functools import reduce

from hypothesis import given, strategies

from eventlog.memory import MemoryLog
from services.escalation.calendar import (
    SUBJECT,
    Almanac,
    Calendar,
    DayOff,
    decreed_until,
    decreed_years,
    evolve_calendar,
    first_calendar,
    package_days,
    seeding,
)
from tests.suites.events import event
from tests.suites.seeds import declare

DAYS = strategies.dates(date(2026, 1, 1), date(2026, 3, 1))
OFF = DayOff("local", "Banjir", "SE 1/2026", "KPU")


def told(*changes):
    """The calendar after some days were declared (a date) or revoked (a date and False)."""
    events = [
        event(
            "HolidayDeclared" if declared else "HolidayRevoked",
            subject=SUBJECT,
            version=at,
            data={"date": day.isoformat()},
        )
        for at, (day, declared) in enumerate(changes, start=1)
    ]
    return reduce(evolve_calendar, events, Calendar())


def test_a_declared_day_is_off_and_a_revoked_one_is_not():
    monday = date(2026, 8, 24)

    assert not told((monday, True)).works(monday)
    assert told((monday, True), (monday, False)).works(monday)


def test_a_weekend_stays_a_weekend():
    assert not told((date(2026, 8, 22), False)).works(date(2026, 8, 22))


def test_joint_leave_is_work_where_a_setting_says_so():
    day = date(2026, 3, 18)
    calendar = first_calendar()

    assert (calendar.works(day), calendar.works(day, in_joint_leave=True)) == (False, True)


@given(strategies.lists(DAYS, max_size=8), DAYS)
def test_declaring_and_revoking_restores(days, day):
    before = told(*((each, True) for each in days if each != day))

    assert (
        told(*((each, True) for each in days if each != day), (day, True), (day, False)) == before
    )


@given(strategies.permutations([date(2026, 1, 5) + timedelta(days=step) for step in range(6)]))
def test_the_order_of_declarations_does_not_matter(days):
    assert told(*((day, True) for day in days)) == told(*((day, True) for day in sorted(days)))


def test_the_package_knows_every_year_from_2002_to_2027():
    assert list(decreed_years()) == list(range(2002, 2028))


def test_2026_is_what_the_ministers_decreed():
    kinds = [off.kind for off in package_days(2026).values()]

    assert (kinds.count("public"), kinds.count("joint_leave")) == (17, 8)
    assert {off.decree for off in package_days(2026).values()} == {
        "SKB Tiga Menteri 1497/2025, 2/2025, 5/2025"
    }


def test_polling_days_are_named_as_such():
    assert package_days(2024)[date(2024, 2, 14)].kind == "election_day"
    assert package_days(2024)[date(2024, 11, 27)].kind == "election_day"


def test_what_the_package_estimates_is_marked():
    estimated = [day for day, off in package_days(2027).items() if off.estimated]

    assert estimated == [date(2027, 3, 10), date(2027, 3, 11), date(2027, 5, 17)]
    assert not any("perkiraan" in off.name for off in package_days(2027).values())


def test_a_seed_adds_only_what_is_not_there():
    new_year = date(2026, 1, 1)
    facts = seeding(2026, Calendar({new_year: OFF}))

    assert len(facts) == 24
    assert all(fact.data["date"] != new_year.isoformat() for fact in facts)


def test_the_almanac_is_folded_anew_only_when_a_day_was_declared():
    log = MemoryLog()
    almanac = Almanac(log)
    declare(log, "2026-08-24")
    first = almanac()

    assert date(2026, 8, 24) in first.days
    assert almanac() is first
    declare(log, "2026-08-25")
    assert len(almanac().days) == 2


def test_the_calendar_is_decreed_until_the_end_of_the_last_year_with_joint_leave():
    assert decreed_until(first_calendar(), date(2026, 8, 12)) == date(2027, 12, 31)
    assert decreed_until(first_calendar(), date(2030, 8, 12)) == date(2030, 8, 11)
