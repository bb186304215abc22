from dataclasses import replace
from datetime import date
from types import MappingProxyType

from services.escalation.calendar import Calendar, DayOff, first_calendar
from services.escalation.comparison import differences

FIRST = first_calendar()
FLOOD = date(2026, 8, 24)
EID = date(2027, 3, 10)


def but(**changed):
    days = {**FIRST.days, **{date.fromisoformat(day): off for day, off in changed.items()}}
    return Calendar(MappingProxyType({day: off for day, off in days.items() if off}))


def test_the_seeded_calendar_agrees():
    assert list(differences(FIRST)) == []


def test_a_day_that_only_the_calendar_has_is_shown():
    declared = but(**{FLOOD.isoformat(): DayOff("local", "Banjir", "SE 1", "KPU")})

    assert list(differences(declared)) == [
        {"date": "2026-08-24", "calendar": "local: Banjir", "package": None}
    ]


def test_a_day_that_was_revoked_is_shown():
    (shown,) = differences(but(**{"2026-12-24": None}))

    assert (shown["calendar"], shown["package"][:11]) == (None, "joint_leave")


def test_a_day_that_is_no_longer_estimated_is_shown():
    certain = replace(FIRST.days[EID], estimated=False)
    (shown,) = differences(but(**{EID.isoformat(): certain}))

    assert "estimated" in shown["package"]
